import type { Money } from './money';

/** What a merchant pays for a product's marked place. */
export interface Bid {
  readonly productId: string;
  readonly amount: Money;
}

/** Bids by product. */
export interface BidStore {
  /** Sets bids by product; an amount of 0 takes a bid away. */
  set(bids: readonly Bid[]): void;
  /** Those of the named products that have one. */
  of(productIds: readonly string[]): readonly Bid[];
  count(): number;
}
