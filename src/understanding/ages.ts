import type { Unit } from './units';

/** From this age on things for children are too small. */
const GROWN_UP = 14;

/** What stands before and after a number that is an age, folded. */
export interface AgeWords {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** "Años", "ans": years of anything, unless somebody is named. */
  readonly ofAnything: boolean;
}

/** Children's ages: "my 5 year old", "niña de 4 años", "3歳". What is used says whom a thing is for, and nothing else. */
export function findAges(
  cut: readonly Unit[],
  lexicon: {
    readonly ages: readonly AgeWords[];
    word(folded: string): readonly { readonly type: string }[] | undefined;
  },
): { readonly kids: boolean; readonly used: ReadonlySet<number> } {
  const used = new Set<number>();
  const isPerson = cut.some(({ folded }) => lexicon.word(folded)?.some(({ type }) => type === 'audience'));
  cut.forEach(({ folded }, at) => {
    if (!/^\d{1,2}$/.test(folded) || Number(folded) >= GROWN_UP) return;
    for (const { before, after, ofAnything } of lexicon.ages) {
      const isSaid =
        before.every((word, index) => cut[at - before.length + index]?.folded === word) &&
        after.every((word, index) => cut[at + 1 + index]?.folded === word);
      if (!isSaid || (ofAnything && !isPerson)) continue;
      for (let index = at - before.length; index <= at + after.length; index++) used.add(index);
    }
  });
  return { kids: used.size > 0, used };
}
