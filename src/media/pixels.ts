import type { DecodedPicture } from '../domain';

/** The picture at a smaller size, each pixel the mean of those it stands for (nearest where it isn't smaller). */
export function shrunk(picture: DecodedPicture, width: number, height: number): DecodedPicture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = span(y, height, picture.height);
    for (let x = 0; x < width; x++) {
      const [left, right] = span(x, width, picture.width);
      const sums = [0, 0, 0];
      for (let row = top; row < bottom; row++) {
        for (let at = (row * picture.width + left) * 3; at < (row * picture.width + right) * 3; at += 3) {
          for (let channel = 0; channel < 3; channel++)
            sums[channel] = (sums[channel] ?? 0) + (picture.data[at + channel] ?? 0);
        }
      }
      const count = (bottom - top) * (right - left);
      for (let channel = 0; channel < 3; channel++) {
        data[(y * width + x) * 3 + channel] = Math.round((sums[channel] ?? 0) / count);
      }
    }
  }
  return { data, width, height };
}

/** Which of `from` places the place `at` of `to` stands for: from the first to just before the second. */
function span(at: number, to: number, from: number): [number, number] {
  const start = Math.min(from - 1, Math.floor((at * from) / to));
  return [start, Math.max(start + 1, Math.floor(((at + 1) * from) / to))];
}

/** A part of the picture; sides are shares of its width and height, and are cut off at 0 and 1. */
export function cropped(
  picture: DecodedPicture,
  box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
): DecodedPicture {
  const within = (share: number, length: number, round: (value: number) => number) =>
    round(Math.max(0, Math.min(1, share)) * length);
  const left = within(box.left, picture.width, Math.floor);
  const right = Math.max(left + 1, within(box.right, picture.width, Math.ceil));
  const top = within(box.top, picture.height, Math.floor);
  const bottom = Math.max(top + 1, within(box.bottom, picture.height, Math.ceil));
  const [width, height] = [right - left, bottom - top];
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const start = ((top + row) * picture.width + left) * 3;
    data.set(picture.data.subarray(start, start + width * 3), row * width * 3);
  }
  return { data, width, height };
}
