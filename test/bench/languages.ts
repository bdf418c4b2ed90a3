import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, packageRoot } from '../../src/config';
import { LANGUAGES, LATIN, type Language } from '../../src/domain';
import { readHeldOut } from '../../src/training';
import { LexiconAnalyzer, loadLexicons } from '../../src/understanding';

const FIXTURES = join(packageRoot(), 'test', 'fixtures');

/** What shoppers say, in the language of their own. */
export interface Said {
  readonly text: string;
  readonly language: Language;
}

/** How many of how many texts are told right. */
export interface Told {
  readonly right: number;
  readonly of: number;
}

export interface LanguageFigures {
  /** Without a conversation. */
  readonly alone: Told;
  /** In a conversation of their language. */
  readonly kept: Told;
  /** In conversations of each other language. */
  readonly left: Told;
}

/** The validation phrases of intents that are not about languages, or the validation queries. */
export function readSaid(set: 'phrases' | 'queries'): Said[] {
  if (set === 'phrases')
    return LANGUAGES.flatMap((language) =>
      readHeldOut(join(FIXTURES, 'intents', 'validation', `${language}.jsonl`), language, 'intent')
        .filter(({ label }) => label !== 'switch-language')
        .map(({ text }) => ({ text, language })),
    );
  const lines = readFileSync(join(FIXTURES, 'queries', 'validation.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean);
  return lines
    .map((line) => JSON.parse(line) as { text: string; lang: Language })
    .map(({ text, lang }) => ({ text, language: lang }));
}

/** Judges texts by what `detect` makes of them under each hint. */
export function judgeLanguages(
  said: readonly Said[],
  detect: (text: string, hint?: Language) => Language,
): LanguageFigures {
  const told = (hints: (own: Language) => readonly (Language | undefined)[]): Told => {
    const all = said.flatMap(({ text, language }) =>
      hints(language).map((hint) => Number(detect(text, hint) === language)),
    );
    return { right: all.reduce((sum, each) => sum + each, 0), of: all.length };
  };
  return {
    alone: told(() => [undefined]),
    kept: told((own) => [own]),
    left: told((own) => LANGUAGES.filter((each) => each !== own)),
  };
}

/** Words of a text; of one or two a conversation's language may well be kept. */
export const wordsOf = ({ text }: Said): number => text.split(/[\s,.!?;:¿¡]+/).filter(Boolean).length;

/** Which language messages are in, by language, and microseconds a message. */
export function benchLanguages(log: (line: string) => void): void {
  const config = loadConfig();
  const analyzer = new LexiconAnalyzer(loadLexicons(config.LOCALES_DIR, config.MODELS_DIR));
  const detect = (text: string, hint?: Language) => analyzer.detectLanguage(text, hint);
  for (const set of ['phrases', 'queries'] as const) {
    const all = readSaid(set);
    log(`${all.length} validation ${set}, per cent`);
    for (const language of [...LANGUAGES, 'all'] as const) {
      const own = all.filter((each) => language === 'all' || each.language === language);
      const { alone, kept } = judgeLanguages(own, detect);
      const left = ([least, most]: readonly [number, number]) =>
        percent(
          judgeLanguages(
            own.filter((each) => wordsOf(each) >= least && wordsOf(each) <= most),
            detect,
          ).left,
        );
      const byLength = LATIN.some((each) => each === language)
        ? `; of four words and more ${left([4, 99])}, two or three ${left([2, 3])}, one ${left([0, 1])}`
        : '';
      log(
        `  ${language}: no conversation ${percent(alone)}, one in that language ${percent(kept)}, in another ${left([0, 99])}${byLength}`,
      );
    }
    const started = performance.now();
    for (const { text, language } of all) detect(text, language);
    log(`  ${((1_000 * (performance.now() - started)) / all.length).toFixed(0)} µs a message`);
  }
}

function percent({ right, of }: Told): string {
  return of === 0 ? '–' : ((100 * right) / of).toFixed(1);
}
