import type { BasketLine, BasketStore, ShopperId } from '../domain';
import { guarded, type Sqlite } from './database';
import { ownerReader } from './owner';

const OF_SHOPPER = 'channel = @channel AND user_id = @userId';

/** Baskets of shoppers as their channels know them; those who share one have it under the name of its owner. */
export class SqliteBasketStore implements BasketStore {
  private readonly statements;
  private readonly owner: (shopper: ShopperId) => ShopperId;
  private readonly setAll: (shopper: ShopperId, lines: readonly BasketLine[]) => void;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    const statements = {
      lines: db.prepare<[ShopperId], BasketLine>(
        `SELECT product_id AS productId, quantity FROM basket_lines WHERE ${OF_SHOPPER} ORDER BY position`,
      ),
      put: db.prepare(
        `INSERT INTO basket_lines (channel, user_id, product_id, quantity, position, at)
         VALUES (@channel, @userId, @productId, @quantity,
           (SELECT coalesce(max(position), 0) + 1 FROM basket_lines WHERE ${OF_SHOPPER}), @at)
         ON CONFLICT (channel, user_id, product_id) DO UPDATE SET quantity = excluded.quantity`,
      ),
      remove: db.prepare(`DELETE FROM basket_lines WHERE ${OF_SHOPPER} AND product_id = @productId`),
      touch: db.prepare(`UPDATE basket_lines SET at = @at WHERE ${OF_SHOPPER}`),
      empty: db.prepare<[ShopperId]>(`DELETE FROM basket_lines WHERE ${OF_SHOPPER}`),
      expire: db.prepare<[number]>('DELETE FROM basket_lines WHERE at < ?'),
    };
    this.statements = statements;
    this.owner = ownerReader(db);
    this.setAll = db.transaction((shopper: ShopperId, lines: readonly BasketLine[]) => {
      const at = this.clock();
      for (const { productId, quantity } of lines) {
        if (quantity > 0) statements.put.run({ ...shopper, productId, quantity, at });
        else statements.remove.run({ ...shopper, productId });
      }
      // A basket is as old as its last change.
      statements.touch.run({ ...shopper, at });
    });
  }

  lines(shopper: ShopperId): BasketLine[] {
    return guarded(() => this.statements.lines.all(this.owner(shopper)));
  }

  set(shopper: ShopperId, lines: readonly BasketLine[]): void {
    guarded(() => this.setAll(this.owner(shopper), lines));
  }

  empty(shopper: ShopperId): void {
    guarded(() => this.statements.empty.run(this.owner(shopper)));
  }

  expire(before: number): void {
    guarded(() => this.statements.expire.run(before));
  }
}
