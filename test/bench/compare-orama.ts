import { create, type DefaultTokenizer, insert, search } from '@orama/orama';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { createTokenizer as japanese } from '@orama/tokenizers/japanese';
import { createTokenizer as mandarin } from '@orama/tokenizers/mandarin';
import type { Language, Product } from '../../src/domain';
import { onePerGroup } from '../../src/training';
import { ATTRIBUTES, attributesOf, gridOf, localTexts, searchLanguage, searchLanguages } from './compare-fields';
import type { TunableLibrary } from './compare-tuning';

export interface OramaSettings {
  readonly titleBoost: number;
  readonly attributeBoost: number;
  /** Letters that may differ. */
  readonly tolerance: number;
  /** 1 returns all products with any word, 0 only those with every word, between: that share of the partial matches. */
  readonly threshold: number;
}

/** The documentation's settings come first: threshold 1 is the default, tolerance 1 its example. */
const GRID = gridOf<OramaSettings>({
  titleBoost: [2, 1, 4],
  attributeBoost: [1, 2],
  tolerance: [1, 0],
  threshold: [1, 0.5, 0],
});

const TEXT_FIELDS = ['title', 'description', ...ATTRIBUTES] as const;

const SCHEMA = {
  title: 'string',
  description: 'string',
  brand: 'string',
  color: 'string',
  material: 'string',
  productType: 'string',
  size: 'string',
  pattern: 'string',
  gender: 'string',
  ageGroup: 'string',
} as const satisfies Record<(typeof TEXT_FIELDS)[number], 'string'>;

type TokenizerChoice = { language: string; stemming: boolean; stemmer: (word: string) => string } | DefaultTokenizer;

const TOKENIZERS: Readonly<Record<Language, () => TokenizerChoice>> = {
  en: () => ({ language: 'english', stemming: true, stemmer: english }),
  es: () => ({ language: 'spanish', stemming: true, stemmer: spanish }),
  fr: () => ({ language: 'french', stemming: true, stemmer: french }),
  de: () => ({ language: 'german', stemming: true, stemmer: german }),
  pt: () => ({ language: 'portuguese', stemming: true, stemmer: portuguese }),
  ru: () => ({ language: 'russian', stemming: true, stemmer: russian }),
  zh: () => mandarin(),
  ja: () => japanese(),
};

/** The Mandarin and Japanese tokenizers keep capitals; the others lower them by themselves. */
const lower = (text: string) => text.toLowerCase();

async function buildIndex(products: readonly Product[], language: Language) {
  const index = create({ schema: SCHEMA, components: { tokenizer: TOKENIZERS[language]() } });
  for (const [id, product] of products.entries()) {
    const fields = Object.entries({ ...localTexts(product, language), ...attributesOf(product) });
    await insert(index, { id: String(id), ...Object.fromEntries(fields.map(([name, text]) => [name, lower(text)])) });
  }
  return index;
}

/** Orama with one index a query language, its own tokenizer and stemmer for each. */
export const oramaLibrary: TunableLibrary<OramaSettings> = {
  name: 'Orama',
  grid: GRID,
  async build(products, queries) {
    const indexes = new Map<Language, Awaited<ReturnType<typeof buildIndex>>>();
    for (const language of searchLanguages(queries)) indexes.set(language, await buildIndex(products, language));
    return async (query, k, settings) => {
      const index = indexes.get(searchLanguage(query));
      if (!index) return [];
      const boost: Record<string, number> = {};
      for (const name of ATTRIBUTES) boost[name] = settings.attributeBoost;
      const { hits } = await search(index, {
        term: lower(query.text ?? ''),
        properties: [...TEXT_FIELDS],
        boost: { ...boost, title: settings.titleBoost },
        tolerance: settings.tolerance,
        threshold: settings.threshold,
        limit: products.length,
      });
      const found = hits.flatMap(({ id, score }) => {
        const product = products[Number(id)];
        return product ? [{ product, score }] : [];
      });
      return onePerGroup(found, k);
    };
  },
};
