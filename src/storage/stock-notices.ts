import { randomUUID } from 'node:crypto';
import type { LowStock, StockNotice, StockNotices } from '../domain';
import { guarded, type Sqlite } from './database';

/** Products of one request. */
const MOST_AT_ONCE = 100;

/** One row a product, from the first notice until it is restocked. */
export class SqliteStockNotices implements StockNotices {
  private readonly statements;
  private readonly noteAll: StockNotices['note'];

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    const statements = {
      all: db.prepare<[], { product_id: string; quantity: number | null }>(
        'SELECT product_id, quantity FROM stock_notices',
      ),
      add: db.prepare(`INSERT OR IGNORE INTO stock_notices (product_id, delivery, quantity, at) VALUES (?, ?, ?, ?)`),
      drop: db.prepare<[string]>('DELETE FROM stock_notices WHERE product_id = ?'),
      pending: db.prepare<[], StockNotice>(
        'SELECT product_id AS productId, delivery FROM stock_notices WHERE sent_at IS NULL ORDER BY at, delivery',
      ),
      sent: db.prepare('UPDATE stock_notices SET sent_at = ? WHERE delivery = ?'),
    };
    this.statements = statements;
    const noteAll = db.transaction((low: readonly LowStock[], quantityOf: (id: string) => number | undefined) => {
      const isLow = new Set(low.map(({ product }) => product.id));
      const known = new Set<string>();
      for (const { product_id: id, quantity } of statements.all.all()) {
        // Where demand falls, stock lasts longer, but nothing was bought: it is told of again once more came.
        const grew = (quantityOf(id) ?? Number.POSITIVE_INFINITY) > (quantity ?? 0);
        if (!isLow.has(id) && grew) statements.drop.run(id);
        else known.add(id);
      }
      const fresh = low.filter(({ product }) => !known.has(product.id));
      for (let start = 0; start < fresh.length; start += MOST_AT_ONCE) {
        const delivery = randomUUID();
        for (const { product, quantity, soldOut } of fresh.slice(start, start + MOST_AT_ONCE)) {
          statements.add.run(product.id, delivery, soldOut ? 0 : (quantity ?? null), this.clock());
        }
      }
    });
    this.noteAll = noteAll.immediate;
  }

  note(...args: Parameters<StockNotices['note']>): void {
    guarded(() => this.noteAll(...args));
  }

  pending(): StockNotice[] {
    return guarded(() => this.statements.pending.all());
  }

  sent(delivery: string): void {
    guarded(() => this.statements.sent.run(this.clock(), delivery));
  }
}
