import type { Filler } from './grammar';
import type { Unit } from './units';

/**
 * A text without the words for the basket that stand last in it: "put it into my bag".
 *
 * @param baskets the words for the basket
 * @param isNew says a word that something is new: "a bag" is another than the shop's own
 */
export function withoutBasket(
  text: string,
  cut: readonly Unit[],
  baskets: Filler<true>,
  isNew: (word: string) => boolean,
): string {
  let span: readonly [from: number, to: number] | undefined;
  for (let at = 0; at < cut.length; at = Math.max(at + 1, span?.[1] ?? 0)) {
    const end = Math.max(at, ...[...baskets(at, cut)].map((each) => each.end));
    if (end > at) span = [at, end];
  }
  if (!span || isNew(cut[span[0] - 1]?.surface ?? '')) return text;
  return `${text.slice(0, cut[span[0]]?.start)} ${text.slice(cut[span[1] - 1]?.end)}`;
}
