/** Share of a window that the next one begins before its end, so that no word is cut in two. */
const OVERLAP = 1 / 6;
/** Most tokens that are compared where two windows meet: more than anybody says in five seconds. */
const MOST_SHARED = 80;

/** Where windows of at most `size` samples begin and end, from the start of `length` samples to their end. */
export function windowsOf(length: number, size: number): readonly (readonly [begin: number, end: number])[] {
  const step = Math.max(1, Math.round(size * (1 - OVERLAP)));
  const windows: [number, number][] = [];
  for (let begin = 0; begin === 0 || begin < length - (size - step); begin += step) {
    windows.push([begin, Math.min(length, begin + size)]);
  }
  return windows;
}

/**
 * The tokens of two windows that overlap, as one: they are laid over each other where most of them agree (two at least), and
 * joined in the middle of that place. One after the other where nothing agrees.
 */
export function joinTokens(left: readonly number[], right: readonly number[]): number[] {
  let best = 0;
  let [leftCut, rightCut] = [left.length, 0];
  const most = Math.min(MOST_SHARED, left.length + right.length);
  for (let shift = 1; shift <= most; shift++) {
    const from = Math.max(0, left.length - shift);
    const rightFrom = Math.max(0, shift - left.length);
    const shared = Math.min(shift - rightFrom, right.length - rightFrom, left.length - from);
    let matches = 0;
    for (let i = 0; i < shared; i++) if (left[from + i] === right[rightFrom + i]) matches += 1;
    // Of equal shares the longer overlap is the likelier one.
    const agreement = matches / shift + shift / 10_000;
    if (matches < 2 || agreement <= best) continue;
    best = agreement;
    [leftCut, rightCut] = [from + Math.floor(shared / 2), rightFrom + Math.floor(shared / 2)];
  }
  return [...left.slice(0, leftCut), ...right.slice(rightCut)];
}
