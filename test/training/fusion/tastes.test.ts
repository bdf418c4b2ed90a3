import { type Attributes, NO_ATTRIBUTES, type Product } from '../../../src/domain';
import { type Draft, EvaluationRandom, itemOf } from '../../../src/training';
import { withTaste } from '../../../src/training/fusion/tastes';
import { vector } from '../../fusion/support';

const item = (id: string, kind: string, color: string, brand: string) => {
  const product: Product = { id, title: id, additionalImageLinks: [], reviews: [], texts: {} };
  const attributes: Attributes = { ...NO_ATTRIBUTES, kinds: [kind], colors: [color], brands: [brand] };
  return itemOf(product, attributes, { words: vector(id) });
};
const ITEMS = [
  item('mug-red', 'mug', 'red', 'Aurora'),
  item('mug-blue', 'mug', 'blue', 'Borea'),
  item('hat-red', 'hat', 'red', 'Aurora'),
  item('bag-red', 'bag', 'red', 'Aurora'),
  item('hat-blue', 'hat', 'blue', 'Borea'),
];
const DRAFT: Draft = {
  type: 'text',
  language: 'en',
  text: 'a mug',
  asked: NO_ATTRIBUTES,
  relevant: new Map([
    [0, 1],
    [1, 1],
  ]),
  kind: 'mug',
};

it('lets a shopper like things of other kinds that share a trait with one answer, which then gains more', () => {
  const found = withTaste(DRAFT, 0, ITEMS, new EvaluationRandom('taste'));
  expect(found?.relevant).toEqual(
    new Map([
      [0, 2],
      [1, 1],
    ]),
  );
  expect(new Set(found?.liked)).toEqual(new Set([2, 3]));
});

it.each([
  ['there is nothing to like', 1, ITEMS.slice(0, 4), DRAFT],
  ['it tells no answers apart', 0, ITEMS, { ...DRAFT, relevant: new Map([[0, 1]]) }],
])('gives no taste where %s', (_, number, items, draft) => {
  expect(withTaste(draft, number, items, new EvaluationRandom('taste'))).toBeUndefined();
});
