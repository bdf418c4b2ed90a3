import type { Facet } from './facet';
import type { Suggestion } from './message';
import type { Product } from './product';

/** A question that something else came between: what a reply reminds of, in one line. */
export interface StillOpen {
  readonly about:
    | 'order'
    /** The number is known, the e-mail address is not. */
    | 'orderEmail'
    | 'variant'
    | 'which'
    | 'consent'
    | 'person'
    | 'message'
    /** The text is known, the address is not. */
    | 'messageEmail'
    | 'facet'
    | 'rating'
    | 'comment';
  /** Whose variant is asked for. */
  readonly product?: Product;
  /** What a search was asked about. */
  readonly facet?: Facet;
  /** What it can be answered with by a tap. */
  readonly choices: readonly Suggestion[];
}
