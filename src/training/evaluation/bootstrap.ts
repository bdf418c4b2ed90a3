import { EvaluationRandom, type Seed } from './random';

export interface BootstrapOptions {
  /** Resamples; 1000 unless told. */
  readonly samples?: number;
  readonly seed: Seed;
}

/** A value with its 95 % interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The value below which a share `q` (0–1) of the values lies, linear between neighbours. Throws for no values. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('no values');
  return below === above ? below : below + (above - below) * (position - Math.floor(position));
}

/**
 * Percentile bootstrap (Efron & Tibshirani 1993, ch. 13) of any statistic of `count` observations. The statistic is given
 * how often each observation was drawn; resamples for which it is null are left out. null where it is null on the whole.
 */
export function bootstrapStatistic(
  count: number,
  statistic: (weights: Float64Array) => number | null,
  { samples = 1000, seed }: BootstrapOptions,
): Interval | null {
  if (count === 0) return null;
  const weights = new Float64Array(count).fill(1);
  const mean = statistic(weights);
  if (mean === null) return null;
  const random = new EvaluationRandom(seed);
  const drawn: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    weights.fill(0);
    for (let i = 0; i < count; i++) {
      const index = random.below(count);
      weights[index] = (weights[index] ?? 0) + 1;
    }
    const value = statistic(weights);
    if (value !== null) drawn.push(value);
  }
  return drawn.length === 0
    ? { mean, low: mean, high: mean }
    : { mean, low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };
}

function weightedMean(values: ArrayLike<number>, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += (values[i] ?? 0) * (weights[i] ?? 0);
  return sum / weights.length;
}

/** Mean and 95 % percentile interval. Equal seeds give equal intervals. Throws a RangeError for no values. */
export function bootstrapInterval(values: readonly number[], options: BootstrapOptions): Interval {
  const interval = bootstrapStatistic(values.length, (weights) => weightedMean(values, weights), options);
  if (!interval) throw new RangeError('no values to resample');
  return interval;
}

export interface PairedDifference {
  /** mean(a) − mean(b) */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** One-sided: the share of resamples where mean a ≤ mean b. */
  readonly pValue: number;
}

/**
 * Paired bootstrap test (Efron & Tibshirani 1993; Sakai 2006 for retrieval): the same queries are drawn for both systems.
 * `a[i]` and `b[i]` belong to one query. Throws a RangeError for no values or different lengths.
 */
export function pairedBootstrap(
  a: readonly number[],
  b: readonly number[],
  options: BootstrapOptions,
): PairedDifference {
  if (a.length !== b.length) throw new RangeError(`paired values differ in number: ${a.length} and ${b.length}`);
  return stratifiedBootstrap([a.map((value, i) => value - (b[i] ?? 0))], options);
}

/**
 * The same for a mean over strata (modalities), each of which counts alike: a stratum's queries are drawn among themselves.
 * `strata[s][i]` is what one system has more than the other with query i of stratum s. Throws a RangeError for an empty stratum.
 */
export function stratifiedBootstrap(
  strata: readonly (readonly number[])[],
  { samples = 1000, seed }: BootstrapOptions,
): PairedDifference {
  if (strata.length === 0 || strata.some(({ length }) => length === 0)) throw new RangeError('no values to resample');
  const random = new EvaluationRandom(seed);
  const meanBy = (chosen: (values: readonly number[], i: number) => number | undefined) => {
    let sum = 0;
    for (const values of strata) {
      let own = 0;
      for (let i = 0; i < values.length; i++) own += chosen(values, i) ?? 0;
      sum += own / values.length;
    }
    return sum / strata.length;
  };
  const drawn = Array.from({ length: samples }, () => meanBy((values) => values[random.below(values.length)]));
  return {
    difference: meanBy((values, i) => values[i]),
    low: quantile(drawn, 0.025),
    high: quantile(drawn, 0.975),
    pValue: drawn.filter((value) => value <= 0).length / samples,
  };
}
