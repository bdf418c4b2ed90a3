import { type Demand, type DemandStore, NO_DEMAND } from '../domain';
import { guarded, type Sqlite } from './database';

interface DemandRow extends Demand {
  readonly productId: string;
}

/** Demand from events, which hold what was done after searches, too, and from baskets. */
export class SqliteDemandStore implements DemandStore {
  private readonly counts;

  constructor(db: Sqlite) {
    this.counts = db.prepare<[{ moment: number }], DemandRow>(
      `SELECT productId, sum(purchases) AS purchases, sum(inBaskets) AS inBaskets, sum(looks) AS looks FROM (
         SELECT product_id AS productId, kind = 'purchase' AS purchases, 0 AS inBaskets, kind <> 'purchase' AS looks
         FROM profile_events WHERE at >= @moment
         UNION ALL SELECT product_id, 0, quantity, 0 FROM basket_lines WHERE at >= @moment)
       GROUP BY productId`,
    );
  }

  since(moment: number): Map<string, Demand> {
    const rows = guarded(() => this.counts.all({ moment }));
    return new Map(rows.map(({ productId, ...demand }) => [productId, { ...NO_DEMAND, ...demand }]));
  }
}
