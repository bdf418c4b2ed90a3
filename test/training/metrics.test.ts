import { accuracyAtOne, judgedAt, ndcgAt, rankResults, recallAt, reciprocalRank, rightAt } from '../../src/training';
import { catalogue, inOrder, labels } from './fixtures';

const shop = catalogue('a', 'b', 'c', 'd', 'e', 'f');
const wanted = labels({ a: 3, b: 2, c: 1 }, shop);
const rank = (...ids: string[]) => rankResults(inOrder(...ids), wanted, shop);

describe('rank metrics', () => {
  it('match hand-computed values', () => {
    const ranked = rank('d', 'c', 'a', 'e');
    expect(recallAt(ranked, wanted, 1)).toBe(0);
    expect(recallAt(ranked, wanted, 2)).toBe(1 / 2);
    expect(recallAt(ranked, wanted, 5)).toBe(2 / 3);
    expect(reciprocalRank(ranked)).toBe(1 / 2);
    expect(judgedAt(ranked, 10)).toBe(2 / 4);
    expect(accuracyAtOne(ranked)).toBe(0);
    // DCG = 1/log2 3 + 7/log2 4; ideal = 7 + 3/log2 3 + 1/2
    expect(ndcgAt(ranked, wanted, 10)).toBeCloseTo((0.63093 + 3.5) / 9.39279, 5);
    // DCG = 1 + 7/log2 3 = 5.41651
    expect(ndcgAt(rank('c', 'a', 'd'), wanted, 10)).toBeCloseTo(0.57667, 5);
  });

  it('are 1 for the ideal ranking and 0 for none', () => {
    const ideal = rank('a', 'b', 'c', 'd');
    expect([ndcgAt(ideal, wanted, 10), recallAt(ideal, wanted, 1), reciprocalRank(ideal)]).toEqual([1, 1, 1]);
    expect(accuracyAtOne(ideal)).toBe(1);
    const none = rank();
    expect([ndcgAt(none, wanted, 10), recallAt(none, wanted, 10), reciprocalRank(none)]).toEqual([0, 0, 0]);
    expect(accuracyAtOne(none)).toBe(0);
    expect(judgedAt(none, 10)).toBeNull();
  });

  it('cut at k', () => {
    const many = catalogue(...Array.from({ length: 30 }, (_, i) => `p${i}`));
    const one = labels({ p20: 1 }, many);
    const ranked = rankResults(inOrder(...Array.from({ length: 30 }, (_, i) => `p${i}`)), one, many);
    expect(ndcgAt(ranked, one, 10)).toBe(0);
    expect(recallAt(ranked, one, 10)).toBe(0);
    expect(reciprocalRank(ranked)).toBe(1 / 21);
  });

  it('stay finite for huge and tiny gains', () => {
    const huge = labels({ a: 5000, b: 4999 }, shop);
    expect(ndcgAt(rankResults(inOrder('b', 'a'), huge, shop), huge, 10)).toBeCloseTo(
      (0.5 + 1 / Math.log2(3)) / (1 + 0.5 / Math.log2(3)),
      10,
    );
    const tiny = labels({ a: 1e-20 }, shop);
    expect(ndcgAt(rankResults(inOrder('a'), tiny, shop), tiny, 10)).toBe(1);
  });
});

describe('variants of one item', () => {
  const variants = catalogue('red/shoe', 'blue/shoe', 'green/shoe', 'hat');
  const judgement = labels({ red: 3, blue: 1, hat: 1 }, variants);
  const score = (...ids: string[]) => rankResults(inOrder(...ids), judgement, variants);

  it('count once, the first', () => {
    expect(score('blue', 'red', 'hat').map(({ gain }) => gain)).toEqual([1, 1]);
  });

  it('have the ideal and the denominator over groups', () => {
    expect(judgement.ideal).toEqual([3, 1]);
    expect(recallAt(score('blue', 'hat'), judgement, 10)).toBe(1);
    expect(ndcgAt(score('red', 'hat'), judgement, 10)).toBe(1);
  });

  it('earn the gain of the variant returned', () => {
    const ideal = 7 + 1 / Math.log2(3);
    expect(ndcgAt(score('blue', 'hat'), judgement, 10)).toBeCloseTo((1 + 1 / Math.log2(3)) / ideal, 10);
    const wrong = score('green', 'hat');
    expect(ndcgAt(wrong, judgement, 10)).toBeCloseTo(1 / Math.log2(3) / ideal, 10);
    expect(recallAt(wrong, judgement, 10)).toBe(1 / 2);
    expect(judgedAt(wrong, 10)).toBe(1 / 2);
    expect(accuracyAtOne(wrong)).toBe(0);
  });

  it.each([
    [['red', 'hat'], 1, 1],
    [['hat', 'red'], 0, 1],
    [['blue', 'red', 'hat'], 0, 0], // the right item in another colour hides the right one
    [['hat'], 0, 0],
    [[], 0, 0],
  ])('are right by the variant returned: %j', (ids, first, five) => {
    expect([rightAt(score(...ids), judgement, 1), rightAt(score(...ids), judgement, 5)]).toEqual([first, five]);
  });

  it('are right beyond the first five nowhere', () => {
    const many = catalogue('a', 'b', 'c', 'd', 'e', 'f');
    const last = labels({ f: 2, e: 1 }, many);
    expect(rightAt(rankResults(inOrder('a', 'b', 'c', 'd', 'e', 'f'), last, many), last, 5)).toBe(0);
    expect(rightAt(rankResults(inOrder('a', 'b', 'c', 'd', 'f', 'e'), last, many), last, 5)).toBe(1);
  });
});
