import type { Language } from './language';
import type { Money } from './money';
import { currentPrice, isAvailable, type Product } from './product';
import type { ShopperId } from './profile';

/** Back in stock, or cheaper. */
export const ALERT_KINDS = ['stock', 'price'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Alerts that one shopper may have in a conversation. */
export const MOST_ALERTS = 20;

/** What a shopper wants to be told of, in the conversation in which they asked. */
export interface Alert {
  readonly kind: AlertKind;
  readonly productId: string;
  /** In which it is told. */
  readonly language: Language;
  /**
   * `waiting`: told when it comes true. `resting`: of a product that is in stock, on the shelf until it sells out, `waiting` from
   * then on. `told`: done, unless the shopper wants to be told again.
   */
  readonly state: 'waiting' | 'resting' | 'told';
  /** Of a price: told when the product costs at most this. */
  readonly target?: Money;
}

/** An alert as it is kept. */
export interface KeptAlert extends Alert {
  readonly id: string;
  readonly conversationId: string;
  readonly shopper: ShopperId;
  /** How often it was told. */
  readonly times: number;
}

/** Whose alerts: a shopper's, in one conversation. */
export interface AlertOwner extends ShopperId {
  /** The conversation's id over all channels. */
  readonly conversationId: string;
}

/** What a flow wants changed; without a product, of all. */
export type AlertChange =
  | { readonly kind: 'put'; readonly alert: Alert }
  | { readonly kind: 'remove'; readonly productId?: string };

/** Alerts; they outlive restarts. */
export interface AlertStore {
  /** The oldest first. */
  of(owner: AlertOwner): readonly Alert[];
  /** Keeps one alert for each product and kind: the last that was put. */
  put(owner: AlertOwner, alert: Alert): void;
  remove(owner: AlertOwner, productId?: string): void;
  /** Takes all alerts of a shopper away, in every conversation. */
  forget(shopper: ShopperId): void;
  /** Alerts that are not told and whose product an import changed since they were last looked at, with that product. */
  changed(
    limit: number,
  ): readonly { readonly alert: KeptAlert; readonly product: Product; readonly revision: number }[];
  /** Notes what an alert is now, and that it was looked at when its product had a revision. */
  note(id: string, now: { readonly state: Alert['state']; readonly times: number; readonly revision: number }): void;
  /** Takes one alert away. */
  drop(id: string): void;
  /** How many wait for each product to be back in stock. */
  waitingFor(): ReadonlyMap<string, number>;
  /** Forgets alerts that were asked for before a moment, in milliseconds since 1970. */
  expire(before: number): void;
}

/** What an alert is, now that its product is as it is: to be told, or in which state. */
export function alertNow({ kind, state, target }: Alert, product: Product): 'tell' | Alert['state'] {
  if (state === 'told') return 'told';
  if (kind === 'stock') {
    if (!isAvailable(product)) return 'waiting';
    return state === 'waiting' ? 'tell' : 'resting';
  }
  const price = currentPrice(product);
  // Prices in another currency say nothing of this one.
  const isReached = price && target && price.currency === target.currency && price.minor <= target.minor;
  return isReached ? 'tell' : state;
}

/** The same wish again, after it was told: the next time the product is back, or cheaper than now. */
export function alertAgain(alert: Alert, product: Product): Alert {
  const { target: _, ...rest } = alert;
  if (alert.kind === 'stock') return { ...rest, state: isAvailable(product) ? 'resting' : 'waiting' };
  const price = currentPrice(product);
  return { ...rest, state: 'waiting', ...(price && { target: { ...price, minor: price.minor - 1 } }) };
}

/** What became of a shopper's alerts. */
export interface AlertOutcome {
  readonly kind: 'alert';
  readonly language: Language;
  readonly said:
    | 'set'
    | 'shown'
    | 'stopped'
    | 'allStopped'
    | 'kept'
    /** No more are kept. */
    | 'full'
    /** Nothing to be told of: it is in stock, or costs no more than that. */
    | 'inStock'
    | 'cheapAlready'
    /** The price is not known, or is in a currency that can't be compared. */
    | 'noPrice'
    /** Several variants are sold out: which one? */
    | 'whichVariant';
  /** Those that are waited for, with their products. */
  readonly alerts: readonly { readonly alert: Alert; readonly product: Product }[];
  /** What was spoken of. */
  readonly product?: Product;
  readonly alert?: Alert;
  /** Of `whichVariant`. */
  readonly variants?: readonly Product[];
}
