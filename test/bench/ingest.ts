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
  /** Highest resident memory seen, MB. */
  readonly peak: number;
}

/** A whole import (check, store, index without encoders) of a generated TSV feed, every hundredth row broken on wish. */
export async function benchIngest(size: number, log: (line: string) => void, brokenEvery = 0): Promise<IngestFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'vitrine-ingest-'));
  const feedFile = join(dir, 'feed.tsv');
  await writeFeed(feedFile, size, brokenEvery);
  const app = createApp(loadConfig({ DATA_DIR: join(dir, 'data') }));
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss() / 1e6);
  }, 200);
  try {
    const started = performance.now();
    const [feed] = await resolveFeeds(feedFile, { downloader: app.downloader, temporaryDir: dir });
    if (!feed) throw new Error('no feed');
    const result = await importFeed({ feed, store: app.products, defaultCurrency: 'EUR' });
    const stored = performance.now();
    await app.indexer.sync({});
    const seconds = (performance.now() - started) / 1_000;
    const perSecond = size / seconds;
    log(
      `${size} rows: ${perSecond.toFixed(0)} products/s in all (import ${((stored - started) / 1_000).toFixed(1)} s, index ${((performance.now() - stored) / 1_000).toFixed(1)} s), ` +
        `${result.imported} imported, ${result.skipped} skipped, peak memory ${peak.toFixed(0)} MB`,
    );
    return { size, perSecond, peak };
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
