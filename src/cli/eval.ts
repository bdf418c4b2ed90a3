import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type App, createApp } from '../app';
import { importFeed } from '../catalogue/import';
import { resolveFeeds } from '../catalogue/source';
import { loadConfig } from '../config';
import type { Product } from '../domain';
import {
  type EvaluationReport,
  evaluate,
  formatReport,
  type LabelledQuery,
  prepareReportFolder,
  readLabelledQueries,
  writeReport,
} from '../training';
import { configOf } from './context';
import { registerEvalDialogs } from './eval-dialogs';
import { makeSystems, SYSTEMS, type SystemEntry, systemsNamed } from './eval-systems';
import { importPictures } from './import';
import { Progress } from './progress';
import { runDetails } from './run-details';
import { syncIndex } from './sync-index';

interface EvalFlags {
  readonly catalogue: string;
  readonly queries: string;
  readonly validation?: string;
  readonly systems?: readonly SystemEntry[];
  readonly seed: number;
  readonly report?: string;
  readonly json?: boolean;
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('a whole number');
  return number;
}

const KNOWN = SYSTEMS.map(({ name }) => name).join(', ');

function systemList(value: string): readonly SystemEntry[] {
  const systems = systemsNamed(value);
  if (!systems) throw new InvalidArgumentError(`names separated by commas, of: ${KNOWN}`);
  return systems;
}

export function registerEval(program: Command): void {
  const command = program
    .command('eval')
    .description('score labelled queries over a throwaway index of a feed, beside random order and plain BM25')
    .option('--catalogue <feed>', 'the feed: a file, a folder or an address')
    .option(
      '--queries <file>',
      'labelled queries, one JSON object a line: {"text"?, "photo"?, "voice"?, "history"?: ["<id>"], "lang"?, "modality"?, "relevant": {"<id>": gain}}',
    )
    .option('--validation <file>', 'labelled queries from which the threshold of precision, recall and F1 is chosen')
    .option('--systems <names>', `which systems are scored, the first against each other one; of: ${KNOWN}`, systemList)
    .option('--seed <number>', 'seed of the intervals and of the random order', wholeNumber, 1)
    .option('--report <folder>', 'write the report as a page (index.html) and as JSON (report.json) into a folder')
    .option('--json', 'print the whole report as JSON')
    .action(async (flags: EvalFlags) => {
      // Not required by commander: it would ask them of "dialogs", too.
      for (const [name, value] of [
        ['--catalogue <feed>', flags.catalogue],
        ['--queries <file>', flags.queries],
      ]) {
        if (value === undefined) command.error(`error: required option '${name}' not specified`);
      }
      configOf(command);
      const queries = readLabelledQueries(flags.queries);
      const validation = flags.validation === undefined ? undefined : readLabelledQueries(flags.validation);
      if (flags.report !== undefined) await prepareReportFolder(flags.report);
      const report = await evaluateFeed(flags.catalogue, {
        queries,
        seed: flags.seed,
        systems: flags.systems,
        ...(validation && { validation }),
      });
      process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : `${formatReport(report)}\n`);
      if (flags.report === undefined) return;
      const { systems, report: folder, ...asked } = flags;
      const names = systems && { systems: systems.map(({ name }) => name) };
      const details = runDetails({ ...asked, ...names, report: folder }, new Date(), program.version() ?? '');
      process.stderr.write(`Report: ${await writeReport(folder, report, details)}\n`);
    });
  registerEvalDialogs(command);
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

/** The report of some systems on a feed; of all that have something to show where none are named. */
export function evaluateFeed(
  feed: string,
  options: {
    queries: readonly LabelledQuery[];
    validation?: readonly LabelledQuery[];
    seed: number;
    systems?: readonly SystemEntry[] | undefined;
  },
): Promise<EvaluationReport> {
  const { queries, seed } = options;
  const score = async (app: App, products: readonly Product[]) => {
    const bar = new Progress('Scoring');
    const report = await evaluate({
      ...options,
      systems: await makeSystems({ app, products, queries, seed }, options.systems),
      products,
      kindOf: (product) => app.tagger.tag(product).kinds[0],
      onProgress: (done, total) => bar.update(done, total),
    });
    bar.stop();
    return report;
  };
  return withFeed(feed, score, { pictures: queries.some(({ photo }) => photo !== undefined) });
}
