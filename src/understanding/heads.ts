import type { Language } from '../domain';
import type { Match } from './matcher';
import type { Unit } from './units';

/** What comes after these describes what came before ("a strap for a guitar"). */
const PREPOSITIONS: Partial<Record<Language, ReadonlySet<string>>> = {
  en: new Set(['for', 'with', 'of', 'in', 'from', 'like', 'to', 'on']),
  de: new Set(['fur', 'mit', 'aus', 'von', 'wie', 'zum', 'zur', 'in', 'im', 'auf']),
};
/** Languages that put the describing noun before the described one. */
const HEAD_LAST: ReadonlySet<Language> = new Set<Language>(['en', 'de', 'zh', 'ja']);

/**
 * Kinds of the matches with the wanted one first: "laptop backpack" asks for a backpack, "mochila para portátil" too.
 * English, German, Chinese and Japanese put the head last (before any preposition), the others first.
 */
export function kindsByHead(matches: readonly Match[], cut: readonly Unit[], language: Language): string[] {
  const kinds: string[] = [];
  let head: number | undefined;
  let closed = false;
  for (const match of matches) {
    const word = cut[match.from]?.folded ?? '';
    if (kinds.length > 0 && PREPOSITIONS[language]?.has(word)) closed = true;
    // One word can name two kinds; the lexicon's first is the usual one.
    for (const concept of match.concepts) {
      if (concept.type !== 'kind' || kinds.includes(concept.id)) continue;
      kinds.push(concept.id);
      if (head === undefined || (HEAD_LAST.has(language) && !closed)) head = kinds.length - 1;
    }
  }
  const first = head === undefined ? undefined : kinds[head];
  return first === undefined ? kinds : [first, ...kinds.filter((kind) => kind !== first)];
}
