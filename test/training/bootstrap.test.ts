import {
  bootstrapInterval,
  bootstrapStatistic,
  EvaluationRandom,
  pairedBootstrap,
  quantile,
  stratifiedBootstrap,
} from '../../src/training';

const uniform = (seed: string, count: number) => {
  const random = new EvaluationRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe('bootstrapInterval', () => {
  it('repeats itself for a seed and differs for another', () => {
    const values = uniform('values', 40);
    expect(bootstrapInterval(values, { seed: 7 })).toEqual(bootstrapInterval(values, { seed: 7 }));
    expect(bootstrapInterval(values, { seed: 7 })).not.toEqual(bootstrapInterval(values, { seed: 8 }));
  });

  it('covers the true mean about 95 times of 100, with the width that theory gives', () => {
    const trials = Array.from({ length: 300 }, (_, trial) =>
      bootstrapInterval(uniform(`trial ${trial}`, 60), { samples: 300, seed: trial }),
    );
    const covered = trials.filter(({ low, high }) => low <= 0.5 && 0.5 <= high).length / trials.length;
    expect(covered).toBeGreaterThan(0.9);
    expect(covered).toBeLessThan(0.99);
    const width = trials.reduce((sum, { low, high }) => sum + high - low, 0) / trials.length;
    expect(width).toBeCloseTo(2 * 1.96 * Math.sqrt(1 / 12 / 60), 1);
  });

  it('is a point for one value or equal values, and refuses none', () => {
    expect(bootstrapInterval([0.4], { seed: 1 })).toEqual({ mean: 0.4, low: 0.4, high: 0.4 });
    expect(bootstrapInterval([1, 1, 1], { seed: 1 })).toEqual({ mean: 1, low: 1, high: 1 });
    expect(() => bootstrapInterval([], { seed: 1 })).toThrow(RangeError);
  });
});

describe('bootstrapStatistic', () => {
  it('leaves out resamples without a value', () => {
    const onlyFirst = (weights: Float64Array) => ((weights[0] ?? 0) > 0 ? 5 : null);
    expect(bootstrapStatistic(3, onlyFirst, { seed: 1 })).toEqual({ mean: 5, low: 5, high: 5 });
    expect(bootstrapStatistic(3, () => null, { seed: 1 })).toBeNull();
    expect(bootstrapStatistic(0, () => 1, { seed: 1 })).toBeNull();
  });
});

describe('pairedBootstrap', () => {
  it('is sure of a constant difference', () => {
    const b = uniform('b', 30);
    const paired = pairedBootstrap(
      b.map((value) => value + 0.1),
      b,
      { seed: 1 },
    );
    expect(paired.difference).toBeCloseTo(0.1, 10);
    expect(paired.low).toBeCloseTo(0.1, 10);
    expect(paired.pValue).toBe(0);
  });

  it('gives p 1 for equal systems and about a half for noise', () => {
    const a = uniform('a', 200);
    expect(pairedBootstrap(a, a, { seed: 1 })).toEqual({ difference: 0, low: 0, high: 0, pValue: 1 });
    const noise = a.map((value, i) => value + (i % 2 === 0 ? 0.1 : -0.1));
    const { pValue, low, high } = pairedBootstrap(noise, a, { seed: 1 });
    expect(Math.abs(pValue - 0.5)).toBeLessThan(0.1);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });

  it('counts the share of resamples at or below zero', () => {
    // a resample of two is at or below 0 only when the second is drawn twice: a quarter
    expect(pairedBootstrap([3, 0], [0, 1], { seed: 3, samples: 4000 }).pValue).toBeCloseTo(0.25, 1);
  });

  it('refuses lists of different lengths', () => {
    expect(() => pairedBootstrap([1], [1, 2], { seed: 1 })).toThrow(RangeError);
  });
});

describe('stratifiedBootstrap', () => {
  it('counts strata alike, whatever their sizes', () => {
    const found = stratifiedBootstrap([Array<number>(99).fill(0), [1]], { seed: 1 });
    expect(found).toEqual({ difference: 0.5, low: 0.5, high: 0.5, pValue: 0 });
  });

  it('is as wide as theory says: strata are drawn apart', () => {
    const strata = [uniform('s', 100), uniform('t', 25)];
    const { low, high } = stratifiedBootstrap(strata, { seed: 2, samples: 4000 });
    const theory = 2 * 1.96 * Math.sqrt((1 / 12 / 100 + 1 / 12 / 25) / 4);
    expect((high - low) / theory).toBeGreaterThan(0.8);
    expect((high - low) / theory).toBeLessThan(1.2);
  });

  it.each([[[]], [[[1], []]]])('refuses %j', (strata) => {
    expect(() => stratifiedBootstrap(strata, { seed: 1 })).toThrow(RangeError);
  });
});

it('quantiles are linear between neighbours', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([10], 0.95)).toBe(10);
  expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5, 10);
});
