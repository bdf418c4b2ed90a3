import type { EvaluationRandom } from '../evaluation';
import type { Draft } from './draft';
import type { TrainingItem } from './items';

/** Draws of what a simulated shopper liked, at most, and at least; what is drawn again counts again in the taste. */
const LIKED = 5;
const LEAST = 2;

/**
 * A query as a simulated shopper asks it who liked things of other kinds in a product's colour, or of its maker: answers that
 * have it, too, gain 1 more. Undefined where that tells no answers apart, or there is too little to like.
 */
export function withTaste(
  draft: Draft,
  number: number,
  items: readonly TrainingItem[],
  random: EvaluationRandom,
): Draft | undefined {
  const item = items[number];
  const taste = random.next() < 0.5 ? 'colors' : 'brands';
  const value = item?.attributes[taste][0];
  if (!item || value === undefined) return undefined;
  const has = (other: number) => items[other]?.attributes[taste].includes(value) ?? false;
  const answers = [...draft.relevant.keys()];
  if (!answers.some(has) || answers.every(has)) return undefined;
  const liked: number[] = [];
  for (let tries = 0; tries < 200 && liked.length < LIKED; tries++) {
    const other = random.below(items.length);
    const { attributes, group } = items[other] ?? item;
    if (group !== item.group && attributes.kinds[0] !== item.attributes.kinds[0] && has(other)) liked.push(other);
  }
  if (liked.length < LEAST) return undefined;
  const relevant = new Map([...draft.relevant].map(([other, gain]) => [other, gain + Number(has(other))]));
  return { ...draft, liked, relevant };
}
