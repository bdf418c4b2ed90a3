import { isLanguage, type Language } from '../../domain';

/** Scripts whose words need a dictionary or tell the language, in the order in which they are looked for. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['zh', /\p{Script=Han}/u],
  ['th', /\p{Script=Thai}/u],
  ['ru', /\p{Script=Cyrillic}/u],
];

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(locale: string): Intl.Segmenter {
  let found = segmenters.get(locale);
  if (!found) {
    found = new Intl.Segmenter(locale, { granularity: 'word' });
    segmenters.set(locale, found);
  }
  return found;
}

function localeOf(text: string): string {
  return SCRIPTS.find(([, script]) => script.test(text))?.[0] ?? 'en';
}

/** The supported language that a text's script points to, `en` for Latin letters. */
export function languageOfScript(text: string): Language {
  const locale = localeOf(text);
  return isLanguage(locale) ? locale : 'en';
}

/** Words of a text in lower case, cut by the rules of its script (`Intl.Segmenter`); not stemmed. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter(localeOf(text)).segment(text.toLowerCase())) {
    if (isWordLike) words.push(segment);
  }
  return words;
}
