import {
  bestThreshold,
  countByCrossFitting,
  countByValidation,
  countPairs,
  halfOf,
  precisionRecallF1,
  type QueryPairs,
  RocAuc,
  rocAuc,
} from '../../src/training';
import { pairsOf } from './fixtures';

describe('precision, recall and F1', () => {
  it('count pairs at or above the threshold, and what was not returned', () => {
    const counts = countPairs(pairsOf([0.9, 0.5], [0.7, 0.2], 1), 0.5);
    expect(counts).toEqual({ hits: 2, accepted: 3, relevant: 3 });
    expect(precisionRecallF1(counts)).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 });
  });

  it('are null over nothing, 0 for a system that returns nothing', () => {
    expect(precisionRecallF1({ hits: 0, accepted: 0, relevant: 0 })).toEqual({
      precision: null,
      recall: null,
      f1: null,
    });
    expect(precisionRecallF1({ hits: 0, accepted: 0, relevant: 2 })).toEqual({ precision: null, recall: 0, f1: 0 });
  });
});

describe('ROC-AUC', () => {
  it('is the rank statistic with ties counted half', () => {
    // pairs: 3>2, 3>1, 2=2, 2>1 → 3.5 of 4
    expect(rocAuc([pairsOf([3, 2], [2, 1])])).toBe(3.5 / 4);
  });

  it('pools queries', () => {
    // positives 3 and 1; negatives 2 and 0: wins 2 + 1 of 4
    expect(rocAuc([pairsOf([3], [2]), pairsOf([1], [0])])).toBe(3 / 4);
  });

  it('takes pairs that were not returned as −Infinity, tied with one another', () => {
    // positives 5, −∞; negatives 1, −∞, −∞: 3 + (0 + 0.5 + 0.5) of 6
    expect(rocAuc([pairsOf([5], [1], 1, 2)])).toBeCloseTo(4 / 6, 12);
    expect(rocAuc([pairsOf([], [], 2, 3)])).toBe(0.5);
    expect(rocAuc([pairsOf([-Infinity], [], 0, 1)])).toBe(0.5);
  });

  it('is null for one class only', () => {
    expect(rocAuc([pairsOf([1, 2], [])])).toBeNull();
    expect(rocAuc([pairsOf([], [1, 2])])).toBeNull();
    expect(rocAuc([])).toBeNull();
  });

  it('weighs queries as if they were repeated', () => {
    const [a, b] = [pairsOf([3, 1], [2], 0, 2), pairsOf([1], [4, 0], 1)];
    expect(new RocAuc([a, b]).value([3, 1])).toBeCloseTo(rocAuc([a, a, a, b]) ?? -1, 12);
    expect(new RocAuc([a, b]).value([0, 1])).toBeCloseTo(rocAuc([b]) ?? -1, 12);
  });
});

describe('thresholds', () => {
  it('maximise F1; equal scores are accepted together', () => {
    expect(bestThreshold([pairsOf([0.9, 0.8], [0.1])])).toBe(0.8);
    // at 0.5: 1 hit of 2; at 0.4: 2 hits of 3
    expect(bestThreshold([pairsOf([0.5, 0.4], [0.5, 0.3])])).toBe(0.4);
    expect(bestThreshold([pairsOf([], [], 1)])).toBeUndefined();
  });

  it('come from the validation queries', () => {
    const { counts, thresholds } = countByValidation([pairsOf([0.9, 0.2], [0.1])], [pairsOf([0.5], [0.4])]);
    expect(thresholds).toEqual([0.5]);
    expect(counts).toEqual([{ hits: 1, accepted: 1, relevant: 2 }]);
  });

  it('are never chosen on the half that is reported', () => {
    const other = pairsOf([0.6], [0.5]);
    const reported: QueryPairs[] = [pairsOf([0.9], [0.1]), pairsOf([0.3], [0.2]), pairsOf([], [7]), pairsOf([], [])];
    for (const own of reported) {
      const { counts, thresholds } = countByCrossFitting([own, other], [0, 1]);
      expect(thresholds[0]).toBe(0.6);
      expect(counts[0]).toEqual(countPairs(own, 0.6));
      expect(thresholds[1]).toBe(bestThreshold([own]) ?? null);
    }
  });

  it('accept everything where the other half is empty', () => {
    const { counts, thresholds } = countByCrossFitting([pairsOf([0.9], [0.1])], [1]);
    expect(thresholds).toEqual([0.9, null]);
    expect(counts).toEqual([{ hits: 1, accepted: 2, relevant: 1 }]);
  });

  it('halve by the words, near the middle', () => {
    expect(halfOf('red shoe')).toBe(halfOf('red shoe'));
    const halves = Array.from({ length: 1000 }, (_, i): number => halfOf(`query ${i}`));
    const share = halves.reduce((sum, half) => sum + half, 0) / 1000;
    expect(share).toBeGreaterThan(0.44);
    expect(share).toBeLessThan(0.56);
  });
});
