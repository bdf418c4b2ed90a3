import { LANGUAGES } from './languages';

/** The languages that Vitrine speaks. */
export { LANGUAGES };

export type Language = (typeof LANGUAGES)[number];

export function isLanguage(value: string): value is Language {
  return (LANGUAGES as readonly string[]).includes(value);
}

/** Those that are written in Latin letters: their words are looked for in one text side by side. */
export const LATIN: readonly Language[] = LANGUAGES.filter(
  (language) => new Intl.Locale(language).maximize().script === 'Latn',
);

/** The supported language of a BCP 47 tag (`zh-Hans-CN` → `zh`), or undefined. */
export function languageOf(tag: string | undefined): Language | undefined {
  const base = tag?.toLowerCase().split(/[-_]/)[0] ?? '';
  return isLanguage(base) ? base : undefined;
}
