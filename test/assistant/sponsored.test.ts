import { type Auction, sponsoredPage } from '../../src/assistant/sponsored';
import type { Constraint, RankedProduct } from '../../src/domain';
import { EvaluationRandom } from '../../src/training';
import { product } from '../support/data-dir';

const NOW = Date.UTC(2026, 10, 27);
const HOUR = 3_600_000;
const SIZE = 6;

function result(id: string, score: number, missing: readonly Constraint[] = [], quantity = 9): RankedProduct {
  return { product: product({ id, title: id, quantity }), score, why: { words: [], attributes: {}, missing } };
}

const auction = (bids: Readonly<Record<string, number>>, more: Partial<Auction> = {}): Auction => ({
  bids: Object.entries(bids).map(([productId, minor]) => ({ productId, amount: { minor, currency: 'EUR' } })),
  worth: ({ minor }) => minor,
  shown: [],
  now: NOW,
  ...more,
});

/** Ten results, p0 the best; all of them relevant enough. */
const ten = Array.from({ length: 10 }, (_, i) => result(`p${i}`, 1 - i * 0.01));
const page = (ranked: readonly RankedProduct[], bids: Auction, offset = 0) => {
  const { results, used } = sponsoredPage(ranked, { offset, size: SIZE }, bids);
  return { ids: results.map(({ product: { id }, sponsored }) => (sponsored ? `$${id}` : id)).join(' '), used };
};

it('puts one paid result at the second place, and leaves out no other for good', () => {
  expect(page(ten, auction({ p8: 10, p9: 5 }))).toEqual({ ids: 'p0 $p8 p1 p2 p3 p4', used: 5 });
  expect(page(ten, auction({ p8: 10 }), 5)).toEqual({ ids: '$p8 p5 p6 p7 p9', used: 5 });
  // From the page itself: the next one starts where it always did.
  expect(page(ten, auction({ p4: 10 }))).toEqual({ ids: 'p0 $p4 p1 p2 p3 p5', used: 6 });
});

it('marks nothing that stands where it would anyway', () => {
  expect(page(ten, auction({ p0: 10, p1: 10 })).ids).toBe('p0 p1 p2 p3 p4 p5');
  expect(page(ten, auction({})).ids).toBe('p0 p1 p2 p3 p4 p5');
});

it('takes the highest bid × relevance, then relevance', () => {
  const ranked = [result('a', 1), result('b', 0.99), result('c', 0.9), result('d', 0.85), result('e', 0.9)];
  expect(page(ranked, auction({ c: 100, d: 105 })).ids).toContain('$c');
  expect(page(ranked, auction({ c: 100, d: 107 })).ids).toContain('$d');
  expect(page(ranked, auction({ e: 100, c: 100 })).ids).toContain('$c');
});

it.each([
  ['is much less relevant than the first', [result('a', 1), result('b', 0.9), result('c', 0.79)], auction({ c: 99 })],
  ['is sold out', [result('a', 1), result('b', 0.9), result('c', 0.9, [], 0)], auction({ c: 99 })],
  ['bids nothing', [result('a', 1), result('b', 0.9), result('c', 0.9)], auction({ c: 0 })],
  [
    'bids in a currency without a rate',
    [result('a', 1), result('b', 0.9), result('c', 0.9)],
    auction({ c: 99 }, { worth: () => undefined }),
  ],
  [
    'was shown twice within a day',
    [result('a', 1), result('b', 0.9), result('c', 0.9)],
    auction(
      { c: 99 },
      {
        shown: [23, 1].map((hours) => ({ productId: 'c', at: NOW - hours * HOUR })),
      },
    ),
  ],
])('gives no place to what %s', (_what, ranked, bids) => {
  expect(page(ranked, bids).ids).toBe('a b c');
});

it('gives a place again when the day is over', () => {
  const ranked = [result('a', 1), result('b', 0.9), result('c', 0.9)];
  const shown = [25, 1].map((hours) => ({ productId: 'c', at: NOW - hours * HOUR }));
  expect(page(ranked, auction({ c: 99 }, { shown })).ids).toBe('a $c b');
});

it('keeps what lacks something below all that has everything', () => {
  const ranked = [
    result('a', 1),
    result('b', 0.99),
    result('c', 0.95, ['size']),
    result('d', 0.94, ['size']),
    result('e', 0.93, ['color']),
  ];
  expect(page(ranked, auction({ e: 99 })).ids).toBe('a b $e c d');
  const exactLast = [...ranked, result('f', 0.9)];
  expect(page(exactLast, auction({ e: 99 })).ids).toBe('a b c d e f');
});

it('holds its rules in random rankings', () => {
  const random = new EvaluationRandom(5);
  let sold = 0;
  for (let round = 0; round < 3_000; round++) {
    const ranked = Array.from({ length: 1 + random.below(20) }, (_, i) =>
      result(`p${i}`, random.next(), random.next() < 0.5 ? ['color'] : [], random.below(4)),
    ).sort((a, b) => b.score - a.score);
    const bids = Object.fromEntries(ranked.map(({ product: { id } }) => [id, random.below(3) * random.below(100)]));
    const offset = random.below(2) * random.below(ranked.length);
    const { results, used } = sponsoredPage(ranked, { offset, size: SIZE }, auction(bids));
    const paid = results.filter(({ sponsored }) => sponsored);
    expect(results.length).toBeLessThanOrEqual(SIZE);
    expect(paid.length).toBeLessThanOrEqual(1);
    const organic = results.filter(({ sponsored }) => !sponsored);
    const place = results.findIndex(({ sponsored }) => sponsored);
    const expected = ranked.slice(offset, offset + used).filter(({ product: { id } }) => id !== paid[0]?.product.id);
    expect(organic.map(({ product: { id } }) => id)).toEqual(expected.map(({ product: { id } }) => id));
    if (!paid[0]) continue;
    sold += 1;
    expect(offset + place).toBeGreaterThanOrEqual(1);
    expect(paid[0].score).toBeGreaterThanOrEqual(0.8 * (ranked[0]?.score ?? 0));
    if (paid[0].why.missing.length > 0)
      expect(results.slice(place + 1).every(({ why }) => why.missing.length > 0)).toBe(true);
  }
  expect(sold).toBeGreaterThan(200);
});
