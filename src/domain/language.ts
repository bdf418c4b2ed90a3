/** The languages that Vitrine speaks; each has a folder in `locales/`. */
export const LANGUAGES = ['en', 'zh', 'es', 'fr', 'de', 'ja', 'pt', 'ru'] as const;

export type Language = (typeof LANGUAGES)[number];

export function isLanguage(value: string): value is Language {
  return (LANGUAGES as readonly string[]).includes(value);
}

/** The supported language of a BCP 47 tag (`zh-Hans-CN` → `zh`), or undefined. */
export function languageOf(tag: string | undefined): Language | undefined {
  const base = tag?.toLowerCase().split(/[-_]/)[0] ?? '';
  return isLanguage(base) ? base : undefined;
}
