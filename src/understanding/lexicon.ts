import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../config';
import { LANGUAGES, type Language, TypoIndex, VitrineError } from '../domain';
import type { AgeWords } from './ages';
import { fold, hasCjk } from './fold';
import { type LanguageWeights, readLanguageWeights } from './language-weights';
import { stem } from './stem';
import { units } from './units';

const words = z.array(z.string().min(1));
const concepts = z.record(z.string(), words);

/** One language's `lexicon.json`. */
export const lexiconSchema = z.object({
  language: z.enum(LANGUAGES),
  kinds: z.record(
    z.string(),
    z.object({ name: z.string().min(1), plural: z.string().min(1), class: z.string().min(1), synonyms: words }),
  ),
  groups: concepts,
  colors: z.record(z.string(), z.object({ forms: z.record(z.string(), z.string().min(1)), words })),
  materials: z.record(z.string(), z.object({ phrase: z.string(), words })),
  patterns: z.record(z.string(), z.object({ phrase: z.string(), words })),
  audiences: z.record(z.string(), z.object({ phrase: z.string(), words })),
  sizes: concepts,
  sizeCue: words,
  conditions: concepts,
  cues: concepts,
  currencies: concepts,
  /** Words that look like a misspelling of another and are none. */
  realWords: words,
  /** Words beside which "new" says no more than that one is wanted: "a new bag". */
  another: words,
  /** Articles of things that were not talked of yet: "a", "ein". */
  articles: words,
  /** Words between the last of several things: "no red, green or blue". */
  joining: words,
  stopwords: words,
  greetings: words,
  help: words,
  more: words,
  startOver: words,
  thanks: words,
  goodbye: words,
  forYou: words,
  goesWith: words,
  remember: words,
  whatYouKnow: words,
  forgetMe: words,
  yes: words,
  no: words,
  person: words,
  /** What may stand before and after a phrase that asks for a person. */
  personFillers: words,
  leaveMessage: words,
  keepChatting: words,
  cancel: words,
  anyPrice: words,
});
export type LexiconFile = z.infer<typeof lexiconSchema>;

export type ConceptType =
  | 'kind'
  | 'group'
  | 'color'
  | 'material'
  | 'pattern'
  | 'audience'
  | 'size'
  | 'sizeCue'
  | 'condition'
  | 'sort'
  | 'flag'
  /** Turns the attribute after it into an unwanted one; `negationAfter` the one before it. */
  | 'negation'
  | 'negationAfter'
  | 'stop';

/** What a phrase of the lexicon means. */
export interface Concept {
  readonly type: ConceptType;
  readonly id: string;
}

const SORT_CUES: Readonly<Record<string, string>> = {
  cheapest: 'price_ascending',
  mostExpensive: 'price_descending',
  bestRated: 'rating',
  newest: 'newest',
};
const LONGEST_PHRASE = 12;

/** One language's phrases, ready to be matched against units of text. */
export class Lexicon {
  readonly language: Language;
  readonly file: LexiconFile;
  readonly typos = new TypoIndex();
  /** Words of price cues and currencies ("under", "euros"): they tell the language, though they match no concept. */
  readonly priceWords = new Set<string>();
  longest = 1;
  /** Folded words that need no correction. */
  readonly realWords: ReadonlySet<string>;
  /** Folded words beside which "new" is no condition. */
  readonly another: ReadonlySet<string>;
  /** Folded words that name something new. */
  readonly articles: ReadonlySet<string>;
  /** Folded words that join things. */
  readonly joining: ReadonlySet<string>;
  /** How a language says how old somebody is. */
  readonly ages: readonly AgeWords[];
  private readonly phrases = new Map<string, Concept[]>();
  /** Concepts of single words that can be part of a compound ("Leder" + "Rucksack"). */
  private readonly parts = new Map<string, Concept[]>();

  constructor(file: LexiconFile) {
    this.file = file;
    this.language = file.language;
    this.realWords = foldedWords(file.realWords);
    this.another = foldedWords(file.another);
    this.articles = foldedWords(file.articles);
    this.joining = foldedWords(file.joining);
    this.ages = [...agesOf(file.cues.age ?? [], false), ...agesOf(file.cues.years ?? [], true)];
    for (const [id, kind] of Object.entries(file.kinds))
      this.addAll([kind.name, kind.plural, ...kind.synonyms], 'kind', id);
    for (const [id, list] of Object.entries(file.groups)) this.addAll(list, 'group', id);
    for (const [id, color] of Object.entries(file.colors)) {
      this.addAll([...Object.values(color.forms), ...color.words], 'color', id);
    }
    for (const [id, material] of Object.entries(file.materials)) this.addAll(material.words, 'material', id);
    for (const [id, pattern] of Object.entries(file.patterns))
      this.addAll([pattern.phrase, ...pattern.words], 'pattern', id);
    for (const [id, audience] of Object.entries(file.audiences))
      this.addAll([audience.phrase, ...audience.words], 'audience', id);
    for (const [id, list] of Object.entries(file.sizes)) this.addAll(list, 'size', id);
    this.addAll(file.sizeCue, 'sizeCue', 'size');
    for (const [id, list] of Object.entries(file.conditions)) this.addAll(list, 'condition', id);
    for (const [cue, sort] of Object.entries(SORT_CUES)) this.addAll(file.cues[cue] ?? [], 'sort', sort);
    // Where there is nothing to be cheaper than, the cheapest come first.
    this.addAll(file.cues.cheaper ?? [], 'sort', 'price_ascending');
    this.addAll(file.cues.cheaper ?? [], 'flag', 'cheaper');
    this.addAll(file.cues.inStock ?? [], 'flag', 'inStock');
    this.addAll(file.cues.onSale ?? [], 'flag', 'onSale');
    for (const cue of file.cues.without ?? []) {
      const [before = '', after = ''] = cue.split('{x}').map((part) => part.trim());
      if (before) this.add(before, 'negation', 'without');
      else if (after) this.add(after, 'negationAfter', 'without');
    }
    for (const cue of [...(file.cues.only ?? []), ...(file.cues.brand ?? [])]) {
      for (const part of cue.split('{x}')) if (part.trim()) this.add(part.trim(), 'stop', '');
    }
    this.addAll(file.stopwords, 'stop', '');
    const priceCues = ['under', 'over', 'between', 'about'].flatMap((cue) => file.cues[cue] ?? []);
    for (const text of [...priceCues, ...Object.values(file.currencies).flat()]) {
      for (const unit of units(text.replace(/\{[ab]\}/g, ' '))) this.priceWords.add(unit.folded);
    }
  }

  private addAll(phrases: readonly string[], type: ConceptType, id: string): void {
    for (const phrase of phrases) if (phrase) this.add(phrase, type, id);
  }

  private add(phrase: string, type: ConceptType, id: string): void {
    const cut = units(phrase);
    if (cut.length === 0 || cut.length > LONGEST_PHRASE) return;
    this.longest = Math.max(this.longest, cut.length);
    const concept = { type, id };
    this.put(this.phrases, cut.map((unit) => unit.folded).join(' '), concept);
    if (!hasCjk(phrase))
      this.put(this.phrases, cut.map((unit) => `~${stem(unit.surface, this.language)}`).join(' '), concept);
    // "t-shirt" is also typed "tshirt".
    if (cut.length > 1 && !hasCjk(phrase) && type !== 'stop') {
      this.put(this.phrases, cut.map((unit) => unit.folded).join(''), concept);
    }
    const [only] = cut;
    if (cut.length === 1 && only && type !== 'stop' && type !== 'negation') {
      this.typos.add(only.folded);
      if (only.folded.length >= 3) this.put(this.parts, only.folded, concept);
    }
  }

  private put(map: Map<string, Concept[]>, key: string, concept: Concept): void {
    const known = map.get(key);
    if (!known) map.set(key, [concept]);
    else if (!known.some((other) => other.type === concept.type && other.id === concept.id)) known.push(concept);
  }

  /** Concepts of a folded phrase, then of its stems. Units are joined by a space. */
  find(folded: readonly string[], stems: readonly string[]): readonly Concept[] | undefined {
    return this.phrases.get(folded.join(' ')) ?? this.phrases.get(stems.map((part) => `~${part}`).join(' '));
  }

  /** Concepts of one folded word. */
  word(folded: string): readonly Concept[] | undefined {
    return this.phrases.get(folded);
  }

  part(folded: string): readonly Concept[] | undefined {
    return this.parts.get(folded);
  }
}

function foldedWords(words: readonly string[]): Set<string> {
  return new Set(words.flatMap((word) => units(word).map(({ folded }) => folded)));
}

/** Kinds by department; ids are the lexicons'. */
export type Taxonomy = Readonly<Record<string, readonly string[]>>;

export interface Lexicons {
  readonly byLanguage: Readonly<Record<Language, Lexicon>>;
  readonly taxonomy: Taxonomy;
  readonly groupOfKind: ReadonlyMap<string, string>;
  /** Tells languages of one script apart, beside the lexicons. */
  readonly writing: LanguageWeights | undefined;
}

/**
 * Reads every language's lexicon from `locales/`, and from `models/` what tells languages apart. Throws CONFIG_INVALID naming
 * the file and the field, and MODEL_CORRUPT.
 */
export function loadLexicons(localesDir: string, modelsDir: string = join(packageRoot(), 'models')): Lexicons {
  const read = <T>(file: string, schema: z.ZodType<T>): T => {
    try {
      return schema.parse(JSON.parse(readFileSync(join(localesDir, file), 'utf8')));
    } catch (error) {
      const detail = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      throw new VitrineError('CONFIG_INVALID', `locales/${file}: ${detail}`, { cause: error });
    }
  };
  const byLanguage = {} as Record<Language, Lexicon>;
  for (const language of LANGUAGES)
    byLanguage[language] = new Lexicon(read(join(language, 'lexicon.json'), lexiconSchema));
  const taxonomy = read('taxonomy.json', z.record(z.string(), words));
  const groupOfKind = new Map(
    Object.entries(taxonomy).flatMap(([group, kinds]) => kinds.map((kind) => [kind, group] as const)),
  );
  return { byLanguage, taxonomy, groupOfKind, writing: readLanguageWeights(modelsDir) };
}

/** Patterns of `{n}`, "aged {n}", by what stands around the number. */
function agesOf(cues: readonly string[], ofAnything: boolean): AgeWords[] {
  return cues.map((cue) => {
    const [before = [], after = []] = cue.split('{n}').map((part) => units(part).map(({ folded }) => folded));
    return { before, after, ofAnything };
  });
}

/** Every form in which a lexicon phrase can be compared; exported for tests of the locale files. */
export function phraseKey(phrase: string): string {
  return units(phrase)
    .map((unit) => fold(unit.surface))
    .join(' ');
}
