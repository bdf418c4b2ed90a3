import type { CatalogueFacts } from '../domain';

const hints = new WeakMap<readonly string[], readonly string[]>();

/** Words that the catalogue uses and that lexicons may lack; the same array for the same index. */
export function catalogueWords({ brands, words }: CatalogueFacts): readonly string[] {
  const known = hints.get(words);
  if (known) return known;
  const all = [...brands, ...words];
  hints.set(words, all);
  return all;
}
