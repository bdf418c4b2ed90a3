import type { Money } from './money';

/** Values of Google Merchant's `availability`. */
export const AVAILABILITIES = ['in_stock', 'out_of_stock', 'preorder', 'backorder'] as const;
export type Availability = (typeof AVAILABILITIES)[number];
export const GENDERS = ['female', 'male', 'unisex'] as const;
export type Gender = (typeof GENDERS)[number];
export const AGE_GROUPS = ['newborn', 'infant', 'toddler', 'kids', 'adult'] as const;
export type AgeGroup = (typeof AGE_GROUPS)[number];
export const CONDITIONS = ['new', 'refurbished', 'used'] as const;
export type Condition = (typeof CONDITIONS)[number];

export interface LocalisedText {
  readonly title?: string;
  readonly description?: string;
}

export interface ReviewExcerpt {
  readonly text: string;
  /** 1–5. */
  readonly rating?: number;
  /** BCP 47. */
  readonly language?: string;
}

/** A product as the merchant's feed describes it; names follow Google Merchant's product data specification. */
export interface Product {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly link?: string;
  /** Absolute http(s) address, or a path relative to the feed's folder. */
  readonly imageLink?: string;
  readonly additionalImageLinks: readonly string[];
  readonly price?: Money;
  readonly salePrice?: Money;
  readonly availability?: Availability;
  /** Pieces in stock; a whole number, 0 or more. */
  readonly quantity?: number;
  readonly brand?: string;
  readonly gtin?: string;
  readonly googleProductCategory?: string;
  readonly productType?: string;
  readonly color?: string;
  readonly size?: string;
  readonly material?: string;
  readonly pattern?: string;
  readonly gender?: Gender;
  readonly ageGroup?: AgeGroup;
  /** Shared by the variants of one item. */
  readonly itemGroupId?: string;
  readonly condition?: Condition;
  /** Mean rating, 0–5. */
  readonly rating?: number;
  readonly reviewCount?: number;
  readonly reviews: readonly ReviewExcerpt[];
  /** BCP 47 language of `title` and `description`, where the feed says it. */
  readonly language?: string;
  /** Titles and descriptions in further languages, keyed by language. */
  readonly texts: Readonly<Record<string, LocalisedText>>;
}

/** What a shopper pays now. */
export function currentPrice(product: Pick<Product, 'price' | 'salePrice'>): Money | undefined {
  return product.salePrice ?? product.price;
}

/** False only where the feed says so: an unknown availability counts as available. */
export function isAvailable(product: Pick<Product, 'availability' | 'quantity'>): boolean {
  return product.availability !== 'out_of_stock' && product.quantity !== 0;
}

/** Variants of one item share a group; an item without variants is its own. */
export function groupOf(product: Pick<Product, 'id' | 'itemGroupId'>): string {
  return product.itemGroupId ?? product.id;
}

/** Title and description in a language, falling back to the feed's own. */
export function textIn(product: Product, language: string): { title: string; description: string | undefined } {
  const local = product.texts[language];
  return { title: local?.title ?? product.title, description: local?.description ?? product.description };
}
