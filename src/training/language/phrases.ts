import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../domain';
import { CLASSIFIER_KINDS, type Lexicons } from '../../understanding';
import { readPhrases } from '../text';

/** Words in a language. */
export interface LanguagePhrase {
  readonly text: string;
  readonly language: Language;
  /** How much it counts beside others. */
  readonly weight: number;
}

/** Those who ask for a language often do so in that one. */
const OF_LANGUAGES = 'switch-language';
/** What is written in a lexicon that is no word of the language. */
const NO_WORDS = new Set(['language', 'class']);
/** Words of lexicons are fewer than those of phrases, and many are the same in several languages. */
const LEXICON_WEIGHT = 0.5;

/**
 * All that shoppers say by `locales/`: phrases of moods and intents, and the words of the lexicons. Throws TRAINING_FAILED where
 * a file can't be read.
 */
export function readLanguagePhrases(
  localesDir: string,
  { byLanguage }: Pick<Lexicons, 'byLanguage'>,
): LanguagePhrase[] {
  const kinds = CLASSIFIER_KINDS.filter((kind) => existsSync(join(localesDir, 'en', `${kind}.json`)));
  const phrases = kinds.flatMap((kind) => readPhrases(localesDir, kind)).filter(({ label }) => label !== OF_LANGUAGES);
  return LANGUAGES.flatMap((language) => [
    ...phrases
      .filter((phrase) => phrase.language === language)
      .map(({ text }): LanguagePhrase => ({ text, language, weight: 1 })),
    ...wordsIn(byLanguage[language].file).map((text): LanguagePhrase => ({ text, language, weight: LEXICON_WEIGHT })),
  ]);
}

/** Every text of a lexicon, at whatever depth; patterns with holes are left out. */
function wordsIn(part: unknown): string[] {
  if (typeof part === 'string') return /[{}]/.test(part) ? [] : [part];
  if (Array.isArray(part)) return part.flatMap(wordsIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) => (NO_WORDS.has(name) ? [] : wordsIn(value)));
}
