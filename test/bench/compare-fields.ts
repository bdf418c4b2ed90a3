import { type Language, languageOf, type Product, textIn } from '../../src/domain';
import { type LabelledQuery, languageOfScript } from '../../src/training';

/** Fields that are not texts in a language; every library searches the same ones. */
export const ATTRIBUTES = [
  'brand',
  'color',
  'material',
  'productType',
  'size',
  'pattern',
  'gender',
  'ageGroup',
] as const;

/** The product's attributes that are there. */
export function attributesOf(product: Product): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of ATTRIBUTES) {
    const value = product[name];
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

/** Title and description in a language, or in the feed's own where there are none. */
export function localTexts(product: Product, language: Language): { title: string; description: string } {
  const { title, description } = textIn(product, language);
  return { title, description: description ?? '' };
}

/** The language to search in: the query's own, else the one that its script points to. */
export function searchLanguage(query: LabelledQuery): Language {
  return languageOf(query.lang) ?? languageOfScript(query.text ?? '');
}

/** Languages that some query is in, sorted. */
export function searchLanguages(queries: readonly LabelledQuery[]): Language[] {
  return [...new Set(queries.map(searchLanguage))].sort();
}

/** Every combination of one value of each list; the first takes the first values, the last list varies fastest. */
export function gridOf<T extends object>(lists: { readonly [K in keyof T]: readonly T[K][] }): T[] {
  let grid: Partial<T>[] = [{}];
  for (const name of Object.keys(lists) as (keyof T)[]) {
    grid = grid.flatMap((settings) => lists[name].map((value) => ({ ...settings, [name]: value })));
  }
  return grid as T[];
}
