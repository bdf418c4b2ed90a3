import type { EncodedQuery, Fused } from './fusion';
import type { Product } from './product';
import type { Constraint, StructuredQuery } from './query';

/** Cosine with the photo, of a product's best picture, from which a product is told to look like it. */
export const LIKE_PHOTO = 0.6;

/** Why a product is in a result. */
export interface Why {
  /** Query words found in the product, as the shopper wrote them. */
  readonly words: readonly string[];
  /** Attributes of the query that the product has: constraint → lexicon ids or values. */
  readonly attributes: Readonly<Partial<Record<Constraint, readonly string[]>>>;
  /** Attributes of the query that the product lacks. */
  readonly missing: readonly Constraint[];
  /** Cosine similarity of the query's and the product's vectors, −1…1, where both exist. */
  readonly similarity?: number;
  /** Cosine similarity of the photo's vector and the product's, −1…1: its best picture's, or its words' where it has none. */
  readonly photo?: number;
  /** How like what the shopper liked it is, 0–1, beside the other results; missing where it isn't like it. */
  readonly history?: number;
  /** Its brand, where the shopper seems to like that. */
  readonly favourite?: string;
}

export interface RankedProduct {
  readonly product: Product;
  /** Higher is better; comparable within one result only. */
  readonly score: number;
  readonly why: Why;
  /** Its place was paid for: it is shown as such. */
  readonly sponsored?: true;
}

/** Milliseconds a step took. */
export type Timings = Readonly<Record<string, number>>;

export interface RankedProducts {
  /**
   * How much words, photo, voice, attributes and history counted in the fused query; sums to 1. Missing where the results were
   * not ordered by it.
   */
  readonly counted?: Fused['shares'];
  /** The vectors that it was searched by, where they may be remembered. */
  readonly encoded?: EncodedQuery;
  readonly query: StructuredQuery;
  readonly results: readonly RankedProduct[];
  /** Constraints that had to be dropped for there to be a result, in the order of dropping. */
  readonly relaxed: readonly Constraint[];
  /** True when more results follow this page. */
  readonly more: boolean;
  /** How many results of the ranking this page used up, where that is not how many it shows; see `usedUp`. */
  readonly used?: number;
  readonly timings: Timings;
}

/** From how many results further on the next page starts: a sponsored one that was added moved another to that page. */
export function usedUp({ results, used }: Pick<RankedProducts, 'results' | 'used'>): number {
  return used ?? results.length;
}
