import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BooleanQuery, MatchQuery, Occur } from '@lancedb/lancedb';
import { createApp } from '../../src/app';
import { SeededRandom } from '../../src/catalogue/demo/random';
import { loadConfig } from '../../src/config';
import { ProductTable, readManifest } from '../../src/retrieval';
import { benchProduct, commonWord, RandomEncoder } from './products';

const QUERIES = 300;
const WARM_UP = 40;

/**
 * Search on generated products with random 256-wide vectors, warm: the whole hybrid search (understanding, both legs,
 * merge, products read from storage) against LanceDB's own vector call and keyword call with the same words, filters and
 * columns, in turn in the same run.
 */
export async function benchSearch(size: number, log: (line: string) => void): Promise<{ ratio: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const encoder = new RandomEncoder();
  const app = createApp(loadConfig({ DATA_DIR: dir }), { encoder });
  try {
    for (let start = 0; start < size; start += 1_000) {
      app.products.upsert(Array.from({ length: Math.min(1_000, size - start) }, (_, i) => benchProduct(start + i)));
    }
    log(`${size} products stored; building the index with its vector index …`);
    await app.indexer.sync({});
    const manifest = readManifest(app.indexFolder);
    if (!manifest) throw new Error('no index');
    const table = await ProductTable.open(join(app.indexFolder, manifest.generation), encoder.dimensions);
    const random = new SeededRandom('queries');
    const times = { hybrid: [] as number[], vector: [] as number[], keyword: [] as number[] };
    const facts = await app.retriever.facts();
    for (let i = 0; i < QUERIES + WARM_UP; i++) {
      const words = [commonWord(random), commonWord(random), commonWord(random)];
      const most = random.between(5_000, 30_000);
      const text = `${words.join(' ')} under ${most / 100} €`;
      const where = `price <= ${most}`;
      const vector = encoder.vector(text);
      const columns = ['id', 'grp', 'title_words', 'facts'];
      const hybrid = await timed(async () => {
        const query = app.parser.parse(text, { ...facts, language: 'en' });
        await app.retriever.search({ query, vector, limit: 10 });
      });
      const direct = await timed(() =>
        table.table
          .vectorSearch(vector)
          .distanceType('dot')
          .where(where)
          .select([...columns, '_distance'])
          .limit(100)
          .toArray(),
      );
      const clauses = words.map((word) => [Occur.Should, new MatchQuery(word, 'words')] as [Occur, MatchQuery]);
      const keyword = await timed(() =>
        table.table
          .query()
          .fullTextSearch(new BooleanQuery(clauses))
          .where(where)
          .select([...columns, '_score'])
          .limit(200)
          .toArray(),
      );
      if (i < WARM_UP) continue;
      times.hybrid.push(hybrid);
      times.vector.push(direct);
      times.keyword.push(keyword);
    }
    table.close();
    const [hybrid, vector, keyword] = [p50(times.hybrid), p50(times.vector), p50(times.keyword)];
    const ratio = hybrid / (vector + keyword);
    log(
      `hybrid p50 ${hybrid.toFixed(2)} ms; LanceDB's vector call ${vector.toFixed(2)} ms, keyword call ${keyword.toFixed(2)} ms`,
    );
    log(`hybrid / (vector + keyword) = ${ratio.toFixed(2)} (budget 1.50)`);
    return { ratio };
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

export function p50(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
