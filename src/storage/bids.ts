import type { Bid, BidStore } from '../domain';
import { guarded, type Sqlite } from './database';

interface BidRow {
  readonly product_id: string;
  readonly minor: number;
  readonly currency: string;
}

/** What merchants pay for marked places. */
export class SqliteBidStore implements BidStore {
  private readonly statements;
  private readonly setAll: (bids: readonly Bid[]) => void;

  constructor(db: Sqlite) {
    this.statements = {
      put: db.prepare('INSERT OR REPLACE INTO bids (product_id, minor, currency) VALUES (?, ?, ?)'),
      remove: db.prepare('DELETE FROM bids WHERE product_id = ?'),
      of: db.prepare<[string], BidRow>(
        `SELECT product_id, minor, currency FROM bids WHERE product_id IN (SELECT value FROM json_each(?))`,
      ),
      count: db.prepare<[], { count: number }>('SELECT count(*) AS count FROM bids'),
    };
    this.setAll = db.transaction((bids: readonly Bid[]) => {
      for (const { productId, amount } of bids) {
        if (amount.minor > 0) this.statements.put.run(productId, amount.minor, amount.currency);
        else this.statements.remove.run(productId);
      }
    });
  }

  set(bids: readonly Bid[]): void {
    guarded(() => this.setAll(bids));
  }

  of(productIds: readonly string[]): Bid[] {
    return guarded(() => this.statements.of.all(JSON.stringify(productIds))).map(({ product_id, minor, currency }) => ({
      productId: product_id,
      amount: { minor, currency },
    }));
  }

  count(): number {
    return guarded(() => this.statements.count.get())?.count ?? 0;
  }
}
