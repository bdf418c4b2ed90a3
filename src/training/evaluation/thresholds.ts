import { countPairs, type PairCounts, precisionRecallF1, type QueryPairs } from './pairs';
import { EvaluationRandom } from './random';

/**
 * The score at which F1 over the pooled pairs is highest; of equally good ones the highest. undefined where nothing was
 * returned.
 */
export function bestThreshold(queries: readonly QueryPairs[]): number | undefined {
  const results = queries.flatMap(({ ranked }) => ranked).filter(({ score }) => Number.isFinite(score));
  results.sort((a, b) => b.score - a.score);
  const relevant = queries.reduce((sum, query) => sum + query.relevant, 0);
  let best: { threshold: number; f1: number } | undefined;
  let hits = 0;
  for (const [index, { score, gain }] of results.entries()) {
    if (gain > 0) hits++;
    if (results[index + 1]?.score === score) continue; // equal scores are accepted together
    const f1 = precisionRecallF1({ hits, accepted: index + 1, relevant }).f1 ?? 0;
    if (!best || f1 > best.f1) best = { threshold: score, f1 };
  }
  return best?.threshold;
}

/** The half (0 or 1) a query belongs to: by a hash of its words, so that equal queries stay together. */
export function halfOf(key: string): 0 | 1 {
  return new EvaluationRandom(key).next() < 0.5 ? 0 : 1;
}

export interface ThresholdedPairs {
  readonly counts: readonly PairCounts[];
  /** As in {@link SystemReport.thresholds}. */
  readonly thresholds: readonly (number | null)[];
}

/** Counts the pairs of each query at the threshold chosen on the validation queries. */
export function countByValidation(queries: readonly QueryPairs[], validation: readonly QueryPairs[]): ThresholdedPairs {
  const threshold = bestThreshold(validation);
  return {
    counts: queries.map((query) => countPairs(query, threshold ?? -Infinity)),
    thresholds: [threshold ?? null],
  };
}

/** Two-fold cross-fitting: the threshold for each half is chosen on the other half. `halves[i]` is that of query i. */
export function countByCrossFitting(queries: readonly QueryPairs[], halves: readonly (0 | 1)[]): ThresholdedPairs {
  const chosenOn = (half: 0 | 1) => bestThreshold(queries.filter((_, i) => halves[i] === half));
  const forHalf = [chosenOn(1), chosenOn(0)];
  return {
    counts: queries.map((query, i) => countPairs(query, forHalf[halves[i] ?? 0] ?? -Infinity)),
    thresholds: forHalf.map((threshold) => threshold ?? null),
  };
}
