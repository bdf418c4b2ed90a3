import { type DemoItem, type DemoVariant, demoItems } from '../../src/catalogue/demo/items';

/** What a labelled query asks for, in the demo's own ids; whoever wrote the query wrote this beside it. */
export interface Want {
  readonly kinds: readonly string[];
  /** Kinds that a shopper might take instead. */
  readonly also?: readonly string[];
  readonly colors?: readonly string[];
  readonly materials?: readonly string[];
  readonly patterns?: readonly string[];
  readonly audience?: string;
  readonly brand?: string;
  readonly size?: string;
  readonly features?: readonly string[];
  /** Euros. */
  readonly priceMin?: number;
  readonly priceMax?: number;
  readonly inStock?: boolean;
  /** What must not be there. */
  readonly not?: Pick<Want, 'colors' | 'materials' | 'patterns' | 'brand' | 'audience'>;
}

export interface WantedQuery {
  readonly text: string;
  readonly lang: string;
  readonly want: Want;
}

const has = (list: readonly string[] | undefined) => list !== undefined && list.length > 0;

/**
 * Graded relevance from attributes: 3 for a product of a wanted kind that meets everything, 2 when it lacks one thing,
 * 1 when it lacks more, or is of a kind that would do instead and lacks nothing. What is excluded is never relevant.
 */
export function gainOf(want: Want, item: DemoItem, variant: DemoVariant): number {
  const { not } = want;
  if (
    not?.colors?.includes(variant.color) ||
    not?.materials?.includes(item.material) ||
    not?.patterns?.includes(item.pattern) ||
    (not?.brand !== undefined && not.brand === item.brand) ||
    (not?.audience !== undefined && not.audience === item.audience)
  ) {
    return 0;
  }
  const missing = missingIn(want, item, variant);
  if (want.kinds.includes(item.kind.id)) return Math.max(1, 3 - missing);
  return want.also?.includes(item.kind.id) && missing === 0 ? 1 : 0;
}

function missingIn(want: Want, item: DemoItem, variant: DemoVariant): number {
  const price = (variant.salePrice ?? variant.price) / 100;
  const audience =
    want.audience === undefined ||
    want.audience === item.audience ||
    (want.audience !== 'kids' && ['', 'unisex'].includes(item.audience));
  const met = [
    !has(want.colors) || want.colors?.includes(variant.color),
    !has(want.materials) || want.materials?.includes(item.material),
    !has(want.patterns) || want.patterns?.includes(item.pattern),
    audience,
    want.brand === undefined || want.brand === item.brand,
    want.size === undefined || want.size.toUpperCase() === variant.size.toUpperCase(),
    !has(want.features) || want.features?.every((feature) => item.features.includes(feature)),
    (want.priceMin === undefined || price >= want.priceMin) && (want.priceMax === undefined || price <= want.priceMax),
    !want.inStock || variant.quantity > 0,
  ];
  return met.filter((value) => !value).length;
}

/** The query as `vitrine eval` reads it. */
export function grade(query: WantedQuery, items: readonly DemoItem[] = demoItems()) {
  const relevant: Record<string, number> = {};
  for (const item of items) {
    for (const variant of item.variants) {
      const gain = gainOf(query.want, item, variant);
      if (gain > 0) relevant[variant.id] = gain;
    }
  }
  return { text: query.text, lang: query.lang, relevant };
}
