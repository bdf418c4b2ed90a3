/** The languages of the switch, each in its own words. */
export const LANGUAGES = {
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
export function preferredLanguage() {
  const wanted = [saved(), ...navigator.languages].map(baseOf);
  return wanted.find((language) => Object.hasOwn(LANGUAGES, language)) ?? 'en';
}

/** Remembers the shopper's choice. */
export function saveLanguage(language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage may be switched off; the choice then ends with the page.
  }
}

/** The browser's own tag for a language (`pt-BR`), where it has one. */
export function localeOf(language) {
  return navigator.languages.find((tag) => baseOf(tag) === language) ?? language;
}

function saved() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

function baseOf(tag) {
  return tag.toLowerCase().split('-')[0] ?? '';
}
