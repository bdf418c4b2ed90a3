import type { Language } from './language';
import type { Money } from './money';
import type { Condition, Gender } from './product';

/** A price range in the shop's currency; both ends belong to it. */
export interface PriceRange {
  readonly min?: Money;
  readonly max?: Money;
  /** What it is cheaper than, where that was not said but found out: `max` is the minor unit below it. */
  readonly below?: Money;
  /** What the shopper said when it was in another currency and was converted. */
  readonly said?: { readonly min?: Money; readonly max?: Money };
}

export const SORTS = ['relevance', 'price_ascending', 'price_descending', 'rating', 'newest'] as const;
export type Sort = (typeof SORTS)[number];

/** Ids of the lexicon (`backpack`, `red`, `leather` …), the same in every language. */
export interface Attributes {
  /** The kind that is wanted first, then others that were named ("laptop backpack": backpack, laptop). */
  readonly kinds: readonly string[];
  /** Departments ("shoes", "kitchen"). */
  readonly groups: readonly string[];
  readonly colors: readonly string[];
  readonly materials: readonly string[];
  readonly patterns: readonly string[];
  /** As the feed writes them, upper case. */
  readonly sizes: readonly string[];
  readonly brands: readonly string[];
  readonly genders: readonly Gender[];
  readonly kids: boolean;
  readonly conditions: readonly Condition[];
}

export const NO_ATTRIBUTES: Attributes = {
  kinds: [],
  groups: [],
  colors: [],
  materials: [],
  patterns: [],
  sizes: [],
  brands: [],
  genders: [],
  kids: false,
  conditions: [],
};

/** What a shopper's words ask for. */
export interface StructuredQuery {
  /** The words as they were said. */
  readonly text: string;
  readonly language: Language;
  readonly wanted: Attributes;
  /** What the shopper does not want ("no leather"). */
  readonly unwanted: Attributes;
  readonly price?: PriceRange;
  readonly inStockOnly: boolean;
  readonly onSaleOnly: boolean;
  readonly sort: Sort;
  /** Something cheaper is wanted than what is talked of; without that, `sort` says that the cheapest come first. */
  readonly cheaper?: true;
  /** All words that carry meaning (no function words, no price), as they were written. */
  readonly keywords: string;
  /** What remains of them: words that no attribute explains. */
  readonly freeText: string;
  /** The kind was read out of a misspelling, if it is one: something else may have been said. */
  readonly guessedKind?: true;
  /** The words that name the kind name an attribute as well, "rosa": which is meant, what is talked of tells. */
  readonly eitherKind?: true;
}

/** Names of what a query can be constrained by, as explanations and relaxations name them. */
export const CONSTRAINTS = [
  'kind',
  'group',
  'color',
  'material',
  'pattern',
  'size',
  'brand',
  'audience',
  'condition',
  'price',
  'inStock',
  'onSale',
  'unwanted',
] as const;
export type Constraint = (typeof CONSTRAINTS)[number];
