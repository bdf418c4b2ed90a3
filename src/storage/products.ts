import { createHash } from 'node:crypto';
import type { ImportCheckpoint, Product, ProductStore, UpsertCounts } from '../domain';
import { guarded, type Sqlite } from './database';

/** Variants of one item that are looked at. */
const MOST_VARIANTS = 200;

interface ProductRow {
  readonly id: string;
  readonly json: string;
  readonly revision: number;
}

const read = (row: ProductRow): Product => JSON.parse(row.json) as Product;

/** Products as JSON, with a content hash that tells changed ones and a revision that the index follows. */
export class SqliteProductStore implements ProductStore {
  private readonly statements;

  constructor(private readonly db: Sqlite) {
    this.statements = {
      hash: db.prepare<[string], { hash: Buffer }>('SELECT hash FROM products WHERE id = ?'),
      put: db.prepare('INSERT OR REPLACE INTO products (id, hash, revision, json) VALUES (?, ?, ?, ?)'),
      revision: db.prepare<[], { revision: number | null }>('SELECT max(revision) AS revision FROM products'),
      get: db.prepare<[string], ProductRow>('SELECT id, json, revision FROM products WHERE id = ?'),
      variants: db.prepare<[string], ProductRow>(
        `SELECT id, json, revision FROM products WHERE json_extract(json, '$.itemGroupId') = ? ORDER BY id LIMIT ${MOST_VARIANTS}`,
      ),
      count: db.prepare<[], { count: number }>('SELECT count(*) AS count FROM products'),
      page: db.prepare<[string, number], ProductRow>(
        'SELECT id, json, revision FROM products WHERE id > ? ORDER BY id LIMIT ?',
      ),
      changed: db.prepare<[number, number], ProductRow>(
        'SELECT id, json, revision FROM products WHERE revision > ? ORDER BY revision LIMIT ?',
      ),
      changedCount: db.prepare<[number], { count: number }>(
        'SELECT count(*) AS count FROM products WHERE revision > ?',
      ),
      picture: db.prepare(
        `INSERT INTO pictures (product_id, position, source, base) VALUES (?, ?, ?, ?)
         ON CONFLICT (product_id, position) DO UPDATE SET
           source = excluded.source, base = excluded.base, failure = NULL,
           file = CASE WHEN source = excluded.source AND base IS excluded.base THEN file END`,
      ),
      dropPictures: db.prepare('DELETE FROM pictures WHERE product_id = ? AND position >= ?'),
      checkpoint: db.prepare<[string], { json: string }>('SELECT json FROM checkpoints WHERE feed = ?'),
      saveCheckpoint: db.prepare('INSERT OR REPLACE INTO checkpoints (feed, json) VALUES (?, ?)'),
    };
  }

  upsert(
    products: readonly Product[],
    options: { checkpoint?: ImportCheckpoint; pictureBase?: string } = {},
  ): UpsertCounts {
    return guarded(() => {
      const counts = { imported: 0, updated: 0, unchanged: 0 };
      const run = this.db.transaction(() => {
        let revision = this.revision();
        for (const product of products) {
          const json = JSON.stringify(product);
          const hash = createHash('sha1').update(json).digest();
          const known = this.statements.hash.get(product.id);
          if (known?.hash.equals(hash)) {
            counts.unchanged += 1;
            continue;
          }
          counts[known ? 'updated' : 'imported'] += 1;
          revision += 1;
          this.statements.put.run(product.id, hash, revision, json);
          this.putPictures(product, options.pictureBase, known !== undefined);
        }
        const { checkpoint } = options;
        if (checkpoint) {
          this.statements.saveCheckpoint.run(checkpoint.feed, JSON.stringify(addCounts(checkpoint, counts)));
        }
      });
      run.immediate();
      return counts;
    });
  }

  private putPictures(product: Product, base: string | undefined, existed: boolean): void {
    const sources = [...(product.imageLink ? [product.imageLink] : []), ...product.additionalImageLinks];
    sources.forEach((source, position) => {
      this.statements.picture.run(product.id, position, source, base ?? null);
    });
    if (existed) this.statements.dropPictures.run(product.id, sources.length);
  }

  checkpoint(feed: string): ImportCheckpoint | undefined {
    const row = guarded(() => this.statements.checkpoint.get(feed));
    return row && (JSON.parse(row.json) as ImportCheckpoint);
  }

  get(id: string): Product | undefined {
    const row = guarded(() => this.statements.get.get(id));
    return row && read(row);
  }

  getMany(ids: readonly string[]): Product[] {
    return ids.flatMap((id) => this.get(id) ?? []);
  }

  variants(group: string): Product[] {
    return guarded(() => this.statements.variants.all(group)).map(read);
  }

  *batches(size: number): IterableIterator<readonly Product[]> {
    let after = '';
    for (;;) {
      const rows = guarded(() => this.statements.page.all(after, size));
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(read);
      after = last.id;
    }
  }

  count(): number {
    return guarded(() => this.statements.count.get()?.count ?? 0);
  }

  changedSince(revision: number, limit: number): { product: Product; revision: number }[] {
    return guarded(() => this.statements.changed.all(revision, limit)).map((row) => ({
      product: read(row),
      revision: row.revision,
    }));
  }

  changedCount(revision: number): number {
    return guarded(() => this.statements.changedCount.get(revision)?.count ?? 0);
  }

  revision(): number {
    return guarded(() => this.statements.revision.get()?.revision ?? 0);
  }
}

/** A checkpoint carries the counts before its batch; what the batch did is only known inside the transaction. */
function addCounts(checkpoint: ImportCheckpoint, counts: UpsertCounts): ImportCheckpoint {
  const before = checkpoint.counts;
  return {
    ...checkpoint,
    counts: {
      imported: before.imported + counts.imported,
      updated: before.updated + counts.updated,
      unchanged: before.unchanged + counts.unchanged,
      skipped: before.skipped,
    },
  };
}
