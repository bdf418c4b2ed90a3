import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { App } from '../../../src/app';
import { writeDemoFeed } from '../../../src/catalogue/demo/feed';
import { withFeed } from '../../../src/cli/eval';
import { packageRoot } from '../../../src/config';
import { type Heard, languageOf, VitrineError } from '../../../src/domain';
import {
  type EvaluatedSystem,
  type EvaluationReport,
  evaluate,
  type LabelledQuery,
  readLabelledQueries,
} from '../../../src/training';
import { errorRate } from './word-errors';

const QUERIES = join(packageRoot(), 'test', 'fixtures', 'voice', 'queries', 'queries.jsonl');

/**
 * Spoken queries over the demo catalogue beside the typed ones: nDCG@10, word error rates, whether the language is told, what
 * the confidence is worth. Of the held-out recordings, or of the list that is named; `--json FILE` writes the figures.
 */
export async function benchQueries(log: (line: string) => void): Promise<void> {
  const { positionals, values } = parseArgs({
    args: process.argv.slice(4),
    allowPositionals: true,
    options: { json: { type: 'string' }, show: { type: 'boolean' } },
  });
  const queries = readLabelledQueries(positionals[0] ?? QUERIES);
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-voice-'));
  try {
    const { feed } = await writeDemoFeed({ localesDir: join(packageRoot(), 'locales'), folder, withoutPictures: true });
    await withFeed(feed, async (app, products) => {
      const listened = new Map<LabelledQuery, Heard | undefined>();
      for (const query of queries) listened.set(query, await hear(app, query));
      if (values.show) for (const [query, heard] of listened) log(shown(query, heard));
      const figures = errors(listened, log);
      const report = await evaluate({ queries, products, seed: 1, systems: [spoken(app, listened), typed(app)] });
      const shares = sharesOf(report, log);
      if (values.json) writeFileSync(values.json, `${JSON.stringify({ ...figures, ...shares }, null, 1)}\n`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function hear(app: App, { voice = '', lang }: LabelledQuery): Promise<Heard | undefined> {
  const language = languageOf(lang);
  try {
    return await app.hear([readFileSync(voice)], language ? { language } : {});
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'VOICE_SILENT') return undefined;
    throw error;
  }
}

const shown = ({ written }: LabelledQuery, heard: Heard | undefined) =>
  `${written}  →  ${heard?.text ?? '–'}  (${heard?.confidence.toFixed(2) ?? ''}, ${heard?.language ?? ''})`;

function spoken(app: App, listened: ReadonlyMap<LabelledQuery, Heard | undefined>): EvaluatedSystem {
  return system('spoken', app, (query) => {
    const heard = listened.get(query);
    return heard && { text: heard.text, voice: heard };
  });
}

function typed(app: App): EvaluatedSystem {
  return system('typed', app, ({ typed: text = '' }) => ({ text }));
}

function system(
  name: string,
  app: App,
  said: (query: LabelledQuery) => { readonly text: string; readonly voice?: Heard } | undefined,
): EvaluatedSystem {
  return {
    name,
    search: async (query, limit) => {
      const { text = '', voice } = said(query) ?? {};
      const language = languageOf(query.lang);
      if (text === '') return { results: [] };
      const { results } = await app.search(text, { limit, ...(voice && { voice }), ...(language && { language }) });
      return { results: results.map(({ product, score }) => ({ id: product.id, score })) };
    },
  };
}

/** nDCG@10 of both by language, and the spoken one's share of the typed one's. */
function sharesOf({ systems }: EvaluationReport, log: (line: string) => void) {
  const [voice, text] = systems;
  const shares: Record<string, { spoken: number; typed: number; share: number }> = {};
  for (const [language, slice] of Object.entries(voice?.byLanguage ?? {})) {
    const of = (each: typeof slice | undefined) => each?.metrics['ndcg@10']?.mean ?? 0;
    const [said, written] = [of(slice), of(text?.byLanguage[language])];
    shares[language] = { spoken: said, typed: written, share: said / written };
    log(`${language}  nDCG@10 spoken ${said.toFixed(3)}, typed ${written.toFixed(3)}: ${percent(said / written)}`);
  }
  const others = Object.entries(shares).filter(([language]) => language !== 'en');
  const average = others.reduce((sum, [, { share }]) => sum + share, 0) / Math.max(1, others.length);
  log(`averaged over the others than English: ${percent(average)}`);
  return { ndcg: shares, othersAverage: average };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

type Listened = ReadonlyMap<LabelledQuery, Heard | undefined>;

function errors(listened: Listened, log: (line: string) => void) {
  const rows = [...listened];
  const words: Record<string, { recordings: number; wrong: number; languageTold: number }> = {};
  for (const language of new Set(rows.map(([query]) => query.lang ?? 'und'))) {
    const own = rows.filter(([query]) => query.lang === language);
    const told = own.filter(([, heard]) => heard?.language === language).length / own.length;
    words[language] = { recordings: own.length, wrong: errorRate(own), languageTold: told };
    log(
      `${language}  ${own.length} recordings, words wrong ${percent(errorRate(own))}, language told ${percent(told)}`,
    );
  }
  const steps = [0, 0.3, 0.45, 0.6, 0.7, 0.8, 0.9, 1.01];
  const confidence = steps.slice(1).flatMap((high, i) => {
    const low = steps[i] ?? 0;
    const own = rows.filter(([, heard]) => (heard?.confidence ?? 0) >= low && (heard?.confidence ?? 0) < high);
    if (own.length === 0) return [];
    log(`confidence from ${low}: ${own.length} recordings, words wrong ${percent(errorRate(own))}`);
    return [{ from: low, recordings: own.length, wrong: errorRate(own) }];
  });
  return { words, confidence };
}
