import { setImmediate as breathe } from 'node:timers/promises';
import {
  byUrgency,
  DEMAND_DAYS,
  type DemandStore,
  isAvailable,
  type Language,
  type LowStock,
  lowStock,
  NO_DEMAND,
  type Product,
  type ProductStore,
  type Purchasing,
  type PurchasingItem,
  type StockLimit,
  type StockNotices,
  type StockReport,
  textIn,
} from '../domain';

/** Products of the catalogue that are looked at before others have their turn. */
const STEP = 500;
/** Substitutes that are named for a product. */
export const MOST_SUBSTITUTES = 3;
const DAY = 24 * 3600 * 1000;

export interface StockOptions {
  readonly products: Pick<ProductStore, 'batches' | 'get'>;
  readonly demand: DemandStore;
  /** How many wait for each product. */
  readonly waitingFor: () => ReadonlyMap<string, number>;
  readonly notices: StockNotices;
  /** Missing where nobody is told. */
  readonly purchasing: Purchasing | undefined;
  /** Products in stock that can be bought in the place of one, the best first. */
  readonly substitutes: (product: Product, most: number, signal: AbortSignal) => Promise<readonly Product[]>;
  /** Of what purchasing reads. */
  readonly language: Language;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What runs low by recent demand, and telling purchasing of it. */
export class Stock {
  constructor(private readonly options: StockOptions) {}

  /** Looks at the whole catalogue. */
  async report(limit: StockLimit, signal: AbortSignal): Promise<StockReport> {
    const { products, demand, waitingFor, clock } = this.options;
    const demands = demand.since(clock() - DEMAND_DAYS * DAY);
    const waiting = waitingFor();
    const low: LowStock[] = [];
    let [count, withoutNumber] = [0, 0];
    for (const batch of products.batches(STEP)) {
      for (const product of batch) {
        count += 1;
        if (product.quantity === undefined && isAvailable(product)) withoutNumber += 1;
        const found = lowStock(product, demands.get(product.id) ?? NO_DEMAND, waiting.get(product.id) ?? 0, limit);
        if (found) low.push(found);
      }
      await breathe();
      signal.throwIfAborted();
    }
    return { low: low.sort(byUrgency), products: count, withoutNumber };
  }

  /** What can be bought in the place of a product; none where the index can't be searched. */
  substitutes(product: Product, signal: AbortSignal): Promise<readonly Product[]> {
    return this.options.substitutes(product, MOST_SUBSTITUTES, signal);
  }

  /**
   * Tells purchasing of each product of a report once, until it is restocked; returns of how many. What is not taken is told
   * again, under the same name, with the next call. Throws STOCK_WEBHOOK_FAILED.
   */
  async tellPurchasing({ low }: Pick<StockReport, 'low'>, signal: AbortSignal): Promise<number> {
    const { notices, purchasing, products } = this.options;
    if (!purchasing) return 0;
    notices.note(low, (id) => products.get(id)?.quantity);
    const pending = notices.pending();
    let told = 0;
    for (const delivery of new Set(pending.map((each) => each.delivery))) {
      const named = new Set(pending.filter((each) => each.delivery === delivery).map(({ productId }) => productId));
      const items: PurchasingItem[] = [];
      for (const each of low) if (named.has(each.product.id)) items.push(await this.itemOf(each, signal));
      // What ran low when it was noted and does no more needs no telling.
      if (items.length > 0) await purchasing.tell(delivery, items, signal);
      notices.sent(delivery);
      told += items.length;
    }
    return told;
  }

  /** A product as purchasing, or a program, reads it. */
  async itemOf(low: LowStock, signal: AbortSignal): Promise<PurchasingItem> {
    const { language } = this.options;
    const { product, soldOut, quantity = null, daysLeft, demand, waiting } = low;
    const substitutes = await this.substitutes(product, signal);
    const named = ({ id, ...texts }: Product) => ({ id, title: textIn({ id, ...texts }, language).title });
    return {
      ...named(product),
      soldOut,
      quantity,
      daysLeft: daysLeft === undefined ? null : Math.round(daysLeft * 10) / 10,
      demand,
      waiting,
      substitutes: substitutes.map(named),
    };
  }
}
