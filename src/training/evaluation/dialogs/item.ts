import {
  currentPrice,
  type Facet,
  type PhotoSeen,
  type Product,
  parseAmount,
  type StructuredQuery,
} from '../../../domain';
import type { GoalItem } from './script';

/** Does a product have what a shopper wants? `kind` is the product's, by the lexicon. */
export function meetsGoal(product: Product, kind: string | undefined, wanted: GoalItem): boolean {
  const same = (['color', 'material', 'pattern', 'size', 'brand'] as const).every(
    (name) => wanted[name] === undefined || product[name]?.toLowerCase() === wanted[name].toLowerCase(),
  );
  return same && kind === wanted.kind && isFor(product, wanted.audience) && isWithin(product, wanted.maxPrice);
}

function isFor({ ageGroup, gender }: Product, audience: GoalItem['audience']): boolean {
  if (audience === undefined) return true;
  const isForKids = ageGroup !== undefined && ageGroup !== 'adult';
  if (audience === 'kids') return isForKids;
  return !isForKids && (gender === audience || gender === 'unisex');
}

const minorOf = ({ amount, currency }: NonNullable<GoalItem['maxPrice']>) =>
  parseAmount(amount, currency)?.minor ?? Number.NaN;

function isWithin(product: Product, most: GoalItem['maxPrice']): boolean {
  if (most === undefined) return true;
  const price = currentPrice(product);
  return price !== undefined && price.currency === most.currency && price.minor <= minorOf(most);
}

/** What became of a goal's attribute in what the assistant understood. */
export type SlotState = 'held' | 'other' | 'missing';

/**
 * For each attribute that a goal names whether the query holds that very value, only others, or none. What was seen on a
 * photo counts where the words say nothing of it.
 */
export function slotsOf(
  wanted: GoalItem,
  query: StructuredQuery | undefined,
  seen: PhotoSeen | undefined,
): Readonly<Partial<Record<Facet, SlotState>>> {
  const attributes = query?.wanted;
  const words = (list: readonly string[] | undefined, look: readonly (string | undefined)[] = []) =>
    list && list.length > 0 ? list : look.filter((value) => value !== undefined);
  const audience = attributes ? [...attributes.genders, ...(attributes.kids ? ['kids'] : [])] : [];
  const held: Readonly<Record<Exclude<Facet, 'price'>, readonly string[]>> = {
    kind: words(attributes?.kinds, [seen?.kind]),
    color: words(attributes?.colors, seen?.colors),
    material: words(attributes?.materials),
    pattern: words(attributes?.patterns, [seen?.pattern]),
    size: words(attributes?.sizes),
    brand: words(attributes?.brands),
    audience,
  };
  const slots: Partial<Record<Facet, SlotState>> = {};
  for (const [name, values] of Object.entries(held) as [Exclude<Facet, 'price'>, readonly string[]][]) {
    const value = wanted[name];
    if (value === undefined) continue;
    const isHeld = values.some((each) => each.toLowerCase() === value.toLowerCase());
    slots[name] = isHeld ? 'held' : values.length > 0 ? 'other' : 'missing';
  }
  if (wanted.maxPrice) {
    const most = query?.price?.max;
    slots.price = most === undefined ? 'missing' : most.minor === minorOf(wanted.maxPrice) ? 'held' : 'other';
  }
  return slots;
}
