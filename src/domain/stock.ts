import { isAvailable, type Product } from './product';

/** What shoppers did with a product lately. */
export interface Demand {
  /** Times that it was bought, as the shop's events say. */
  readonly purchases: number;
  /** Pieces in baskets that were changed lately. */
  readonly inBaskets: number;
  /** Times that it was looked at or liked, after a search or otherwise; of shoppers who let the shop remember. */
  readonly looks: number;
}

export const NO_DEMAND: Demand = { purchases: 0, inBaskets: 0, looks: 0 };

/** Demand is counted over so many days. */
export const DEMAND_DAYS = 30;

/**
 * Purchases that one of each stands for. About seven of ten baskets are left behind (Baymard Institute, mean of published
 * studies), and about three of a hundred visits buy. They only bring the counts to one scale: they are no forecast.
 */
const WORTH: Readonly<Record<keyof Demand, number>> = { purchases: 1, inBaskets: 0.3, looks: 0.03 };

/** The pieces that a demand stands for. */
export function piecesOf({ purchases, inBaskets, looks }: Demand): number {
  return purchases * WORTH.purchases + inBaskets * WORTH.inBaskets + looks * WORTH.looks;
}

/** From where on stock is low: fewer pieces, or stock for fewer days. */
export type StockLimit = { readonly below: number } | { readonly days: number };

/** A product that runs low, or is sold out. */
export interface LowStock {
  readonly product: Product;
  readonly soldOut: boolean;
  /** Pieces in stock; missing where the feed doesn't say. */
  readonly quantity?: number;
  readonly demand: Demand;
  /** How long the stock lasts at that demand; missing where nothing is known of either. */
  readonly daysLeft?: number;
  /** Shoppers who want to be told when it is back. */
  readonly waiting: number;
}

export interface StockReport {
  /** Sold out first, those that are wanted most at the top; then those that last shortest. */
  readonly low: readonly LowStock[];
  /** Products of the catalogue, and those in stock whose number of pieces the feed doesn't say. */
  readonly products: number;
  readonly withoutNumber: number;
}

/** How a product stands, where it runs low; undefined where it doesn't, or that isn't known. */
export function lowStock(product: Product, demand: Demand, waiting: number, limit: StockLimit): LowStock | undefined {
  const { quantity } = product;
  const pieces = piecesOf(demand);
  const known = { product, demand, waiting, ...(quantity !== undefined && { quantity }) };
  if (!isAvailable(product)) return { ...known, soldOut: true, daysLeft: 0 };
  if (quantity === undefined) return undefined;
  const daysLeft = pieces > 0 ? (quantity * DEMAND_DAYS) / pieces : undefined;
  const isLow = 'below' in limit ? quantity < limit.below : daysLeft !== undefined && daysLeft < limit.days;
  return isLow ? { ...known, soldOut: false, ...(daysLeft !== undefined && { daysLeft }) } : undefined;
}

/** The order of a report. */
export function byUrgency(one: LowStock, other: LowStock): number {
  if (one.soldOut !== other.soldOut) return one.soldOut ? -1 : 1;
  const wanted = ({ demand, waiting }: LowStock) => piecesOf(demand) + waiting;
  if (one.soldOut) return wanted(other) - wanted(one);
  const { daysLeft = Number.POSITIVE_INFINITY } = one;
  const { daysLeft: otherDays = Number.POSITIVE_INFINITY } = other;
  return daysLeft === otherDays ? (one.quantity ?? 0) - (other.quantity ?? 0) : daysLeft - otherDays;
}

/** What shoppers did with products. */
export interface DemandStore {
  /** By product, since a moment in milliseconds since 1970; products of which nothing is known are missing. */
  since(moment: number): ReadonlyMap<string, Demand>;
}

/** That purchasing is told of a product: once, until it is restocked. */
export interface StockNotice {
  readonly productId: string;
  /** Names the request that tells of it; the same however often it is sent. */
  readonly delivery: string;
}

/** Which products purchasing was told of, or is to be told of. */
export interface StockNotices {
  /** Takes up products that run low and were not taken up; lets those go whose stock grew and that run low no more. */
  note(low: readonly LowStock[], quantityOf: (productId: string) => number | undefined): void;
  /** Those that are not sent, by delivery. */
  pending(): readonly StockNotice[];
  sent(delivery: string): void;
}

/** What purchasing is told of a product. */
export interface PurchasingItem {
  readonly id: string;
  readonly title: string;
  readonly soldOut: boolean;
  readonly quantity: number | null;
  readonly daysLeft: number | null;
  readonly demand: Demand;
  readonly waiting: number;
  readonly substitutes: readonly { readonly id: string; readonly title: string }[];
}

/** Who buys for the shop. */
export interface Purchasing {
  /** Throws STOCK_WEBHOOK_FAILED. */
  tell(delivery: string, items: readonly PurchasingItem[], signal: AbortSignal): Promise<void>;
}
