import type { Product } from '../../domain';

export type FeedFormat = 'google-tsv' | 'google-xml' | 'shopify-csv' | 'schema-jsonl';

/** What is wrong with one field; `field` is named as in Google Merchant's product data specification. */
export interface FieldIssue {
  readonly field: string;
  /** Short English; quotes at most 40 characters of the value, control characters escaped. */
  readonly reason: string;
}

/** One record of a feed: a product, or the errors for which it was skipped. */
export interface FeedRow {
  /** From 1. TSV, CSV and JSON Lines: the line in the file (the header is line 1). XML: the item's number. */
  readonly row: number;
  readonly product?: Product;
  readonly errors: readonly FieldIssue[];
  /** Fields that were dropped, cut or are missing; the product was taken without them. */
  readonly warnings: readonly FieldIssue[];
}

export interface ReadFeedOptions {
  readonly signal?: AbortSignal;
  /** ISO 4217, for amounts without a currency. Default `EUR`. */
  readonly defaultCurrency?: string;
}

/** Turns decoded text, piece by piece, into rows. Pieces have at most `PIECE_BYTES` characters. */
export interface FeedParser {
  push(text: string): Iterable<FeedRow>;
  /** Nothing follows: gives what was held back. */
  end(): Iterable<FeedRow>;
}
