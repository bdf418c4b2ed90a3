import { type BasketItem, type BasketLine, MOST_LINES, MOST_PIECES } from './basket';
import type { Language } from './language';
import type { Product } from './product';
import type { ShopperId } from './profile';

/** What codes are made of: no look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and no vowels, so that no code is a word. */
export const CODE_LETTERS = '23456789CDFGHJKMNPQRTVWXY';
/** 25⁸ codes are 37 bits. */
export const CODE_LENGTH = 8;
/** Milliseconds for which a code holds. */
export const CODE_LIFETIME = 10 * 60_000;

/** The code in the form in which it is compared, where it is one: capitals, without what parts its groups. */
export function pairingCodeIn(text: string): string | undefined {
  const code = text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
  const isCode = code.length === CODE_LENGTH && [...code].every((letter) => CODE_LETTERS.includes(letter));
  // Digits alone may be the number of an order.
  return isCode && /\D/.test(code) ? code : undefined;
}

/** "ABCD-EFGH". */
export function groupedCode(code: string): string {
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;
}

/** A code as storage keeps it. */
export interface KeptCode {
  /** A keyed SHA-256 in hexadecimal digits: the code can't be read out of storage. */
  readonly digest: string;
  readonly shopper: ShopperId;
  /** Where it was asked for. */
  readonly conversation: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly used: boolean;
}

/**
 * Which shoppers share a basket and likes. What they share is held by one name of their own, their owner; baskets and likes
 * of each of them are read and written there. All else that is kept stays with each.
 */
export interface PairingStore {
  /** The shopper itself, where it shares with nobody. */
  ownerOf(shopper: ShopperId): ShopperId;
  /** All who share with the shopper, itself among them. */
  sharing(shopper: ShopperId): readonly ShopperId[];
  /** Keeps a code; the shopper's others are worth nothing from then on. */
  keepCode(code: Omit<KeptCode, 'used'>): void;
  /** Codes that hold, and those that did within a day. */
  codes(): readonly KeptCode[];
  revoke(shopper: ShopperId): void;
  /**
   * Uses a code: all who share with either shopper share from now on, `basket` and the likes of both. False, and nothing is
   * changed, where the code does not hold any more. To be called in a transaction.
   */
  join(digest: string, shopper: ShopperId, basket: readonly BasketLine[]): boolean;
  /** Ends the sharing: each who shared has a copy. */
  unlink(shopper: ShopperId): void;
  /** Notes a visit: sharing ends `PROFILE_DAYS` after the last of a shopper. */
  visited(shopper: ShopperId): void;
  /** Forgets who shares with a shopper, what they share, and their codes. */
  erase(shopper: ShopperId): void;
  expire(): void;
}

/** What a turn wants of pairing. */
export type PairingChange =
  | { readonly kind: 'code'; readonly digest: string; readonly until: number }
  | { readonly kind: 'join'; readonly digest: string }
  | { readonly kind: 'revoke' | 'unlink' };

/** What became of pairing. */
export interface PairingOutcome {
  readonly kind: 'pairing';
  readonly language: Language;
  readonly said: /** May the shop remember both devices? */
    | 'ask'
    | 'code'
    /** Shall this device share? */
    | 'confirm'
    | 'joined'
    /** To who showed the code: it was used. */
    | 'told'
    | 'declined'
    | 'revoked'
    | 'unlinked'
    | 'notLinked'
    | 'wrong'
    | 'expired'
    | 'used'
    /** The code is of this very device, or of one that it shares with already. */
    | 'own'
    | 'tooMany'
    /** The channel does not say who writes. */
    | 'impossible';
  readonly code?: string;
  /** Consent was given just now. */
  readonly remembers?: boolean;
  /** What the shared basket holds. */
  readonly items?: readonly BasketItem[];
  /** What the other device showed last. */
  readonly products?: readonly Product[];
  /** Ids of all products that either liked. */
  readonly likes?: readonly string[];
}

/**
 * Two baskets as one. Of what both hold the greater number counts, not the sum: the same person put the same thing into both,
 * and who unlinks and pairs again must not find twice as much. Never more than are in stock.
 *
 * @param stockOf pieces; undefined where that isn't known
 */
export function mergedLines(
  one: readonly BasketLine[],
  other: readonly BasketLine[],
  stockOf: (productId: string) => number | undefined,
): BasketLine[] {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of [...one, ...other])
    quantities.set(productId, Math.max(quantity, quantities.get(productId) ?? 0));
  return [...quantities].slice(0, MOST_LINES).map(([productId, quantity]) => ({
    productId,
    // What is sold out stays, as it does in one basket.
    quantity: Math.max(1, Math.min(quantity, MOST_PIECES, stockOf(productId) ?? MOST_PIECES)),
  }));
}
