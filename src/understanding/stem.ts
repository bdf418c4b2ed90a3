import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import type { Language } from '../domain';
import { fold } from './fold';

const STEMMERS: Partial<Record<Language, (word: string) => string>> = {
  en: english,
  es: spanish,
  fr: french,
  de: german,
  pt: portuguese,
  ru: russian,
};
/** Words kept per language; catalogues repeat theirs. */
const MOST_CACHED = 50_000;
const LONGEST_STEMMED = 40;

const caches = new Map<Language, Map<string, string>>();

/** The Snowball stem of one word, folded first; Chinese and Japanese words are their own stems. */
export function stem(word: string, language: Language): string {
  const stemmer = STEMMERS[language];
  const folded = fold(word);
  if (!stemmer || folded.length > LONGEST_STEMMED) return folded;
  let cache = caches.get(language);
  if (!cache) {
    cache = new Map();
    caches.set(language, cache);
  }
  const known = cache.get(folded);
  if (known !== undefined) return known;
  const result = stemmer(folded);
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(folded, result);
  return result;
}
