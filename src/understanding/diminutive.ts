import type { Language } from '../domain';
import { isAttribute } from './attributes';
import type { Concept, Lexicon } from './lexicon';
import { stem } from './stem';

/** An ending that makes a word small or dear, and what may have stood there before. */
type Ending = readonly [ending: RegExp, before: readonly string[]];

const ENDINGS: Partial<Record<Language, readonly Ending[]>> = {
  es: [
    [/gu[ei]t([oa])s?$/, ['g$1']],
    [/quit([oa])s?$/, ['c$1']],
    [/(?:e?[cz]|)it([oa])s?$/, ['$1', 'e', '']],
    [/cit([oa])s?$/, ['z$1']],
    [/(?:e?[cz]|)ill([oa])s?$/, ['$1', 'e', '']],
  ],
  pt: [
    [/quinh([oa])s?$/, ['c$1']],
    [/guinh([oa])s?$/, ['g$1']],
    [/nzinh[oa]s?$/, ['m']],
    [/z?inh([oa])s?$/, ['$1', 'e', '']],
    [/zit([oa])s?$/, ['$1', '']],
  ],
  de: [[/(?:chen|lein)s?$/, ['', 'e']]],
  ru: [
    [/(?:е|о)ньк(?:ий|ая|ое|ие|ую|ого|ой|их|ом)$/, ['ый', 'ий']],
    [/чик(?:и|ов|а|у|ом)?$/, ['', 'к', 'ц']],
    [/ик(?:и|ов|а|у|ом)?$/, ['']],
    [/ч[ое]к(?:и|а|у|ом)?$/, ['к', 'ка', 'ки']],
    [/чк(?:и|ов|а|у|ом)$/, ['к', 'ка', 'ки', 'шка']],
    [/оч?к(?:а|и|у|ой)$/, ['а', 'ы', 'и']],
    [/[ое]ч(?:ек|к[аиуе]|кой)$/, ['ка', 'ки', 'а']],
    [/еч(?:ек|к[аиуе]|кой)$/, ['ка', 'а']],
    [/[юу]шк(?:а|и|у|ой)$/, ['а', '']],
    [/ьк(?:а|и|у|ой)$/, ['я', 'ля', 'и']],
    [/жк(?:и|а|у)$/, ['ги', 'га']],
    [/ьиц(?:е|а|у)$/, ['ье']],
  ],
};
/** Letters that are left at least: "nita" is no small one of anything. */
const SHORTEST_BASE = 3;

/**
 * What a folded word means that only makes one of the lexicon small: "bufandita", "azulzinho", "шарфик", "Täschchen".
 * Undefined for others, and where the word below names no thing and nothing that things are like.
 */
export function diminutiveOf(folded: string, lexicon: Lexicon): readonly Concept[] | undefined {
  for (const base of basesOf(folded, lexicon.language)) {
    const concepts = lexicon.word(base) ?? lexicon.find([base], [stem(base, lexicon.language)]);
    if (concepts?.some(isAttribute)) return concepts;
  }
  return undefined;
}

function* basesOf(folded: string, language: Language): Generator<string> {
  for (const [ending, before] of ENDINGS[language] ?? []) {
    if (!ending.test(folded)) continue;
    for (const each of before) {
      const base = folded.replace(ending, each);
      if (base.length >= SHORTEST_BASE) yield base;
    }
  }
}
