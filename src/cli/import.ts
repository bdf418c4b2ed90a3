import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { App } from '../app';
import { fetchPictures } from '../catalogue/fetch-pictures';
import { type ImportResult, importFeed, type RowIssue } from '../catalogue/import';
import { type LocalFeed, resolveFeeds } from '../catalogue/source';
import { resolveInside } from '../media';
import { takeLock } from '../storage';
import { configOf, withApp } from './context';
import { Progress } from './progress';
import { syncIndex } from './sync-index';

/** Lines of a terminal that problems may take; `--errors` writes all of them. */
const MOST_ERRORS_SHOWN = 50;
const MOST_WARNINGS_SHOWN = 10;

export function registerImport(program: Command): void {
  const command = program
    .command('import')
    .description(
      'read a product feed (Google Merchant TSV or XML, Shopify CSV, schema.org JSON Lines) into the catalogue',
    )
    .argument('<source>', 'a file, a folder of feeds, or an http(s) address')
    .option('--errors <file>', 'write every problem to this file, one JSON object a line')
    .option('--no-pictures', 'leave the pictures for another run')
    .action(async (source: string, options: { errors?: string; pictures: boolean }) => {
      const config = configOf(command);
      await withApp(config, async (app, signal) => {
        const lock = takeLock(config.DATA_DIR, 'write');
        try {
          await importSource(app, source, options, signal);
        } finally {
          lock.release();
        }
      });
    });
}

/** Imports every feed of a source, then its pictures, then brings the index up to date. */
export async function importSource(
  app: App,
  source: string,
  options: { errors?: string; pictures: boolean },
  signal: AbortSignal,
): Promise<void> {
  const download = new Progress('Downloading (bytes)');
  const feeds = await resolveFeeds(source, {
    downloader: app.downloader,
    temporaryDir: join(app.config.DATA_DIR, 'downloads'),
    signal,
    onDownload: (bytes) => download.update(bytes, bytes),
  });
  download.stop();
  const issues = new IssueReport(options.errors);
  try {
    for (const feed of feeds) {
      const result = await importOne(app, feed, issues, signal);
      process.stdout.write(`${summary(feed, result)}\n`);
    }
  } finally {
    for (const feed of feeds) await feed.dispose();
    await issues.close();
  }
  if (options.pictures) {
    const { stored, failed } = await importPictures(app, signal);
    if (stored + failed > 0) process.stdout.write(`Pictures: ${stored} stored, ${failed} failed\n`);
  }
  const { indexed, rebuilt } = await syncIndex(app, signal);
  process.stdout.write(`Index: ${indexed} products ${rebuilt ? 'indexed anew' : 'brought up to date'}\n`);
}

async function importOne(app: App, feed: LocalFeed, issues: IssueReport, signal: AbortSignal): Promise<ImportResult> {
  const bars = { check: new Progress('Checking the feed'), store: new Progress('Importing') };
  issues.startFeed();
  try {
    return await importFeed({
      feed,
      store: app.products,
      defaultCurrency: app.config.CURRENCY,
      onIssue: (issue) => issues.add(issue),
      onProgress: (step, share) => bars[step].update(Math.round(share * 100), 100),
      signal,
    });
  } finally {
    bars.check.stop();
    bars.store.stop();
    issues.finishFeed();
  }
}

/** Fetches the pictures that products name, with a progress bar; what failed is told on stderr. */
export async function importPictures(app: App, signal?: AbortSignal): ReturnType<typeof fetchPictures> {
  const bar = new Progress('Pictures');
  const failures: string[] = [];
  const counts = await fetchPictures({
    pictures: app.pictures,
    downloader: app.downloader,
    normaliser: app.normaliser,
    resolveInside,
    ...(signal && { signal }),
    onProgress: (done, total) => bar.update(done, total),
    onFailure: (task, reason) => {
      if (failures.length < MOST_WARNINGS_SHOWN) failures.push(`picture of ${task.productId}: ${reason}`);
    },
  });
  bar.stop();
  for (const failure of failures) process.stderr.write(`${failure}\n`);
  return counts;
}

function summary(feed: LocalFeed, result: ImportResult): string {
  const { imported, updated, unchanged, skipped, resumedAfter } = result;
  const resumed = resumedAfter > 0 ? ` (went on after row ${resumedAfter})` : '';
  return `${feed.name}: ${imported} imported, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped${resumed}`;
}

/** Prints problems as they come, the first of them, and writes all of them to `--errors`. */
class IssueReport {
  private errors = 0;
  private warnings = 0;
  private readonly file: WriteStream | undefined;

  constructor(path: string | undefined) {
    this.file = path === undefined ? undefined : createWriteStream(path, 'utf8');
  }

  startFeed(): void {
    this.errors = 0;
    this.warnings = 0;
  }

  add(issue: RowIssue): void {
    this.file?.write(`${JSON.stringify(issue)}\n`);
    if (issue.severity === 'error') {
      this.errors += 1;
      if (this.errors <= MOST_ERRORS_SHOWN) process.stderr.write(`row ${issue.row}: ${issue.field}: ${issue.reason}\n`);
      return;
    }
    this.warnings += 1;
    if (this.warnings <= MOST_WARNINGS_SHOWN) {
      process.stderr.write(`row ${issue.row}: ${issue.field}: ${issue.reason} (taken without it)\n`);
    }
  }

  finishFeed(): void {
    const hidden = Math.max(0, this.errors - MOST_ERRORS_SHOWN) + Math.max(0, this.warnings - MOST_WARNINGS_SHOWN);
    if (hidden > 0) process.stderr.write(`… and ${hidden} more; --errors FILE writes them all\n`);
  }

  async close(): Promise<void> {
    if (!this.file) return;
    this.file.end();
    await once(this.file, 'close');
  }
}
