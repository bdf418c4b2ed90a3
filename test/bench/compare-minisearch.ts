import MiniSearch from 'minisearch';
import type { Product } from '../../src/domain';
import { onePerGroup, wordsOf } from '../../src/training';
import { ATTRIBUTES, attributesOf, gridOf, localTexts, searchLanguage, searchLanguages } from './compare-fields';
import type { TunableLibrary } from './compare-tuning';

export interface MiniSearchSettings {
  readonly titleBoost: number;
  readonly attributeBoost: number;
  /** Share of a word's letters that may differ, for words of more than three letters. */
  readonly fuzzy: number;
  readonly prefix: boolean;
  /** Search the texts of the query's language only, or those of all languages. */
  readonly texts: 'language' | 'all';
}

/** The documentation's example settings come first. */
const GRID = gridOf<MiniSearchSettings>({
  titleBoost: [2, 1, 4],
  attributeBoost: [1, 2],
  fuzzy: [0.2, 0],
  prefix: [true, false],
  texts: ['language', 'all'],
});

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const splitAtSpaces = MiniSearch.getDefault('tokenize') as (text: string) => string[];

/** MiniSearch cuts at spaces and punctuation; Chinese and Japanese have no spaces. */
export const tokenize = (text: string) => (CJK.test(text) ? wordsOf(text) : splitAtSpaces(text));

/** Lower case without the accents of Latin letters (those of kana and Cyrillic make other letters). */
export function processTerm(term: string): string | null {
  const bare = term.normalize('NFKD').replace(/(\p{Script=Latin})\p{M}+/gu, '$1');
  return bare.normalize('NFC').toLowerCase() || null;
}

/** MiniSearch over the products with one field a language for titles and descriptions, as its documentation advises. */
export const miniSearchLibrary: TunableLibrary<MiniSearchSettings> = {
  name: 'MiniSearch',
  grid: GRID,
  async build(products: readonly Product[], queries) {
    const languages = searchLanguages(queries);
    const fields = [
      ...languages.flatMap((language) => [`title_${language}`, `description_${language}`]),
      ...ATTRIBUTES,
    ];
    const index = new MiniSearch<Record<string, string | number>>({ fields, tokenize, processTerm });
    index.addAll(
      products.map((product, id) => {
        const document: Record<string, string | number> = { ...attributesOf(product), id };
        for (const language of languages) {
          const { title, description } = localTexts(product, language);
          document[`title_${language}`] = title;
          document[`description_${language}`] = description;
        }
        return document;
      }),
    );
    return async (query, k, settings) => {
      const shown = settings.texts === 'all' ? languages : [searchLanguage(query)];
      const boost: Record<string, number> = {};
      for (const name of ATTRIBUTES) boost[name] = settings.attributeBoost;
      for (const language of shown) boost[`title_${language}`] = settings.titleBoost;
      const hits = index.search(query.text ?? '', {
        fields: [...shown.flatMap((language) => [`title_${language}`, `description_${language}`]), ...ATTRIBUTES],
        boost,
        fuzzy: (term) => (term.length > 3 ? settings.fuzzy : false),
        prefix: settings.prefix,
        combineWith: 'OR',
      });
      const found = hits.flatMap(({ id, score }) => {
        const product = products[Number(id)];
        return product ? [{ product, score }] : [];
      });
      return onePerGroup(found, k);
    };
  },
};
