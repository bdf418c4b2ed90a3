import { precisionRecallCurve, rankResults, recallCurve, rocAuc, rocCurve, thinned } from '../../src/training';
import { catalogue, inOrder, labels, pairsOf } from './fixtures';

describe('recallCurve', () => {
  it('is the mean capped recall at each k', () => {
    const groups = catalogue('a', 'b', 'c', 'd');
    const answered = (gains: Record<string, number>, ...ids: string[]) => {
      const judgement = labels(gains, groups);
      const ranked = rankResults(inOrder(...ids), judgement, groups);
      return { judgement, pairs: { ranked, relevant: judgement.ideal.length, irrelevant: 0 } };
    };
    // First query: relevant a and b, found c a b: 0, 1/2, 1. Second: relevant d, found d: 1, 1, 1.
    const queries = [answered({ a: 1, b: 1 }, 'c', 'a', 'b'), answered({ d: 1 }, 'd')];
    expect(recallCurve(queries, 3)).toEqual([0.5, 0.75, 1]);
    expect(recallCurve([], 3)).toEqual([]);
  });
});

describe('rocCurve', () => {
  it('goes through every threshold, then straight to what was not returned', () => {
    // Relevant at 0.9 and 0.5, one missed; irrelevant at 0.7, three not returned: 3 positives, 4 negatives.
    expect(rocCurve([pairsOf([0.9, 0.5], [0.7], 1, 3)])).toEqual([
      [0, 0],
      [0, 1 / 3],
      [1 / 4, 1 / 3],
      [1 / 4, 2 / 3],
      [1, 1],
    ]);
  });

  it('takes equal scores in one step, over all queries', () => {
    expect(rocCurve([pairsOf([0.5], []), pairsOf([], [0.5, 0.1])])).toEqual([
      [0, 0],
      [0.5, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  it('has the AUC below it', () => {
    const queries = [pairsOf([0.9, 0.4, 0.4], [0.8, 0.4, 0.1], 2, 5), pairsOf([0.3], [0.9, -Infinity], 0, 1)];
    const area = rocCurve(queries).reduce((sum, [x, y], i, all) => {
      const [beforeX, beforeY] = all[i - 1] ?? [0, 0];
      return sum + ((x - beforeX) * (y + beforeY)) / 2;
    }, 0);
    expect(area).toBeCloseTo(rocAuc(queries) ?? Number.NaN, 12);
  });

  it('is empty for one class and straight where nothing was returned', () => {
    expect(rocCurve([pairsOf([0.9], [])])).toEqual([]);
    expect(rocCurve([pairsOf([], [], 1, 1)])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });
});

describe('precisionRecallCurve', () => {
  it('has a point for every threshold', () => {
    expect(precisionRecallCurve([pairsOf([0.9, 0.5], [0.7], 2)])).toEqual([
      [1 / 4, 1],
      [1 / 4, 1 / 2],
      [2 / 4, 2 / 3],
    ]);
    expect(precisionRecallCurve([pairsOf([0.5], [0.5])])).toEqual([[1, 1 / 2]]);
  });

  it('is empty where nothing was returned or nothing is relevant', () => {
    expect(precisionRecallCurve([pairsOf([], [], 3)])).toEqual([]);
    expect(precisionRecallCurve([pairsOf([], [0.4])])).toEqual([]);
  });
});

describe('thinned', () => {
  it('keeps the ends and every point before a gap', () => {
    const points = [0, 0.1, 0.2, 0.3, 0.4, 1].map((x): [number, number] => [x, 0]);
    expect(thinned(points, 0.25).map(([x]) => x)).toEqual([0, 0.2, 0.4, 1]);
    expect(thinned(points, 0)).toEqual(points);
    expect(thinned([], 0.5)).toEqual([]);
  });
});
