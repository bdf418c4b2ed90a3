import type { Attributes, ShelfItem, Taste } from '../domain';

/** One product an item, the first of each. */
export function oneOfGroup<T extends Pick<ShelfItem, 'group'>>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter(({ group }) => !seen.has(group) && seen.add(group));
}

/** Places by which an item rises that is of the one brand that a shopper ever liked; of others by their share. */
const BRAND_LIFT = 40;

/** The same items with those of liked brands further up; `brands` are those of a `Taste`. */
export function liftBrands<T extends Pick<ShelfItem, 'attributes'>>(
  items: readonly T[],
  brands: Taste['brands'] | undefined,
): T[] {
  const shareOf = ({ attributes }: T) => Math.max(0, ...attributes.brands.map((name) => brands?.get(name) ?? 0));
  const placed = items.map((item, place) => ({ item, place: place - BRAND_LIFT * shareOf(item) }));
  return placed.sort((one, other) => one.place - other.place).map(({ item }) => item);
}

/**
 * The same items in pages in which no kind has more than `most` places: what is too much of a kind moves to a later page.
 * Only where nothing of another kind is left does a kind take more.
 */
export function mixKinds<T extends Pick<ShelfItem, 'id' | 'attributes'>>(
  items: readonly T[],
  { page, most }: { readonly page: number; readonly most: number },
): T[] {
  const mixed: T[] = [];
  let waiting = [...items];
  while (waiting.length > 0) {
    const counts = new Map<string, number>();
    const taken = new Set<T>();
    for (const item of waiting) {
      if (taken.size === page) break;
      // What is of no known kind is like nothing else.
      const kind = item.attributes.kinds[0] ?? `id ${item.id}`;
      const count = counts.get(kind) ?? 0;
      if (count >= most) continue;
      counts.set(kind, count + 1);
      taken.add(item);
    }
    const left = waiting.filter((item) => !taken.has(item));
    mixed.push(...taken, ...left.splice(0, page - taken.size));
    waiting = left;
  }
  return mixed;
}

/** Are two things for the same people? A thing for anybody is for everybody. */
export function sameAudience(own: Attributes, other: Attributes): boolean {
  const people = (genders: Attributes['genders']) => genders.filter((gender) => gender !== 'unisex');
  const [mine, theirs] = [people(own.genders), people(other.genders)];
  const fits = mine.length === 0 || theirs.length === 0 || mine.some((gender) => theirs.includes(gender));
  return own.kids === other.kids && fits;
}
