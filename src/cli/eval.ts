import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type App, createApp } from '../app';
import { importFeed } from '../catalogue/import';
import { resolveFeeds } from '../catalogue/source';
import { loadConfig } from '../config';
import { type Heard, type Language, languageOf, type Product, VitrineError } from '../domain';
import {
  bm25System,
  type EvaluatedSystem,
  type EvaluationReport,
  evaluate,
  formatReport,
  type LabelledQuery,
  randomSystem,
  readLabelledQueries,
} from '../training';
import { configOf } from './context';
import { importPictures } from './import';
import { Progress } from './progress';
import { syncIndex } from './sync-index';

interface EvalFlags {
  readonly catalogue: string;
  readonly queries: string;
  readonly validation?: string;
  readonly seed: number;
  readonly json?: boolean;
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('a whole number');
  return number;
}

export function registerEval(program: Command): void {
  const command = program
    .command('eval')
    .description('score labelled queries over a throwaway index of a feed, beside random order and plain BM25')
    .requiredOption('--catalogue <feed>', 'the feed: a file, a folder or an address')
    .requiredOption(
      '--queries <file>',
      'labelled queries, one JSON object a line: {"text", "lang"?, "relevant": {"<id>": gain}}',
    )
    .option('--validation <file>', 'labelled queries from which the threshold of precision, recall and F1 is chosen')
    .option('--seed <number>', 'seed of the intervals and of the random order', wholeNumber, 1)
    .option('--json', 'print the whole report as JSON')
    .action(async (flags: EvalFlags) => {
      configOf(command);
      const queries = readLabelledQueries(flags.queries);
      const validation = flags.validation === undefined ? undefined : readLabelledQueries(flags.validation);
      const report = await evaluateFeed(flags.catalogue, {
        queries,
        seed: flags.seed,
        ...(validation && { validation }),
      });
      process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : `${formatReport(report)}\n`);
    });
}

/** Vitrine as an evaluated system: the very search that serves shoppers. */
export function vitrineSystem(app: App, { wordsOnly = false } = {}): EvaluatedSystem {
  return {
    name: wordsOnly ? 'words only' : 'vitrine',
    search: async ({ text = '', photo, voice, lang }: LabelledQuery, k) => {
      const language = languageOf(lang);
      const vector = photo === undefined || wordsOnly ? undefined : await app.photoVector([readFileSync(photo)]);
      const heard = voice === undefined ? undefined : await hearOrNothing(app, voice, language);
      const words = [text, heard?.text ?? ''].filter((each) => each.trim() !== '').join(' ');
      if (words === '' && !vector) return { results: [] };
      const { results, timings } = await app.search(words, {
        limit: k,
        wordsOnly,
        ...(vector && { photo: vector }),
        ...(heard && { voice: heard }),
        ...(language && { language }),
      });
      return { results: results.map(({ product, score }) => ({ id: product.id, score })), timings };
    },
  };
}

/** What the recordings say, searched as if it had been typed. */
function typedSystem(app: App): EvaluatedSystem {
  const { search } = vitrineSystem(app);
  const typed = ({ voice: _, typed: text = '', ...rest }: LabelledQuery) => ({ ...rest, text });
  return { name: 'typed', search: (query, k) => search(typed(query), k) };
}

/** A recording in which nothing is heard finds nothing: that is a result, too. */
async function hearOrNothing(app: App, file: string, language: Language | undefined): Promise<Heard | undefined> {
  try {
    return await app.hear([readFileSync(file)], language ? { language } : {});
  } catch (error) {
    if (error instanceof VitrineError && error.code.startsWith('VOICE_')) return undefined;
    throw error;
  }
}

/** Opens an app on a throwaway data directory that holds a feed's products, and their pictures where they are wanted. */
export async function withFeed<T>(
  feed: string,
  action: (app: App, products: readonly Product[]) => Promise<T>,
  { pictures = false } = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-eval-'));
  const app = createApp(loadConfig({ DATA_DIR: join(folder, 'data') }));
  try {
    const bar = new Progress('Reading the feed');
    for (const local of await resolveFeeds(feed, { downloader: app.downloader, temporaryDir: folder })) {
      await importFeed({
        feed: local,
        store: app.products,
        defaultCurrency: app.config.CURRENCY,
        onProgress: (_, share) => bar.update(Math.round(share * 100), 100),
      });
      await local.dispose();
    }
    bar.stop();
    if (pictures) await importPictures(app);
    await syncIndex(app, undefined);
    return await action(app, [...app.products.batches(1_000)].flat());
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The report of Vitrine and its two baselines on a feed. */
export function evaluateFeed(
  feed: string,
  options: { queries: readonly LabelledQuery[]; validation?: readonly LabelledQuery[]; seed: number },
): Promise<EvaluationReport> {
  const pictures = options.queries.some(({ photo }) => photo !== undefined);
  const score = async (app: App, products: readonly Product[]) => {
    const bar = new Progress('Scoring');
    const systems = [
      vitrineSystem(app),
      ...(options.queries.every(({ typed }) => typed !== undefined) ? [typedSystem(app)] : []),
      ...(app.encoder ? [vitrineSystem(app, { wordsOnly: true })] : []),
      bm25System(products),
      randomSystem(products, options.seed),
    ];
    const report = await evaluate({
      ...options,
      systems,
      products,
      onProgress: (done, total) => bar.update(done, total),
    });
    bar.stop();
    return report;
  };
  return withFeed(feed, score, { pictures });
}
