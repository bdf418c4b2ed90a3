import type { Lexicons } from './lexicon';

/** An id of the lexicon and ways to say it in English. */
interface Sayable {
  readonly id: string;
  readonly words: readonly string[];
}

/** Ways to say a thing that a photo is compared with; later words of the lexicons are rarer ones and shades. */
const KIND_WORDS = 3;
const ATTRIBUTE_WORDS = 2;

/** Kinds, colours and patterns in English words, for naming what a photo shows. */
export function photoWords({ byLanguage }: Lexicons): {
  readonly kinds: readonly Sayable[];
  readonly colors: readonly Sayable[];
  readonly patterns: readonly Sayable[];
} {
  const { kinds, colors, patterns } = byLanguage.en.file;
  const attributes = (section: Readonly<Record<string, { readonly words: readonly string[] }>>) =>
    Object.entries(section).map(([id, { words }]) => ({ id, words: words.slice(0, ATTRIBUTE_WORDS) }));
  return {
    kinds: Object.entries(kinds).map(([id, kind]) => ({
      id,
      words: [...new Set([kind.name, kind.plural, ...kind.synonyms])].slice(0, KIND_WORDS),
    })),
    colors: attributes(colors),
    patterns: attributes(patterns),
  };
}
