import type { RememberedVoice } from '../src/dialog';
import { type HeldConstraint, heldIn, isSameHeld, type StructuredQuery } from '../src/domain';

/** What a query asks for, wanted or not, a kind that may be an attribute left aside: names of attributes, `price`, `sort`, `inStockOnly`, `onSaleOnly`. */
export function asksFor({
  wanted,
  unwanted,
  price,
  sort,
  cheaper,
  inStockOnly,
  onSaleOnly,
  eitherKind,
}: StructuredQuery): ReadonlySet<string> {
  const attributes = [...Object.entries(eitherKind ? { ...wanted, kinds: [] } : wanted), ...Object.entries(unwanted)]
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
  return !namesKind(query) && query.freeText.trim() === '' && asksFor(query).size > 0;
}

/** Does a query say what kind of thing is wanted? "En rosa" is no rose where something else is talked of. */
export function namesKind({ wanted, eitherKind }: StructuredQuery): boolean {
  return (wanted.kinds.length > 0 && !eitherKind) || wanted.groups.length > 0;
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
