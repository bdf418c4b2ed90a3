import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../../src/app';
import { loadConfig, packageRoot } from '../../../src/config';
import { type Heard, languageOf, VitrineError } from '../../../src/domain';
import { withFigures } from '../../../src/encoders/speech/number-words';
import type { WordFile } from '../../../src/encoders/speech/word-list';
import { type LabelledQuery, readLabelledQueries } from '../../../src/training';

const QUERIES = join(packageRoot(), 'test', 'fixtures', 'voice', 'queries', 'queries.jsonl');

const WORDS = JSON.parse(
  readFileSync(join(packageRoot(), 'models', 'starter', 'voice', 'words.json'), 'utf8'),
) as Readonly<Partial<Record<string, WordFile>>>;

/** A recording, and what was heard in it; undefined where nobody speaks. */
interface Listened {
  readonly query: LabelledQuery;
  readonly heard: Heard | undefined;
}

/** Word error rates of the recogniser, whether it tells the language, and what its confidence is worth. */
export async function benchQueries(log: (line: string) => void): Promise<void> {
  const app = createApp(loadConfig({ DATA_DIR: join(packageRoot(), 'data') }));
  try {
    const listened: Listened[] = [];
    for (const query of readLabelledQueries(process.argv[4] ?? QUERIES)) {
      const language = languageOf(query.lang);
      const heard = await app.hear([readFileSync(query.voice ?? '')], language ? { language } : {}).catch((error) => {
        if (error instanceof VitrineError && error.code === 'VOICE_SILENT') return undefined;
        throw error;
      });
      listened.push({ query, heard });
      if (process.env.SHOW)
        log(
          `${query.written}  →  ${heard?.text ?? '–'}  (${heard?.confidence.toFixed(2) ?? ''}, ${heard?.language ?? ''})`,
        );
    }
    report(listened, log);
  } finally {
    await app.close();
  }
}

function report(listened: readonly Listened[], log: (line: string) => void): void {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const languages = [...new Set(listened.map(({ query }) => query.lang ?? 'und'))];
  for (const language of languages) {
    const own = listened.filter(({ query }) => query.lang === language);
    const told = own.filter(({ heard }) => heard?.language === language).length / own.length;
    log(
      `${language}  ${own.length} recordings, words wrong ${percent(errorRate(own))}, language told ${percent(told)}`,
    );
  }
  for (const [low, high] of [
    [0, 0.3],
    [0.3, 0.6],
    [0.6, 0.8],
    [0.8, 1.01],
  ] as const) {
    const own = listened.filter(({ heard }) => (heard?.confidence ?? 0) >= low && (heard?.confidence ?? 0) < high);
    if (own.length > 0)
      log(
        `confidence ${low} to ${Math.min(1, high)}: ${own.length} recordings, words wrong ${percent(errorRate(own))}`,
      );
  }
}

/** Words (Chinese: characters) to change, add and leave out, as a share of those that were said. */
function errorRate(listened: readonly Listened[]): number {
  let [wrong, said] = [0, 0];
  for (const { query, heard } of listened) {
    const units = (text: string) =>
      query.lang === 'zh' ? [...text.replace(/\s/g, '')] : text.split(/\s+/).filter(Boolean);
    const file = WORDS[query.lang ?? ''];
    const joiner = query.lang === 'zh' ? '' : ' ';
    const figures = (words: string[]) =>
      file ? withFigures(words, file.numbers, new Set(file.currencies), joiner) : words;
    const [wanted, found] = [figures(units(query.written ?? '')), units(heard?.text ?? '')];
    wrong += distance(wanted, found);
    said += wanted.length;
  }
  return wrong / Math.max(1, said);
}

/** Levenshtein distance of lists. */
function distance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, word] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (word === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
