import type { Constraint, StructuredQuery } from './query';

/** What results differ in, and a shopper can be asked for. */
export const FACETS = ['kind', 'audience', 'color', 'material', 'pattern', 'size', 'price', 'brand'] as const;
export type Facet = (typeof FACETS)[number];

/** A question that is asked beside results because its answer parts them best. */
export interface FacetQuestion {
  readonly facet: Facet;
  /**
   * What can be answered, the most frequent first, at most four: lexicon ids (`kids` among the audiences); sizes and brands as
   * the feed writes them; of prices `<from>-<to>` in the minor unit of the shop's currency, either of which may be empty.
   */
  readonly values: readonly string[];
}

/** What a search can be freed of again, as it is named in words. */
export const REMOVABLE = [
  'color',
  'size',
  'brand',
  'material',
  'pattern',
  'audience',
  'condition',
  'price',
  'inStock',
  'onSale',
  'sort',
] as const;
export type Removable = (typeof REMOVABLE)[number];

/** Something that a query asks for beside its kind; with `not`, the id of a value that is not wanted. */
export type HeldConstraint =
  | { readonly facet: Removable }
  | {
      readonly facet: Extract<Constraint, 'kind' | 'color' | 'material' | 'pattern' | 'brand' | 'audience'>;
      readonly not: string;
    };

/** The lists of `Attributes` by what they constrain; the audience is in two of their fields. */
const LISTS = {
  color: 'colors',
  size: 'sizes',
  brand: 'brands',
  material: 'materials',
  pattern: 'patterns',
  condition: 'conditions',
} as const;
const REFUSABLE = {
  kind: 'kinds',
  color: 'colors',
  material: 'materials',
  pattern: 'patterns',
  brand: 'brands',
} as const;

/** The ids and values that a query wants of a facet; none for what has no values. */
export function wantedOf({ wanted }: StructuredQuery, facet: Removable | Facet): readonly string[] {
  if (facet === 'audience') return [...(wanted.kids ? ['kids'] : []), ...wanted.genders];
  // Gold and silver are colours and materials by the same word: it counts once.
  if (facet === 'material') return wanted.materials.filter((id) => !wanted.colors.includes(id));
  if (facet === 'kind') return wanted.kinds;
  return facet in LISTS ? wanted[LISTS[facet as keyof typeof LISTS]] : [];
}

/** All that a query asks for beside its kind, one constraint a facet, in the order of `REMOVABLE`; then what it does not want. */
export function heldIn(query: StructuredQuery): HeldConstraint[] {
  const isHeld = (facet: Removable): boolean => {
    switch (facet) {
      case 'price':
        return query.price !== undefined;
      case 'inStock':
        return query.inStockOnly;
      case 'onSale':
        return query.onSaleOnly;
      case 'sort':
        return query.sort !== 'relevance';
      default:
        return wantedOf(query, facet).length > 0;
    }
  };
  const { unwanted } = query;
  const refused = (Object.keys(REFUSABLE) as (keyof typeof REFUSABLE)[]).flatMap((facet) =>
    unwanted[REFUSABLE[facet]].map((not) => ({ facet, not })),
  );
  const people = [...(unwanted.kids ? ['kids'] : []), ...unwanted.genders].map(
    (not) => ({ facet: 'audience', not }) as const,
  );
  return [...REMOVABLE.filter(isHeld).map((facet) => ({ facet })), ...refused, ...people];
}

/** Do two constraints mean the same of a query? */
export function isSameHeld(one: HeldConstraint, other: HeldConstraint): boolean {
  return one.facet === other.facet && notOf(one) === notOf(other);
}

/** The id that is not wanted; undefined for what is. */
export function notOf(held: HeldConstraint): string | undefined {
  return 'not' in held ? held.not : undefined;
}

/** A query without some of what it asks for. */
export function freed(query: StructuredQuery, taken: readonly HeldConstraint[]): StructuredQuery {
  return taken.reduce(withoutOne, query);
}

function withoutOne(query: StructuredQuery, held: HeldConstraint): StructuredQuery {
  const { wanted, unwanted } = query;
  if ('not' in held) {
    const others = (ids: readonly string[]) => ids.filter((id) => id !== held.not);
    if (held.facet !== 'audience') {
      const list = REFUSABLE[held.facet];
      return { ...query, unwanted: { ...unwanted, [list]: others(unwanted[list]) } };
    }
    const genders = unwanted.genders.filter((id) => id !== held.not);
    return { ...query, unwanted: { ...unwanted, genders, kids: unwanted.kids && held.not !== 'kids' } };
  }
  switch (held.facet) {
    case 'price': {
      const { price: _, cheaper, ...rest } = query;
      return cheaper ? { ...rest, sort: 'relevance' } : rest;
    }
    case 'inStock':
      return { ...query, inStockOnly: false };
    case 'onSale':
      return { ...query, onSaleOnly: false };
    case 'sort': {
      const { cheaper: _, ...rest } = query;
      return { ...rest, sort: 'relevance' };
    }
    case 'audience':
      return { ...query, wanted: { ...wanted, genders: [], kids: false } };
    case 'color': {
      const materials = wanted.materials.filter((id) => !wanted.colors.includes(id));
      return { ...query, wanted: { ...wanted, colors: [], materials } };
    }
    default:
      return { ...query, wanted: { ...wanted, [LISTS[held.facet]]: [] } };
  }
}
