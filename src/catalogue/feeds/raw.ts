/** Fields that every format fills under Google Merchant's names. */
export type FieldName =
  | 'id'
  | 'title'
  | 'description'
  | 'link'
  | 'image_link'
  | 'price'
  | 'sale_price'
  | 'availability'
  | 'quantity'
  | 'brand'
  | 'gtin'
  | 'google_product_category'
  | 'product_type'
  | 'color'
  | 'size'
  | 'material'
  | 'pattern'
  | 'gender'
  | 'age_group'
  | 'item_group_id'
  | 'condition'
  | 'rating'
  | 'review_count'
  | 'language';

export interface RawReview {
  readonly text: string;
  readonly rating?: string;
  readonly language?: string;
}

export interface RawText {
  readonly language: string;
  readonly part: 'title' | 'description';
  readonly text: string;
}

/** A product as written, before anything is checked. */
export interface RawProduct {
  readonly fields: Partial<Record<FieldName, string>>;
  /** Further pictures, in the feed's order. */
  readonly images: readonly string[];
  readonly reviews: readonly RawReview[];
  readonly texts: readonly RawText[];
  /** What the format itself found wrong. */
  readonly warnings?: readonly { field: string; reason: string }[];
}
