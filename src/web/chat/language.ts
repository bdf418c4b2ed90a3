import { keep, recall } from './storage';

/** The languages of the switch, each in its own words. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'English',
  zh: '中文',
  es: 'Español',
  fr: 'Français',
  de: 'Deutsch',
  ja: '日本語',
  pt: 'Português',
  ru: 'Русский',
};
const KEY = 'vitrine.language';

/** The language chosen before, else the first of the browser's that the shop speaks, else English. */
export function preferredLanguage(): string {
  const wanted = [recall('local', KEY) ?? '', ...navigator.languages].map(baseOf);
  return wanted.find((language) => Object.hasOwn(LANGUAGES, language)) ?? 'en';
}

/** Remembers the shopper's choice. */
export function saveLanguage(language: string): void {
  keep('local', KEY, language);
}

/** The browser's own tag for a language (`pt-BR`), where it has one. */
export function localeOf(language: string): string {
  return navigator.languages.find((tag) => baseOf(tag) === language) ?? language;
}

function baseOf(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}
