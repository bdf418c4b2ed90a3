import type { Turn } from '../src/dialog';
import type { Attributes, Product, Reference, Resolved, StructuredQuery } from '../src/domain';
import { asksFor } from './refine';

/**
 * What references mean, where something is certainly to be done with one of the products: words that describe nothing ("put it in
 * right away") are no description, and what is talked of is meant; so it is by words beside those for what it is like ("a great
 * backpack, put one in").
 *
 * @param refusing what is refused in the words is what they are about: "the scarf not after all, out with it"
 */
export async function resolveOrTalkedOf(
  turn: Turn,
  references: readonly Reference[],
  among?: readonly Product[],
  refusing = false,
): Promise<Resolved> {
  const resolved = await turn.resolve(references, among);
  if (resolved.kind !== 'unknown') return resolved;
  const telling: Reference[] = [];
  for (const reference of references) {
    if (reference.kind !== 'described' || asksFor(await turn.parse(reference.words, turn.language)).size > 0)
      telling.push(reference);
  }
  if (telling.length < references.length) return turn.resolve(telling, among);
  const [only, ...others] = telling;
  const focus = turn.focus();
  const isAmong = among === undefined || among.some(({ id }) => id === focus?.id);
  const talkedOf = isAmong ? focus : among.length === 1 ? among[0] : undefined;
  if (only?.kind !== 'described' || others.length > 0 || !talkedOf) return resolved;
  const query = await turn.parse(only.words, turn.language);
  const meant = refusing ? { ...query, wanted: together(query) } : query;
  return turn.fitting(meant, [talkedOf]).length > 0 ? { kind: 'found', products: [talkedOf] } : resolved;
}

/** What is wanted and what is not. */
function together({ wanted, unwanted }: StructuredQuery): Attributes {
  const lists = (['kinds', 'groups', 'colors', 'materials', 'patterns', 'brands'] as const).map(
    (name) => [name, [...wanted[name], ...unwanted[name]]] as const,
  );
  return { ...wanted, ...Object.fromEntries(lists) };
}
