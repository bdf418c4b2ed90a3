import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  LANGUAGES,
  type Language,
  type Manner,
  type MannerRecogniser,
  messageOf,
  nameIn,
  SMALL_TALK,
  VitrineError,
} from '../domain';
import { detectLanguage } from './detect';
import { cleanText } from './fold';
import type { Lexicons } from './lexicon';
import { compilePattern, patternKey } from './patterns';
import { units } from './units';

/** Longer messages are wishes, whatever is said beside them. */
const LONGEST = 120;
/** Languages that shoppers ask for and are told that Vitrine does not speak. */
const UNSPOKEN = ['it', 'ko', 'ar', 'nl', 'pl', 'tr', 'uk', 'hi', 'vi', 'th', 'sv', 'el', 'he', 'cs', 'id'];
const KINDS = ['abuse', ...SMALL_TALK, 'languages'] as const;

const patterns = z.array(z.string().min(1));
/** One language's `manners.json`: whole messages, as patterns of `compilePattern`. */
export const mannersSchema = z.strictObject({
  language: z.enum(LANGUAGES),
  /** What languages are called beside their usual names; by code. */
  names: z.record(z.string(), patterns),
  /** How another language is asked for, `{l}` being its name. */
  switch: patterns,
  languages: patterns,
  /** How shoppers say who they are, `{n}` being the name. */
  name: patterns,
  howAreYou: patterns,
  whoAreYou: patterns,
  compliment: patterns,
  chat: patterns,
  abuse: patterns,
});
type MannersFile = z.infer<typeof mannersSchema>;

interface Known {
  readonly kinds: readonly (readonly [(typeof KINDS)[number], readonly RegExp[]])[];
  /** Each language by what it is called, anywhere in a text. */
  readonly called: readonly (readonly [Language, RegExp])[];
  /** How each language is asked for. */
  readonly switches: readonly (readonly [string, readonly RegExp[]])[];
  /** Folded units before and after a name. */
  readonly names: readonly { readonly before: readonly string[]; readonly after: readonly string[] }[];
  readonly greetings: readonly (readonly string[])[];
}

/** Recognises manners by the patterns of `locales/<language>/manners.json`, the most likely language first. */
export class MannerPatterns implements MannerRecogniser {
  private readonly byLanguage: ReadonlyMap<Language, Known>;
  /** Names of languages in themselves, as the menu shows them, are understood everywhere. */
  private readonly ownNames: ReadonlyMap<string, Language>;

  /** Throws CONFIG_INVALID that names the file where one is missing or broken. */
  constructor(
    localesDir: string,
    private readonly lexicons: Lexicons,
  ) {
    const files = new Map(LANGUAGES.map((language) => [language, load(localesDir, language)]));
    this.byLanguage = new Map(LANGUAGES.map((language) => [language, compile(files, language, lexicons)]));
    this.ownNames = new Map(LANGUAGES.map((language) => [patternKey(languageName(language, language)), language]));
  }

  recognise(text: string, hint: Language): Manner | undefined {
    if (text.length > LONGEST) return undefined;
    const clean = cleanText(text, LONGEST);
    const said = patternKey(clean);
    if (said.trim() === '') return undefined;
    const own = this.ownNames.get(said);
    if (own) return { kind: 'switch', to: own, language: hint };
    const likely = detectLanguage(clean, this.lexicons, hint);
    for (const language of new Set([likely, hint, ...LANGUAGES])) {
      const known = this.byLanguage.get(language);
      const found = known && (mannerIn(said, known, language) ?? nameOf(clean, known, language));
      if (found) return found;
    }
    return undefined;
  }

  named(text: string, hint: Language): Language | undefined {
    const said = patternKey(cleanText(text, LONGEST));
    for (const language of new Set([hint, ...LANGUAGES])) {
      const found = this.byLanguage.get(language)?.called.find(([, pattern]) => pattern.test(said));
      if (found) return found[0];
    }
    return undefined;
  }
}

function mannerIn(said: string, { kinds, switches }: Known, language: Language): Manner | undefined {
  const wanted = switches.find(([, each]) => each.some((pattern) => pattern.test(said)));
  if (wanted) {
    const to = LANGUAGES.find((each) => each === wanted[0]);
    return { kind: 'switch', ...(to && { to }), language };
  }
  const kind = kinds.find(([, each]) => each.some((pattern) => pattern.test(said)))?.[0];
  return kind && { kind, language };
}

/** "Hello, my name is Ana": a greeting may come first. */
function nameOf(text: string, { names, greetings }: Known, language: Language): Manner | undefined {
  const all = units(text);
  const folded = all.map((unit) => unit.folded);
  const greeted = greetings.find((greeting) => greeting.every((unit, index) => folded[index] === unit))?.length ?? 0;
  for (const start of new Set([0, greeted])) {
    for (const { before, after } of names) {
      const [from, to] = [start + before.length, folded.length - after.length];
      const isSaid =
        to > from &&
        before.every((unit, index) => folded[start + index] === unit) &&
        after.every((unit, index) => folded[to + index] === unit);
      const [first, last] = [all[from], all[to - 1]];
      const name = isSaid && first && last ? nameIn(text.slice(first.start, last.end)) : undefined;
      if (name !== undefined && name.length <= (first?.cjk ? 6 : LONGEST)) return { kind: 'name', name, language };
    }
  }
  return undefined;
}

/** What a language is called in another. */
export function languageName(language: string, inLanguage: Language): string {
  return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(language) ?? language;
}

function compile(files: ReadonlyMap<Language, MannersFile>, language: Language, lexicons: Lexicons): Known {
  const file = files.get(language);
  if (!file) throw new VitrineError('CONFIG_INVALID', `locales/${language}/manners.json is missing`);
  const cjk = language === 'zh' || language === 'ja';
  const whole = (pattern: string) => compilePattern(`= ${pattern}`, cjk);
  const called = (code: string) => [
    ...new Set([
      languageName(code, language),
      ...(file.names[code] ?? []),
      // In its own words, too: "español please".
      ...LANGUAGES.filter((each) => each === code).flatMap((each) => [
        languageName(each, each),
        ...(files.get(each)?.names[each] ?? []),
      ]),
    ]),
  ];
  const named = (code: string) => `(${called(code).join('|')})`;
  return {
    kinds: KINDS.map((kind) => [kind, file[kind].map(whole)] as const),
    called: LANGUAGES.map((each) => [each, compilePattern(named(each), cjk)] as const),
    switches: [...LANGUAGES, ...UNSPOKEN].map((code) => {
      // Alone the name of a language that isn't spoken may be a wish ("Turkish").
      const bare = UNSPOKEN.includes(code) ? [] : ['{l}'];
      return [code, [...bare, ...file.switch].map((each) => whole(each.replaceAll('{l}', named(code))))] as const;
    }),
    names: file.name.map((template) => {
      const [before = '', after = ''] = template.split('{n}');
      const folded = (text: string) => units(text).map((unit) => unit.folded);
      return { before: folded(before), after: folded(after) };
    }),
    greetings: lexicons.byLanguage[language].file.greetings
      .map((greeting) => units(greeting).map((unit) => unit.folded))
      .sort((one, other) => other.length - one.length),
  };
}

function load(localesDir: string, language: Language): MannersFile {
  const file = join(localesDir, language, 'manners.json');
  try {
    return mannersSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new VitrineError('CONFIG_INVALID', `${file}: ${messageOf(error)}`, { cause: error });
  }
}
