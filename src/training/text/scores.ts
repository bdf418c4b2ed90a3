/** What a text was, and what it was taken for. */
export interface Judged {
  readonly label: string;
  readonly guess: string;
}

/** The F1 of one class: 2·right / (taken for it + being it); 0 where it is neither. */
export function f1Of(judged: readonly Judged[], label: string): number {
  let right = 0;
  let both = 0;
  for (const { label: is, guess } of judged) {
    if (is === label && guess === label) right++;
    both += Number(is === label) + Number(guess === label);
  }
  return both === 0 ? 0 : (2 * right) / both;
}

/** The mean F1 of the classes. */
export function macroF1(judged: readonly Judged[], classes: readonly string[]): number {
  return classes.reduce((sum, label) => sum + f1Of(judged, label), 0) / Math.max(1, classes.length);
}

/**
 * The area under the ROC curve: how often a score of `inside` is above one of `outside`, ties counting half (the
 * Mann-Whitney statistic over their number of pairs). NaN where either is empty.
 */
export function areaUnderRoc(inside: readonly number[], outside: readonly number[]): number {
  const all = [
    ...inside.map((score) => ({ score, isInside: true })),
    ...outside.map((score) => ({ score, isInside: false })),
  ].sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]?.score === all[start]?.score) end++;
    const rank = (start + 1 + end) / 2;
    for (; start < end; start++) if (all[start]?.isInside) ranks += rank;
  }
  return (ranks - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length);
}
