import type { App } from '../../../src/app';
import { type Attributes, groupOf } from '../../../src/domain';
import { type EvaluationRandom, type Split, splitOf } from '../../../src/training';

/** A product as those who draw queries see it. */
export interface Entry {
  readonly id: string;
  readonly group: string;
  readonly split: Split;
  /** Its first picture: products of one look can't be told apart by a photo. */
  readonly look: string;
  /** False where training may have seen a product of the same look. */
  readonly unseen: boolean;
  readonly attributes: Attributes;
}

export const kindOf = ({ attributes }: Entry): string => attributes.kinds[0] ?? '';

/** All products of an app. */
export function entriesOf(app: App): Entry[] {
  const products = [...app.products.batches(1_000)].flat();
  const lookOf = (product: (typeof products)[number]) => product.imageLink ?? product.id;
  const seen = new Set(products.filter((product) => splitOf(groupOf(product)) === 'train').map(lookOf));
  return products.map((product) => ({
    id: product.id,
    group: groupOf(product),
    split: splitOf(groupOf(product)),
    look: lookOf(product),
    unseen: !seen.has(lookOf(product)),
    attributes: app.tagger.tag(product),
  }));
}

/** At most `count` of a list, in their order; which ones is up to `random`. */
export function sample<T>(list: readonly T[], count: number, random: EvaluationRandom): T[] {
  const left = [...list.keys()];
  while (left.length > count) left.splice(random.below(left.length), 1);
  return left.flatMap((number) => list.slice(number, number + 1));
}

/** One of a list; throws a RangeError for an empty one. */
export function pick<T>(list: readonly T[], random: EvaluationRandom): T {
  if (list.length === 0) throw new RangeError('there is nothing to pick from');
  return list[random.below(list.length)] as T;
}
