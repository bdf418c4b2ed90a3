import type { HardFilters, PriceRange, StructuredQuery } from '../domain';
import { quote, quoteList } from './quote';

/** Parts of a query that can be taken back when nothing meets them, the least important first. */
export const RELAXABLE = ['onSale', 'inStock', 'price'] as const;
export type Relaxable = (typeof RELAXABLE)[number];

/** The index's filter for what must hold; undefined when everything may be a result. */
export function whereClause(
  query: StructuredQuery,
  filters: HardFilters | undefined,
  relaxed: ReadonlySet<Relaxable>,
): string | undefined {
  const parts: string[] = [];
  if (query.price && !relaxed.has('price')) parts.push(...priceParts(query.price));
  if (query.inStockOnly && !relaxed.has('inStock')) parts.push('available = true');
  if (query.onSaleOnly && !relaxed.has('onSale')) parts.push('on_sale = true');
  const { unwanted } = query;
  for (const [column, ids] of [
    ['kinds', unwanted.kinds],
    ['colors', unwanted.colors],
    ['materials', unwanted.materials],
    ['patterns', unwanted.patterns],
  ] as const) {
    if (ids.length > 0) parts.push(`NOT array_has_any(${column}, ${quoteList(ids)})`);
  }
  if (unwanted.brands.length > 0) parts.push(`brand NOT IN (${unwanted.brands.map(quote).join(', ')})`);
  if (unwanted.kids) parts.push('kids = false');
  parts.push(...filterParts(filters));
  return parts.length > 0 ? parts.join(' AND ') : undefined;
}

function filterParts(filters: HardFilters | undefined): string[] {
  if (!filters) return [];
  const parts: string[] = [];
  for (const [column, value] of [
    ['kinds', filters.kind],
    ['colors', filters.color],
    ['materials', filters.material],
    ['patterns', filters.pattern],
    ['sizes', filters.size?.toUpperCase()],
    ['genders', filters.gender],
  ] as const) {
    if (value !== undefined) parts.push(`array_has_any(${column}, ${quoteList([value])})`);
  }
  if (filters.brand !== undefined) parts.push(`brand = ${quote(filters.brand)}`);
  if (filters.availability !== undefined) parts.push(`available = ${filters.availability !== 'out_of_stock'}`);
  if (filters.price) parts.push(...priceParts(filters.price));
  return parts;
}

function priceParts({ min, max }: PriceRange): string[] {
  return [...(min ? [`price >= ${min.minor}`] : []), ...(max ? [`price <= ${max.minor}`] : [])];
}
