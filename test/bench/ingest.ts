import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app';
import { importFeed } from '../../src/catalogue/import';
import { resolveFeeds } from '../../src/catalogue/source';
import { loadConfig } from '../../src/config';
import { BENCH_HEADER, benchLine } from './products';

export interface IngestFigures {
  readonly size: number;
  readonly perSecond: number;
  /** Highest resident memory seen, MB, while rows were imported, put into the index's table, and indexed. */
  readonly peaks: { import: number; table: number; index: number };
  readonly peak: number;
}

/** A whole import (check, store, index without encoders) of a generated TSV feed, every hundredth row broken on wish. */
export async function benchIngest(size: number, log: (line: string) => void, brokenEvery = 0): Promise<IngestFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'vitrine-ingest-'));
  const feedFile = join(dir, 'feed.tsv');
  await writeFeed(feedFile, size, brokenEvery);
  const app = createApp(loadConfig({ DATA_DIR: join(dir, 'data'), MODELS: 'none' }));
  const peaks = { import: 0, table: 0, index: 0 };
  let phase: keyof typeof peaks = 'import';
  const watch = setInterval(() => {
    peaks[phase] = Math.max(peaks[phase], process.memoryUsage.rss() / 1e6);
  }, 100);
  try {
    const started = performance.now();
    const [feed] = await resolveFeeds(feedFile, { downloader: app.downloader, temporaryDir: dir });
    if (!feed) throw new Error('no feed');
    const result = await importFeed({ feed, store: app.products, defaultCurrency: 'EUR' });
    const stored = performance.now();
    phase = 'table';
    await app.indexer.sync({
      onProgress: (done, total) => {
        if (done >= total) phase = 'index';
      },
    });
    const peak = Math.max(...Object.values(peaks));
    const seconds = (performance.now() - started) / 1_000;
    const perSecond = size / seconds;
    log(
      `${size} rows: ${perSecond.toFixed(0)} products/s in all (import ${((stored - started) / 1_000).toFixed(1)} s, index ${((performance.now() - stored) / 1_000).toFixed(1)} s), ` +
        `${result.imported} imported, ${result.skipped} skipped, peak memory ${peak.toFixed(0)} MB ` +
        `(import ${peaks.import.toFixed(0)}, table ${peaks.table.toFixed(0)}, indexes ${peaks.index.toFixed(0)})`,
    );
    return { size, perSecond, peaks, peak };
  } finally {
    clearInterval(watch);
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

export async function writeFeed(file: string, size: number, brokenEvery: number): Promise<void> {
  const out = createWriteStream(file, 'utf8');
  out.write(BENCH_HEADER);
  for (let number = 0; number < size; number++) {
    const broken = brokenEvery > 0 && number % brokenEvery === brokenEvery - 1;
    const line = broken ? `p${number}\t\tno title\n` : benchLine(number);
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}
