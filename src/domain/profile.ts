import type { EncodedQuery } from './fusion';
import type { Product } from './product';
import type { Why } from './ranking';

/** What a shopper did with a product; each kind says more than the one before. */
export const PROFILE_EVENT_KINDS = ['view', 'like', 'purchase'] as const;
export type ProfileEventKind = (typeof PROFILE_EVENT_KINDS)[number];

/** A shopper as a channel knows them: the same person on two channels is two shoppers. */
export interface ShopperId {
  readonly channel: string;
  readonly userId: string;
}

export interface ProfileEvent {
  readonly productId: string;
  readonly kind: ProfileEventKind;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a shopper seems to like, by what they viewed, liked and bought. */
export interface Taste {
  /** In the text encoder's space, normalised; missing where none of the products has a vector. */
  readonly vector?: Float32Array;
  /** Brands that stand out, as products name them, and what share of everything is of each, 0–1; the greatest first. */
  readonly brands: ReadonlyMap<string, number>;
}

/** Days after which events and impressions are forgotten. */
export const PROFILE_DAYS = 180;
/** Events of one shopper that are kept, the newest. */
export const MOST_PROFILE_EVENTS = 500;

/** One place of a page of results. */
export interface Placement {
  readonly productId: string;
  readonly sponsored: boolean;
  /** Of the ranking; comparable with care: its scale is that of queries of the same modalities. */
  readonly score?: number;
}

/** That a product was shown after a search, and what was done with it then; never the shopper's words. */
export interface Impression extends Placement {
  readonly searchId: string;
  /** From 1, over all pages of the search. */
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The strongest that was done with it. */
  readonly clicked?: ProfileEventKind;
}

/** Another item that was bought by shoppers who bought one item. Variants count as one item. */
export interface BoughtTogether {
  /** One variant of the other item. */
  readonly productId: string;
  /** Shoppers who bought both. */
  readonly both: number;
  /** Shoppers who bought the other item. */
  readonly buyers: number;
}

/** What shoppers let the shop remember. Without a shopper's consent nothing of theirs is kept. */
export interface ProfileStore {
  hasConsent(shopper: ShopperId): boolean;
  /** When the consent that holds was given, in milliseconds since 1970; undefined without one. */
  consentedAt(shopper: ShopperId): number | undefined;
  giveConsent(shopper: ShopperId): void;
  /**
   * Keeps an event, and notes it at the newest place where the shopper was shown the product. False, and nothing is kept,
   * without consent or for an event older than `PROFILE_DAYS`. The same event twice is kept once.
   */
  record(shopper: ShopperId, event: ProfileEvent): boolean;
  /** Takes the likes of a product back: where it was shown, it counts as looked at. */
  unlike(shopper: ShopperId, productId: string): void;
  /** Newest first; none without consent. */
  events(shopper: ShopperId): readonly ProfileEvent[];
  /**
   * Keeps what a page showed; `before` is how many results of the search came before it. Of `query`, what was searched, a
   * search's first page counts. Does nothing without consent.
   */
  show(
    shopper: ShopperId,
    page: { searchId: string; before: number; placements: readonly Placement[]; query?: EncodedQuery },
  ): void;
  /** Newest search first, by position. */
  impressions(shopper: ShopperId): readonly Impression[];
  /** Forgets all of a shopper, consent included. */
  erase(shopper: ShopperId): void;
  /** Forgets what is older than `PROFILE_DAYS`, and consents that old of which nothing else is left. */
  expire(): void;
  /** What at least `least` shoppers bought beside an item; `buyers` of the item and all shoppers with purchases. */
  boughtTogether(
    group: string,
    least: number,
  ): { readonly shoppers: number; readonly buyers: number; readonly others: readonly BoughtTogether[] };
}

/** What a flow wants remembered or forgotten; it happens together with the turn's answer, or not at all. */
export type ProfileChange =
  | { readonly kind: 'consent' | 'erase' }
  | { readonly kind: 'unlike'; readonly productId: string }
  | { readonly kind: 'event'; readonly productId: string; readonly event: 'view' | 'like' };

/** Why something is recommended. */
export type Because = 'taste' | 'rated' | 'bought' | 'matches';

export interface RecommendedProduct {
  readonly product: Product;
  readonly because: Because;
  /** What it has in common with the product that it goes well with. */
  readonly attributes?: Why['attributes'];
}

/** Products that were not asked for in words. */
export interface Recommended {
  readonly results: readonly RecommendedProduct[];
  readonly more: boolean;
}

/** What is told to a shopper who asks what is known of them. */
export interface KnownOfShopper {
  readonly consent: boolean;
  readonly events: number;
  /** The products of the newest events, each once; those that are no longer sold are left out. */
  readonly last: readonly Product[];
  /** Brands that they seem to like. */
  readonly brands: readonly string[];
}
