import { groupOf, type Product, type ProfileEvent, type ProfileEventKind } from '../domain';

/** What an event weighs when it is new, and the time in which that halves. */
const WEIGHTS: Readonly<Record<ProfileEventKind, number>> = { view: 1, like: 2, purchase: 3 };
const HALF_LIFE = 14 * 24 * 3600 * 1000;
/** Events that are looked at, the newest: earlier ones weigh next to nothing. */
export const MOST_TASTE_EVENTS = 100;
/** A brand stands out from this many items of it on, and from this share of everything on. */
const LEAST_ITEMS = 3;
const LEAST_SHARE = 0.25;

/**
 * The recency-weighted mean of the vectors of what a shopper viewed, liked and bought, normalised. `events` are newest first;
 * undefined where none of their products has a vector.
 */
export function tasteOf(
  events: readonly ProfileEvent[],
  vectors: ReadonlyMap<string, Float32Array>,
): Float32Array | undefined {
  let sum: Float64Array | undefined;
  for (const { productId, weight } of weighed(events)) {
    const vector = vectors.get(productId);
    if (!vector) continue;
    sum ??= new Float64Array(vector.length);
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + weight * (vector[i] ?? 0);
  }
  const length = Math.hypot(...(sum ?? []));
  return sum && length > 0 ? Float32Array.from(sum, (value) => value / length) : undefined;
}

/**
 * Brands that stand out of what a shopper viewed, liked and bought, and what share of all of it is theirs, the greatest first.
 * `events` are newest first, `products` those of them that are still sold. An item counts once, however often it was looked
 * at: by what weighs most of it.
 */
export function favouriteBrands(
  events: readonly ProfileEvent[],
  products: readonly Product[],
): ReadonlyMap<string, number> {
  const byId = new Map(products.map((product) => [product.id, product]));
  const items = new Map<string, { brand: string | undefined; weight: number }>();
  for (const { productId, weight } of weighed(events)) {
    const product = byId.get(productId);
    if (!product) continue;
    const known = items.get(groupOf(product));
    if (!known || known.weight < weight) items.set(groupOf(product), { brand: product.brand, weight });
  }
  const all = [...items.values()];
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  const named = [...new Set(all.flatMap(({ brand }) => brand || []))].map((name) => {
    const own = all.filter(({ brand }) => brand === name);
    return { name, items: own.length, share: own.reduce((sum, { weight }) => sum + weight, 0) / total };
  });
  const standing = named.filter((brand) => brand.items >= LEAST_ITEMS && brand.share >= LEAST_SHARE);
  standing.sort((one, other) => other.share - one.share);
  return new Map(standing.map(({ name, share }) => [name, share]));
}

/** What each of the newest events weighs; ages count from the newest, as only what they weigh beside one another matters. */
function weighed(events: readonly ProfileEvent[]): { readonly productId: string; readonly weight: number }[] {
  const newest = events[0]?.at ?? 0;
  return events.slice(0, MOST_TASTE_EVENTS).map(({ productId, kind, at }) => ({
    productId,
    weight: WEIGHTS[kind] * 0.5 ** ((newest - at) / HALF_LIFE),
  }));
}
