import type { DecodedPicture } from '../domain';

/**
 * A picture in the middle of a white square of `side` × `side` pixels: shrunk by averaging areas where it is larger (as
 * training did; interpolating a few pixels instead makes stripes of fine patterns), interpolated where it is smaller.
 */
export function squared(picture: DecodedPicture, side: number): DecodedPicture {
  const scale = side / Math.max(picture.width, picture.height);
  const [width, height] = [
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  ];
  const [left, top] = [Math.floor((side - width) / 2), Math.floor((side - height) / 2)];
  const columns = weightsOf(picture.width, width);
  const rows = weightsOf(picture.height, height);
  const data = new Uint8Array(side * side * 3).fill(255);
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      const at = ((top + y) * side + left + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (const [sourceY, weightY] of row) {
          for (const [sourceX, weightX] of column) {
            sum += weightY * weightX * (picture.data[(sourceY * picture.width + sourceX) * 3 + channel] ?? 0);
          }
        }
        data[at + channel] = Math.round(sum);
      }
    }
  }
  return { data, width: side, height: side };
}

/** For each place of `to`, the places of `from` that it stands for and how much each counts, together 1. */
function weightsOf(from: number, to: number): (readonly [number, number])[][] {
  const step = from / to;
  return Array.from({ length: to }, (_, place) => {
    if (step <= 1) {
      const at = Math.min(from - 1, Math.max(0, (place + 0.5) * step - 0.5));
      const low = Math.floor(at);
      const high = Math.min(from - 1, low + 1);
      return [[low, 1 - (at - low)] as const, [high, at - low] as const];
    }
    const [start, end] = [place * step, (place + 1) * step];
    return Array.from({ length: Math.ceil(end - 1e-9) - Math.floor(start) }, (_, i) => {
      const source = Math.floor(start) + i;
      return [source, (Math.min(end, source + 1) - Math.max(start, source)) / step] as const;
    });
  });
}
