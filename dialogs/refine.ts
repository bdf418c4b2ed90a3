import type { RememberedVoice } from '../src/dialog';
import { type HeldConstraint, heldIn, isSameHeld, type StructuredQuery } from '../src/domain';

/** What a query asks for, wanted or not: names of attributes, `price`, `sort`, `inStockOnly`, `onSaleOnly`. */
export function asksFor({
  wanted,
  unwanted,
  price,
  sort,
  cheaper,
  inStockOnly,
  onSaleOnly,
}: StructuredQuery): ReadonlySet<string> {
  const attributes = [...Object.entries(wanted), ...Object.entries(unwanted)]
    .filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value === true))
    // "For women" replaces "for kids".
    .map(([name]) => (name === 'kids' ? 'genders' : name));
  return new Set([
    ...attributes,
    ...(price || cheaper ? ['price'] : []),
    ...(sort === 'relevance' || cheaper ? [] : ['sort']),
    ...(inStockOnly ? ['inStockOnly'] : []),
    ...(onSaleOnly ? ['onSaleOnly'] : []),
  ]);
}

/** "In blue", "cheaper than 40": words that name nothing to look for, only what it should be like. */
export function refines(query: StructuredQuery): boolean {
  const { kinds, groups } = query.wanted;
  return kinds.length === 0 && groups.length === 0 && query.freeText.trim() === '' && asksFor(query).size > 0;
}

/** "Do you have this?": words that only point. */
export function onlyPoints(query: StructuredQuery): boolean {
  return query.freeText.trim() === '' && asksFor(query).size === 0;
}

/** Of words that were said over several messages the last voice said only some: its vector is not that of all. */
export function withoutVector(voice: RememberedVoice | undefined): RememberedVoice | undefined {
  if (!voice) return undefined;
  const { vector: _, ...rest } = voice;
  return rest;
}

/** What was taken back and is not asked for anew. */
export function stillFree(free: readonly HeldConstraint[] = [], query: StructuredQuery): HeldConstraint[] {
  const said = heldIn(query);
  return free.filter((one) => !said.some((other) => isSameHeld(one, other)));
}
