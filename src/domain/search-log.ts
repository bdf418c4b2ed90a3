import type { EncodedQuery } from './fusion';
import type { Placement, ProfileEventKind } from './profile';

/** A place of a page of results, as shoppers saw it. */
export interface LoggedPlace extends Placement {
  /** From 1, on its page: a shopper who asks for more looks at a page from its beginning. */
  readonly place: number;
  /** The strongest that was done with it. */
  readonly clicked?: ProfileEventKind;
}

/** A search that a consenting shopper made, and what was done with what it showed. */
export interface LoggedSearch {
  /** Tells one shopper from another, and nothing else of them. */
  readonly shopper: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** With less precision than it was searched with. */
  readonly query: EncodedQuery;
  /** Page by page, in order. */
  readonly places: readonly LoggedPlace[];
}

/** What was searched and clicked in the shop, over all shoppers: what training learns from. */
export interface SearchLog {
  /** Searches of which the vectors are kept, shopper by shopper: of each at most `most`, newest first. */
  searches(most: number): IterableIterator<LoggedSearch>;
}
