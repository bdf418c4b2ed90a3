import { LANGUAGES as CODES } from '../languages';
import { keep, recall } from './storage';

/** The languages of the switch, each in its own words. */
export const LANGUAGES: Readonly<Record<string, string>> = Object.fromEntries(
  CODES.map((code) => [code, nameOf(code)]),
);
/** Where the shop page remembers the choice. */
const KEY = 'vitrine.language';

/** The language chosen before, else the first of the browser's that the shop speaks, else English. */
export function preferredLanguage(key = KEY): string {
  const wanted = [recall('local', key) ?? '', ...navigator.languages].map(baseOf);
  return wanted.find((language) => Object.hasOwn(LANGUAGES, language)) ?? 'en';
}

/** Remembers the choice. */
export function saveLanguage(language: string, key = KEY): void {
  keep('local', key, language);
}

/** The browser's own tag for a language (`pt-BR`), where it has one. */
export function localeOf(language: string): string {
  return navigator.languages.find((tag) => baseOf(tag) === language) ?? language;
}

function baseOf(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

function nameOf(code: string): string {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
