import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app';
import { loadConfig } from '../../src/config';
import { documentOf } from '../../src/retrieval';
import { quantile } from '../../src/training';
import { benchProduct } from './products';

const QUERIES = ['red dress for women', 'wasserdichte Wanderschuhe unter 80 €', '红色羊毛围巾', 'подарок для ребёнка'];
const ASKED = 400;

/**
 * Products encoded per second while the index is built, as a share of what the encoder does when nothing else runs, and
 * the time of one query. Vectors are not remembered between the two.
 */
export async function benchEncode(size: number, log: (line: string) => void): Promise<{ share: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'vitrine-encode-'));
  const config = loadConfig({ DATA_DIR: join(dir, 'data') });
  const app = createApp(config);
  try {
    const { encoder, analyzer, tagger } = app;
    if (!encoder) throw new Error('MODELS names no encoder: there is nothing to measure');
    const products = Array.from({ length: size }, (_, number) => benchProduct(number));
    app.products.upsert(products);
    const texts = products.map(
      (product) => documentOf(product, { analyzer, tagger, currency: config.CURRENCY }).textToEncode,
    );
    await encoder.encode(['warm up'], {});
    const started = performance.now();
    for (let start = 0; start < size; start += encoder.maxBatch) {
      await encoder.encode(texts.slice(start, start + encoder.maxBatch), { role: 'document' });
    }
    const bare = size / ((performance.now() - started) / 1_000);
    const indexing = performance.now();
    await app.indexer.sync();
    const whole = size / ((performance.now() - indexing) / 1_000);
    const times: number[] = [];
    for (let i = 0; i < ASKED; i++) {
      const asked = performance.now();
      await encoder.encode([`${QUERIES[i % QUERIES.length]} ${i}`], { role: 'query' });
      times.push(performance.now() - asked);
    }
    const again = performance.now();
    await app.indexer.sync({ rebuild: true });
    const rebuilt = size / ((performance.now() - again) / 1_000);
    log(`${size} products: encoder alone ${bare.toFixed(0)}/s, import with encoding ${whole.toFixed(0)}/s`);
    log(`share of the encoder's bare rate: ${(whole / bare).toFixed(2)}`);
    log(`rebuilt with remembered vectors: ${rebuilt.toFixed(0)}/s`);
    log(`a query: p50 ${quantile(times, 0.5).toFixed(2)} ms, p95 ${quantile(times, 0.95).toFixed(2)} ms`);
    return { share: whole / bare };
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
