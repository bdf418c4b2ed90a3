import type { Attributes, Constraint, HardFilters, StructuredQuery } from '../domain';
import type { IndexedFacts } from './document';

/** From this match on a constraint counts as met. */
export const MET = 0.7;

/** How well a product meets one constraint: 1 fully, 0 not at all. */
export type ConstraintMatches = Partial<Record<Constraint, number>>;

/** Right department but another kind, or the kind is only named second. */
const SECOND_KIND = 0.4;
const SAME_GROUP = 0.15;

const overlap = (wanted: readonly string[], has: readonly string[]) => wanted.filter((id) => has.includes(id));

/** Compares what was asked with what the index knows of a product; only constraints that were asked appear. */
export function matchConstraints(
  query: StructuredQuery,
  facts: IndexedFacts,
  groupOfKind: ReadonlyMap<string, string>,
): ConstraintMatches {
  const { wanted } = query;
  const has = facts.attributes;
  const found: ConstraintMatches = {};
  if (wanted.kinds.length > 0) found.kind = kindMatch(wanted, has, groupOfKind);
  if (wanted.groups.length > 0) found.group = overlap(wanted.groups, has.groups).length > 0 ? 1 : 0;
  if (wanted.colors.length > 0) found.color = share(wanted.colors, has.colors, has.materials);
  if (wanted.materials.length > 0) found.material = share(wanted.materials, has.materials, has.colors);
  if (wanted.patterns.length > 0) found.pattern = patternMatch(wanted.patterns, has.patterns);
  if (wanted.sizes.length > 0) found.size = overlap(wanted.sizes, has.sizes).length > 0 ? 1 : 0;
  if (wanted.brands.length > 0) found.brand = overlap(wanted.brands, has.brands).length > 0 ? 1 : 0;
  if (wanted.conditions.length > 0) found.condition = overlap(wanted.conditions, has.conditions).length > 0 ? 1 : 0;
  const audience = audienceMatch(wanted, has);
  if (audience !== undefined) found.audience = audience;
  if (query.price) found.price = priceMatch(query, facts);
  if (query.inStockOnly) found.inStock = facts.available ? 1 : 0;
  if (query.onSaleOnly) found.onSale = facts.onSale ? 1 : 0;
  return found;
}

function kindMatch(wanted: Attributes, has: Attributes, groupOfKind: ReadonlyMap<string, string>): number {
  const [first] = wanted.kinds;
  if (first === undefined) return 0;
  if (has.kinds[0] === first) return 1;
  if (has.kinds.includes(first) || wanted.kinds.includes(has.kinds[0] ?? '')) return SECOND_KIND;
  const group = groupOfKind.get(first);
  return group !== undefined && has.groups.includes(group) ? SAME_GROUP : 0;
}

/** Gold and silver are colours and materials by the same word, so either side counts. */
function share(wanted: readonly string[], has: readonly string[], alsoHas: readonly string[]): number {
  const met = wanted.filter((id) => has.includes(id) || ((id === 'gold' || id === 'silver') && alsoHas.includes(id)));
  return met.length / wanted.length;
}

function patternMatch(wanted: readonly string[], has: readonly string[]): number {
  if (overlap(wanted, has).length > 0) return 1;
  return wanted.includes('plain') && has.length === 0 ? 1 : 0;
}

function audienceMatch(wanted: Attributes, has: Attributes): number | undefined {
  if (wanted.kids) return has.kids ? 1 : 0;
  if (wanted.genders.length === 0) return undefined;
  if (has.kids) return 0;
  if (overlap(wanted.genders, has.genders).length > 0) return 1;
  return has.genders.length === 0 || has.genders.includes('unisex') || wanted.genders.includes('unisex') ? 0.7 : 0;
}

function priceMatch(query: StructuredQuery, facts: IndexedFacts): number {
  if (facts.price === null) return 0;
  const { min, max } = query.price ?? {};
  return (min === undefined || facts.price >= min.minor) && (max === undefined || facts.price <= max.minor) ? 1 : 0;
}

/** True when the product has something that the shopper does not want. */
export function isUnwanted(query: StructuredQuery, facts: IndexedFacts): boolean {
  const { unwanted } = query;
  const has = facts.attributes;
  return (
    overlap(unwanted.kinds, has.kinds).length > 0 ||
    overlap(unwanted.colors, has.colors).length > 0 ||
    overlap(unwanted.materials, has.materials).length > 0 ||
    overlap(unwanted.patterns, has.patterns).length > 0 ||
    overlap(unwanted.brands, has.brands).length > 0 ||
    (unwanted.kids && has.kids) ||
    unwanted.genders.some((gender) => has.genders.includes(gender) && !has.genders.includes('unisex'))
  );
}

/** Names the filters that exist, for error messages. */
export const FILTER_NAMES: readonly (keyof HardFilters)[] = [
  'kind',
  'color',
  'material',
  'pattern',
  'size',
  'brand',
  'gender',
  'availability',
  'price',
];
