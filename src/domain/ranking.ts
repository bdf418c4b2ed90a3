import type { Product } from './product';
import type { Constraint, StructuredQuery } from './query';

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
}

export interface RankedProduct {
  readonly product: Product;
  /** Higher is better; comparable within one result only. */
  readonly score: number;
  readonly why: Why;
}

/** Milliseconds a step took. */
export type Timings = Readonly<Record<string, number>>;

export interface RankedProducts {
  readonly query: StructuredQuery;
  readonly results: readonly RankedProduct[];
  /** Constraints that had to be dropped for there to be a result, in the order of dropping. */
  readonly relaxed: readonly Constraint[];
  /** True when more results follow this page. */
  readonly more: boolean;
  readonly timings: Timings;
}
