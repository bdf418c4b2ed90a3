import type { Lexicon } from './lexicon';
import type { Unit } from './units';

/** A folded size in letters. */
export const LETTER_SIZE = /^(?:xxs|xs|s|m|l|xl|xxl|xxxl|[2-5]xl)$/;
const UNMISTAKABLE = /^(?:XXS|XS|XL|XXL|XXXL|[2-5]XL|[2-5]xl|xxl|xl)$/;
const NUMBER_SIZE = /^\d{1,3}$/;

/** Sizes that were named as such: "size M", "Gr. 42", "M号", "XL". */
export function findSizes(
  cut: readonly Unit[],
  lexicon: Lexicon,
  taken: ReadonlySet<number>,
): { sizes: readonly string[]; used: ReadonlySet<number> } {
  const sizes: string[] = [];
  const used = new Set<number>();
  const isCue = (from: number, to: number) => {
    if (from < 0 || to > cut.length) return false;
    const folded = cut.slice(from, to).map((unit) => unit.folded);
    return lexicon.find(folded, folded)?.some((concept) => concept.type === 'sizeCue') ?? false;
  };
  cut.forEach((unit, index) => {
    if (taken.has(index)) return;
    const isSize = LETTER_SIZE.test(unit.folded) || NUMBER_SIZE.test(unit.folded);
    if (!isSize) return;
    let cued = UNMISTAKABLE.test(unit.surface);
    for (const length of [1, 2, 3]) {
      if (isCue(index - length, index)) {
        cued = true;
        for (let i = index - length; i < index; i++) used.add(i);
      }
      if (isCue(index + 1, index + 1 + length)) {
        cued = true;
        for (let i = index + 1; i <= index + length; i++) used.add(i);
      }
    }
    if (!cued) return;
    sizes.push(unit.surface.toUpperCase());
    used.add(index);
  });
  return { sizes, used };
}
