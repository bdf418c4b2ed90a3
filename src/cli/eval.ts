import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type App, createApp } from '../app';
import { importFeed } from '../catalogue/import';
import { resolveFeeds } from '../catalogue/source';
import { loadConfig } from '../config';
import { languageOf, type Product } from '../domain';
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
import { Progress } from './progress';

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
      const unheard = queries.filter((query) => query.text === undefined).length;
      if (unheard > 0) {
        process.stderr.write(
          `${unheard} queries have no text: photos and voice notes are not understood yet and score 0.\n`,
        );
      }
    });
}

/** Vitrine as an evaluated system: the very search that serves shoppers. */
export function vitrineSystem(app: App, { wordsOnly = false } = {}): EvaluatedSystem {
  return {
    name: wordsOnly ? 'words only' : 'vitrine',
    search: async ({ text, lang }: LabelledQuery, k) => {
      if (text === undefined) return { results: [] };
      const language = languageOf(lang);
      const { results, timings } = await app.search(text, { limit: k, wordsOnly, ...(language && { language }) });
      return { results: results.map(({ product, score }) => ({ id: product.id, score })), timings };
    },
  };
}

/** Opens an app on a throwaway data directory that holds a feed's products, without pictures. */
export async function withFeed<T>(
  feed: string,
  action: (app: App, products: readonly Product[]) => Promise<T>,
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
    const indexing = new Progress('Indexing');
    await app.indexer.sync({ onProgress: (done, total) => indexing.update(done, total) });
    indexing.stop();
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
  return withFeed(feed, async (app, products) => {
    const bar = new Progress('Scoring');
    const systems = [
      vitrineSystem(app),
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
  });
}
