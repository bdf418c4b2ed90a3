import { createReadStream } from 'node:fs';
import type { ImportCheckpoint, Product, ProductStore } from '../domain';
import { VitrineError } from '../domain';
import { type FeedRow, readFeed } from './feeds';
import type { LocalFeed } from './source';

/** One line of the report: a row that was skipped, or a field that was dropped. */
export interface RowIssue {
  readonly row: number;
  readonly field: string;
  readonly reason: string;
  /** `error`: the row was skipped. `warning`: the row was taken without the field. */
  readonly severity: 'error' | 'warning';
}

export interface ImportResult {
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  /** Rows that an earlier, interrupted run had already done. */
  readonly resumedAfter: number;
  readonly warnings: number;
}

export interface ImportOptions {
  readonly feed: LocalFeed;
  readonly store: ProductStore;
  readonly defaultCurrency: string;
  readonly onIssue?: (issue: RowIssue) => void;
  /** `share` of the bytes, 0–1, checked or stored. */
  readonly onProgress?: (step: 'check' | 'store', share: number, rows: number) => void;
  readonly signal?: AbortSignal;
}

const BATCH = 1_000;
const PROGRESS_EVERY = 500;

/**
 * Brings one feed into the store. The feed is read twice: first to see that it can be read to its end, so that a broken
 * file changes nothing; then in batches, each one transaction together with its checkpoint, so that a run that was
 * killed goes on after the last batch.
 */
export async function importFeed(options: ImportOptions): Promise<ImportResult> {
  const { feed, store } = options;
  const earlier = store.checkpoint(feed.name);
  const resumed = earlier && !earlier.finished && earlier.fingerprint === feed.fingerprint ? earlier : undefined;
  if (!resumed) await checkFeed(options);
  let rows = 0;
  let skipped = resumed?.counts.skipped ?? 0;
  let warnings = 0;
  let batch: Product[] = [];
  let counts = resumed ? resumed.counts : { imported: 0, updated: 0, unchanged: 0, skipped: 0 };
  const after = resumed?.rows ?? 0;
  const flush = (finished: boolean) => {
    const checkpoint: ImportCheckpoint = {
      feed: feed.name,
      fingerprint: feed.fingerprint,
      rows: Math.max(rows, after),
      counts: { ...counts, skipped },
      finished,
    };
    const done = store.upsert(batch, { checkpoint, pictureBase: feed.pictureBase });
    counts = {
      imported: counts.imported + done.imported,
      updated: counts.updated + done.updated,
      unchanged: counts.unchanged + done.unchanged,
      skipped,
    };
    batch = [];
  };
  for await (const row of rowsOf(options, 'store')) {
    rows += 1;
    if (rows <= after) continue;
    report(row, options.onIssue);
    warnings += row.warnings.length;
    if (row.product) batch.push(row.product);
    else skipped += 1;
    if (batch.length >= BATCH) flush(false);
  }
  flush(true);
  return { ...counts, skipped, resumedAfter: after, warnings };
}

/** Reads the feed to its end without keeping anything. Throws FEED_BROKEN when it has no usable product. */
async function checkFeed(options: ImportOptions): Promise<void> {
  let usable = 0;
  let rows = 0;
  for await (const row of rowsOf(options, 'check')) {
    rows += 1;
    if (row.product) usable += 1;
  }
  if (usable > 0) return;
  if (rows === 0) throw new VitrineError('FEED_BROKEN', 'the feed has no rows');
  for await (const row of rowsOf(options, 'check')) report(row, options.onIssue);
  throw new VitrineError('FEED_BROKEN', `none of the feed's ${rows} rows has a usable product`);
}

async function* rowsOf(options: ImportOptions, step: 'check' | 'store'): AsyncGenerator<FeedRow> {
  const { feed, signal, onProgress } = options;
  let read = 0;
  let rows = 0;
  const stream = createReadStream(feed.file, { highWaterMark: 256 * 1024 });
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of stream) {
      read += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  };
  try {
    for await (const row of readFeed(counted(), {
      defaultCurrency: options.defaultCurrency,
      ...(signal && { signal }),
    })) {
      signal?.throwIfAborted();
      rows += 1;
      if (rows % PROGRESS_EVERY === 0) onProgress?.(step, feed.bytes > 0 ? read / feed.bytes : 1, rows);
      yield row;
    }
    onProgress?.(step, 1, rows);
  } finally {
    stream.destroy();
  }
}

function report(row: FeedRow, onIssue: ImportOptions['onIssue']): void {
  if (!onIssue) return;
  for (const issue of row.errors) onIssue({ row: row.row, ...issue, severity: 'error' });
  for (const issue of row.warnings) onIssue({ row: row.row, ...issue, severity: 'warning' });
}
