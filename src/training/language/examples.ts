import { LATIN, type Language } from '../../domain';
import { fold, LANGUAGE_GROUPS, languageFeatures } from '../../understanding';
import type { EvaluationRandom } from '../evaluation/random';
import type { LanguagePhrase } from './phrases';

/** A text by its features, and in which language of its group it is. */
export interface LanguageExample {
  readonly features: Uint32Array;
  readonly group: readonly Language[];
  /** Undefined of what may be in any. */
  readonly language: Language | undefined;
  readonly weight: number;
}

/** Names that are made up, of halves of words: without them every unknown name looked like some language. */
const NAMES = 4_000;
const NAME_WEIGHT = 0.7;
/** A phrase without its accents, as many type. */
const PLAIN_WEIGHT = 0.7;
/** One to three words of a phrase: messages are short. */
const PART_WEIGHT = 0.5;
const MOST_PARTS = 3;
const NOT_HAN = /[^\p{Script=Han}々]+/u;

/** What is learnt from phrases, in their order: each as it is, without accents, and a part of it. */
export function languageExamples(phrases: readonly LanguagePhrase[], random: EvaluationRandom): LanguageExample[] {
  const found: LanguageExample[] = [];
  const names: string[] = [];
  const add = (text: string, group: readonly Language[], language: Language | undefined, weight: number): void => {
    const features = languageFeatures(text);
    if (features.length > 0) found.push({ features, group, language, weight });
  };
  for (const { text, language, weight } of phrases) {
    const group = LANGUAGE_GROUPS.find((each) => each.includes(language));
    if (!group) continue;
    if (!LATIN.includes(language)) {
      const runs = text.split(NOT_HAN).filter((run) => run !== '');
      // Of a Japanese text kana are missing: what is left are words of their own.
      if (language === 'zh') add(runs.join(' '), group, language, weight);
      else for (const run of runs) add(run, group, language, weight);
      const part = runs.find((run) => run.length > MOST_PARTS);
      if (part !== undefined) add(partOf([...part], random).join(''), group, language, weight);
      continue;
    }
    add(text, group, language, weight);
    const plain = fold(text);
    const differs = plain !== text.toLowerCase();
    if (differs) add(plain, group, language, PLAIN_WEIGHT * weight);
    const words = (differs && random.next() < 0.5 ? plain : text).split(/\s+/);
    if (words.length > MOST_PARTS) add(partOf(words, random).join(' '), group, language, PART_WEIGHT * weight);
    const name = words[random.below(words.length)]?.replace(/[^\p{L}\p{M}]/gu, '') ?? '';
    if (name.length > 4) names.push(name);
  }
  for (let count = 0; names.length > 0 && count < NAMES; count++) {
    const [first = '', second = ''] = [names[random.below(names.length)], names[random.below(names.length)]];
    const name = first.slice(0, Math.ceil(first.length / 2)) + second.slice(Math.floor(second.length / 2));
    add(name, LATIN, undefined, NAME_WEIGHT);
  }
  return found;
}

function partOf<T>(all: readonly T[], random: EvaluationRandom): readonly T[] {
  const count = 1 + random.below(MOST_PARTS);
  const start = random.below(all.length - count + 1);
  return all.slice(start, start + count);
}
