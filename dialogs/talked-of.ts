import type { Turn } from '../src/dialog';
import type { Product, Reference, Resolved } from '../src/domain';
import { asksFor } from './refine';

/**
 * What references mean, where something is certainly to be done with one of the products: words that describe nothing ("put it in
 * right away") are no description, and what is talked of is meant.
 */
export async function resolveOrTalkedOf(
  turn: Turn,
  references: readonly Reference[],
  among?: readonly Product[],
): Promise<Resolved> {
  const resolved = await turn.resolve(references, among);
  if (resolved.kind !== 'unknown') return resolved;
  const telling: Reference[] = [];
  for (const reference of references) {
    if (reference.kind !== 'described' || asksFor(await turn.parse(reference.words, turn.language)).size > 0)
      telling.push(reference);
  }
  return telling.length < references.length ? turn.resolve(telling, among) : resolved;
}
