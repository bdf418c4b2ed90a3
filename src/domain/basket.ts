import type { Language } from './language';
import type { Money } from './money';
import { currentPrice, type Product } from './product';
import type { ShopperId } from './profile';

/** Pieces of one product, and products, that a basket holds at most. */
export const MOST_PIECES = 99;
export const MOST_LINES = 50;

export interface BasketLine {
  readonly productId: string;
  /** A whole number; 0 takes the line out. */
  readonly quantity: number;
}

/** Shoppers' baskets; they outlive conversations and restarts. */
export interface BasketStore {
  /** In the order in which they were put in. */
  lines(shopper: ShopperId): readonly BasketLine[];
  set(shopper: ShopperId, lines: readonly BasketLine[]): void;
  empty(shopper: ShopperId): void;
  /** Forgets baskets that nothing was changed in since a moment, in milliseconds since 1970. */
  expire(before: number): void;
}

/** A line with its product, which is still sold. */
export interface BasketItem {
  readonly product: Product;
  readonly quantity: number;
}

/** What a flow wants changed: how many there are from now on, and how many there were, for who takes it back. */
export interface BasketChange extends BasketLine {
  readonly before: number;
}

/** What became of a shopper's basket. */
export interface BasketOutcome {
  readonly kind: 'basket';
  readonly language: Language;
  readonly said:
    | 'shown'
    | 'checkout'
    | 'added'
    | 'changed'
    | 'removed'
    | 'emptied'
    | 'undone'
    | 'notIn'
    /** It holds no further products. */
    | 'full'
    /** The channel does not say who writes. */
    | 'impossible';
  /** What it holds now. */
  readonly items: readonly BasketItem[];
  /** What was added, changed or taken out. */
  readonly product?: Product;
  /** How many of it there are now. */
  readonly quantity?: number;
  /** Fewer than wanted, because no more are in stock. */
  readonly limited?: boolean;
}

/** What the items cost, in each of their currencies; items without a price count nothing. */
export function totalsOf(items: readonly BasketItem[]): Money[] {
  const sums = new Map<string, number>();
  for (const { product, quantity } of items) {
    const price = currentPrice(product);
    if (price) sums.set(price.currency, (sums.get(price.currency) ?? 0) + price.minor * quantity);
  }
  return [...sums].map(([currency, minor]) => ({ minor, currency }));
}

/** A part of a check-out address that stands for a line: from the first of its slots to the last. */
const LINE = /\{(?:id|quantity)\}(?:[^…]*\{(?:id|quantity)\})?/;

/** Is this a check-out address with a line's slots in it? */
export function isCheckoutTemplate(template: string): boolean {
  const filled = template
    .replace(/\{id\}/g, '1')
    .replace(/\{quantity\}/g, '1')
    .replace('…', '');
  const protocol = URL.canParse(filled) ? new URL(filled).protocol : '';
  return template.includes('{id}') && (protocol === 'https:' || protocol === 'http:');
}

/**
 * The address where a basket is paid. `{id}:{quantity},…` in a template stands for all lines, with what is written before `…`
 * between them.
 */
export function checkoutUrl(template: string, items: readonly BasketItem[]): string {
  const line = LINE.exec(template);
  if (!line) return template;
  const [before, rest] = [template.slice(0, line.index), template.slice(line.index + line[0].length)];
  const end = rest.indexOf('…');
  const between = end === -1 ? '' : rest.slice(0, end);
  const lines = (end === -1 ? items.slice(0, 1) : items).map(({ product, quantity }) =>
    line[0].replace(/\{id\}/g, () => encodeURIComponent(product.id)).replace(/\{quantity\}/g, String(quantity)),
  );
  return before + lines.join(between) + (end === -1 ? rest : rest.slice(end + 1));
}
