import type { AgreedPrice, RememberedPhoto, Turn } from '../src/dialog';
import {
  currentPrice,
  LIKE_PHOTO,
  type Money,
  NO_ATTRIBUTES,
  type Product,
  type RankedProduct,
  type RankedProducts,
  type StructuredQuery,
} from '../src/domain';

/** A query under what was agreed of the price, which stands above what its words say of it. */
export function agreed(query: StructuredQuery, price: AgreedPrice | undefined): StructuredQuery {
  if (price === undefined) return query;
  const { price: _price, cheaper: _cheaper, ...rest } = query;
  const free: StructuredQuery = { ...rest, sort: query.cheaper ? 'relevance' : query.sort };
  if (price === 'any') return free;
  const { below } = price;
  return { ...free, price: { max: { ...below, minor: below.minor - 1 }, below } };
}

/**
 * The price that "cheaper", beside or after a photo, means to stay below: that of the product which the photo shows or, where
 * none looks enough like it, or a bound held already ("even cheaper"), the median of what was found. Undefined where no price
 * is known.
 *
 * @param query all words, of earlier messages too
 * @param before what was agreed before
 * @param find finds by the photo and a query
 */
export async function cheaperThan(
  turn: Pick<Turn, 'search' | 'currency'>,
  query: StructuredQuery,
  { photo, before }: { readonly photo: RememberedPhoto; readonly before: AgreedPrice | undefined },
  find: (query: StructuredQuery) => Promise<RankedProducts>,
): Promise<AgreedPrice | undefined> {
  const currency = await turn.currency();
  const held = typeof before === 'object' || (before === undefined && query.price !== undefined);
  const shown = held ? undefined : await recognised(turn.search, query, photo);
  const price = shown && currentPrice(shown);
  if (price?.currency === currency) return boundAt(price);
  const { cheaper: _, ...asked } = held ? agreed(query, before) : agreed(query, 'any');
  const { results, relaxed } = await find({ ...asked, sort: 'relevance' });
  // Nothing of the kind is cheaper than what was held: it stays.
  if (relaxed.includes('price')) return undefined;
  // What is of another kind says little of the price of this one.
  const ofKind = results.filter(({ why }) => !why.missing.includes('kind'));
  return boundAt(median(ofKind.length > 0 ? ofKind : results, currency));
}

function boundAt(price: Money | undefined): AgreedPrice | undefined {
  return price && price.minor > 1 ? { below: price } : undefined;
}

/** The product that looks most like the photo, whatever the words beside it; undefined where none looks much like it. */
async function recognised(
  search: Turn['search'],
  { language }: StructuredQuery,
  photo: RememberedPhoto,
): Promise<Product | undefined> {
  const words = { text: '', keywords: '', freeText: '', wanted: NO_ATTRIBUTES, unwanted: NO_ATTRIBUTES };
  const nothing = { ...words, language, inStockOnly: false, onSaleOnly: false, sort: 'relevance' } as const;
  const { results } = await search(nothing, 0, { photo });
  const likeness = ({ why }: RankedProduct) => why.photo ?? -1;
  const [best] = [...results].sort((one, other) => likeness(other) - likeness(one));
  return best && likeness(best) >= LIKE_PHOTO ? best.product : undefined;
}

function median(results: readonly RankedProduct[], currency: string): Money | undefined {
  const prices = results
    .flatMap(({ product }) => currentPrice(product) ?? [])
    .filter((price) => price.currency === currency)
    .sort((one, other) => one.minor - other.minor);
  // The upper one of two: with the lower, half of what was found would be too dear.
  return prices[Math.floor(prices.length / 2)];
}
