import { type LoggedSearch, NO_ATTRIBUTES, type Product } from '../../../src/domain';
import {
  alsoRightOf,
  clickExamples,
  type Dataset,
  EvaluationRandom,
  type Example,
  itemOf,
  MOST_OF_SHOPPER,
  scoreRanking,
  splitOf,
  VectorList,
} from '../../../src/training';
import { BalancedSampler } from '../../../src/training/fusion/sampler';
import { vector } from '../../fusion/support';

const ENCODER = { encoder: 'words@1', space: 'test' };
const OPTIONS = { space: 'test', encoders: { words: 'words@1' } };
const product = (id: string): Product => ({ id, title: id, additionalImageLinks: [], reviews: [], texts: {} });

/** Ids of products that are trained on. */
const IDS = Array.from({ length: 40 }, (_, i) => `p${i}`)
  .filter((id) => splitOf(id) === 'train')
  .slice(0, 6);
const dataset = (): Pick<Dataset, 'items' | 'vectors'> => ({
  items: IDS.map((id) => itemOf(product(id), NO_ATTRIBUTES, { words: vector(id) })),
  vectors: new VectorList(16),
});

/** A search that showed all products, in their order, the scores alike; a click on some of the places, from 1. */
function search(shopper: number, clicked: LoggedSearch['places'][number]['clicked'][], more = {}): LoggedSearch {
  return {
    shopper,
    at: 0,
    query: { words: { ...ENCODER, vector: vector(`asked/${shopper}`) } },
    places: IDS.map((productId, i) => ({
      productId,
      sponsored: false,
      place: i + 1,
      score: 0.5,
      ...(clicked[i] && { clicked: clicked[i] }),
    })),
    ...more,
  };
}

/** 240 searches of 24 shoppers; the third place is clicked half as often as the first. */
const SEARCHES = Array.from({ length: 240 }, (_, i) =>
  search(Math.floor(i / 10), i % 3 === 2 ? [undefined, undefined, 'view'] : ['view']),
);

const weightsOf = ({ train }: { readonly train: readonly Example[] }) =>
  IDS.map((_, number) => train.filter(({ relevant }) => relevant.has(number)).map(({ weight = 0 }) => weight));

test('a click counts by how seldom its place is looked at, and what was shown beside it is less right', () => {
  const set = dataset();
  const made = clickExamples(SEARCHES, set, OPTIONS);
  const [first = 0, , third = 0] = made.propensities;
  // Clicks say 0.5; the curve that places without clicks follow pulls it down.
  expect(third / first).toBeLessThan(0.55);
  expect(third / first).toBeGreaterThan(0.35);
  expect(made.counts).toEqual({ searches: 240, shoppers: 24, otherEncoders: 0, greedy: 0 });
  const [ofFirst, , ofThird] = weightsOf(made);
  expect([ofFirst?.length, ofThird?.length]).toEqual([160, 80]);
  expect((ofThird?.[0] ?? 0) / (ofFirst?.[0] ?? 0)).toBeCloseTo(first / third, 6);
  const all = made.train.map(({ weight = 0 }) => weight);
  expect(all.reduce((sum, value) => sum + value, 0) / all.length).toBeCloseTo(1, 6);
  const [example] = made.train;
  expect([example?.type, [...(example?.shown ?? [])]]).toEqual(['clicks', [1, 2, 3, 4, 5]]);
  expect(set.vectors.at(example?.tokens.words ?? -1)).toEqual(vector('asked/0'));
  const raw = weightsOf(clickExamples(SEARCHES, dataset(), { ...OPTIONS, corrected: false }));
  expect(raw[2]?.[0]).toBe(raw[0]?.[0]);
});

test('a purchase counts more than a like, and that more than a look; no click more than ten others', () => {
  const more = [search(30, ['like']), search(31, ['purchase']), search(32, [...Array(5), 'view'])];
  const [ofFirst = [], , , , , ofLast = []] = weightsOf(clickExamples([...SEARCHES, ...more], dataset(), OPTIONS));
  const [view = 0] = ofFirst;
  expect(ofFirst.slice(-2).map((weight) => weight / view)).toEqual([expect.closeTo(2, 6), expect.closeTo(3, 6)]);
  expect(ofLast).toHaveLength(1);
  expect((ofLast[0] ?? 0) / view).toBeGreaterThan(1);
  expect((ofLast[0] ?? 0) / view).toBeLessThanOrEqual(10);
});

test('sponsored places teach nothing, and the places below them are where they were', () => {
  const paid = SEARCHES.map(({ places, ...rest }) => ({
    ...rest,
    places: places.map((place, i) => ({ ...place, sponsored: i === 0 })),
  }));
  const made = clickExamples(paid, dataset(), OPTIONS);
  expect(made.counts.searches).toBe(80);
  const enough = Array.from({ length: 3 }, (_, i) =>
    paid.map((each) => ({ ...each, shopper: each.shopper + 100 * i })),
  ).flat();
  const { train } = clickExamples(enough, dataset(), OPTIONS);
  expect(train.length).toBe(240);
  for (const { relevant, shown } of train)
    expect([...relevant.keys(), ...(shown ?? [])].sort()).toEqual([1, 2, 3, 4, 5]);
});

describe('what can not be learnt from', () => {
  test.each([
    ['searches', SEARCHES.slice(0, 199), { searches: 199, shoppers: 20 }],
    [
      'shoppers',
      SEARCHES.map((each) => ({ ...each, shopper: each.shopper % 19 })).sort((a, b) => a.shopper - b.shopper),
      { shoppers: 19 },
    ],
  ])('too few %s', (_name, searches, counts) => {
    const made = clickExamples(searches, dataset(), OPTIONS);
    expect([made.train, made.validation, made.propensities]).toEqual([[], [], []]);
    expect(made.counts).toMatchObject(counts);
  });

  test.each([
    ['other encoders', { words: { ...ENCODER, encoder: 'words@0' } }],
    ['another space', { words: { ...ENCODER, space: 'other' } }],
    ['a photo that no encoder serves for', { photo: { ...ENCODER } }],
    ['nothing', {}],
  ])('queries of %s', (_name, made) => {
    const query = Object.fromEntries(
      Object.entries(made).map(([name, each]) => [name, { ...each, vector: vector('q') }]),
    );
    const strange = Array.from({ length: 9 }, () => search(50, ['view'], { query }));
    const { counts, train } = clickExamples([...SEARCHES, ...strange], dataset(), OPTIONS);
    expect([counts.otherEncoders, counts.searches, train.length]).toEqual([9, 240, 240]);
  });

  test('products that are no longer sold, or kept from training', () => {
    const gone = SEARCHES.map(({ places, ...rest }) => ({
      ...rest,
      places: places.map((place, i) => ({ ...place, ...(i === 2 && { productId: 'gone' }) })),
    }));
    const { train } = clickExamples(gone, dataset(), OPTIONS);
    expect(train).toHaveLength(160);
    expect(train[0]?.shown).toEqual([1, 3, 4, 5]);
  });
});

describe('a poisoned log', () => {
  test('of a shopper who clicks everything counts for nothing', () => {
    const greedy = Array.from({ length: 500 }, () => search(99, Array(6).fill('purchase')));
    const made = clickExamples([...SEARCHES, ...greedy], dataset(), OPTIONS);
    expect(made.counts).toMatchObject({ searches: 240, shoppers: 24, greedy: MOST_OF_SHOPPER });
    expect(made.train).toEqual(clickExamples(SEARCHES, dataset(), OPTIONS).train);
  });

  test('of a shopper who clicks one place all the time counts as one shopper', () => {
    const bot = Array.from({ length: 5_000 }, () => search(99, [...Array(5), 'purchase']));
    const made = clickExamples([...SEARCHES, ...bot], dataset(), OPTIONS);
    const [, , , , , ofLast = []] = weightsOf(made);
    expect(ofLast).toHaveLength(MOST_OF_SHOPPER);
    expect(made.propensities[5]).toBeLessThan(0.6);
  });
});

test('clicks are at most 30 % of what is drawn, and no more than there are', () => {
  const example = (type: Example['type'], kind: string): Example => ({
    type,
    tokens: {},
    relevant: new Map([[0, 1]]),
    kind,
  });
  const share = (clicks: number, others: number) => {
    const examples = [
      ...Array.from({ length: others }, (_, i) => example(i % 2 === 0 ? 'text' : 'photo', 'mug')),
      ...Array.from({ length: clicks }, () => example('clicks', 'mug')),
    ];
    const sampler = new BalancedSampler(examples, new EvaluationRandom('sampler'));
    const drawn = Array.from({ length: 4_000 }, () => examples[sampler.next()]?.type);
    return drawn.filter((type) => type === 'clicks').length / drawn.length;
  };
  expect(share(0, 100)).toBe(0);
  expect(share(10, 90)).toBeCloseTo(0.1, 1);
  expect(share(900, 100)).toBeCloseTo(0.3, 1);
  expect(share(10, 0)).toBe(1);
});

test('a click is compared with what was shown beside it only: of the rest of a batch nobody knows', () => {
  const relevant = (number: number) => new Map([[number, 1]]);
  const examples: Example[] = [
    { type: 'clicks', tokens: {}, relevant: relevant(0), kind: '', shown: [3, 4] },
    { type: 'text', tokens: {}, relevant: new Map([...relevant(1), [0, 0.5]]), kind: '' },
  ];
  expect([...alsoRightOf(examples, [0, 1, 3, 2])]).toEqual([0, 1, 0, 1, 0.5, 0, 0, 0]);
});

test('a ranking of clicks is scored among what was shown, by their weights', () => {
  const axes = IDS.map((_, i) => IDS.map((__, j) => Number(i === j)));
  const products = { data: Float32Array.from(axes.flat()), count: IDS.length, dimensions: IDS.length };
  const clicked = (number: number, shown: readonly number[], weight: number): Example => ({
    type: 'clicks',
    tokens: {},
    relevant: new Map([[number, 1]]),
    kind: '',
    shown,
    weight,
  });
  // The query is nearest to 0, then 1, 2 …
  const row = IDS.map((_, i) => 1 - i / 10);
  const queries = { data: Float32Array.from([...row, ...row]), count: 2, dimensions: IDS.length };
  const examples = [clicked(2, [4, 5], 3), clicked(5, [4], 1)];
  const { ndcg10 } = scoreRanking(examples, queries, products, IDS);
  expect(ndcg10).toBeCloseTo((3 * 1 + 1 / Math.log2(3)) / 4, 6);
});
