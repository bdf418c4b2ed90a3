import type { RankedResult } from './metrics';

/** What one system returned for one query, as query–product pairs (one product a group). */
export interface QueryPairs {
  readonly ranked: readonly RankedResult[];
  /** Relevant groups of the query. */
  readonly relevant: number;
  /** Groups of the catalogue that are not relevant to the query: those not returned count as negative pairs. */
  readonly irrelevant: number;
}

/** Sums over query–product pairs. */
export interface PairCounts {
  /** Accepted and relevant. */
  readonly hits: number;
  /** Returned with a score at or above the threshold. */
  readonly accepted: number;
  readonly relevant: number;
}

/** The pairs of one query at a threshold; relevant groups that were not returned count among `relevant`. */
export function countPairs({ ranked, relevant }: QueryPairs, threshold: number): PairCounts {
  const accepted = ranked.filter(({ score }) => score >= threshold);
  return { hits: accepted.filter(({ gain }) => gain > 0).length, accepted: accepted.length, relevant };
}

/**
 * Precision = hits / accepted, recall = hits / relevant, F1 = their harmonic mean = 2 hits / (accepted + relevant), all over
 * the pooled pairs (micro average; van Rijsbergen 1979). null where the denominator is 0.
 */
export function precisionRecallF1(counts: PairCounts): {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
} {
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    precision: share(counts.hits, counts.accepted),
    recall: share(counts.hits, counts.relevant),
    f1: share(2 * counts.hits, counts.accepted + counts.relevant),
  };
}

/**
 * Area under the ROC curve over pooled pairs: the chance that a relevant pair scores above an irrelevant one, ties counted
 * half (the Mann–Whitney statistic; Hanley & McNeil 1982). The pairs are every query with every group of the catalogue;
 * groups without a label are irrelevant, pairs that were not returned score −Infinity. When a variant without a label was
 * returned for a relevant group, that result is an irrelevant pair and the relevant one counts as not returned.
 * Sorted once, so that a bootstrap can ask again with other weights.
 */
export class RocAuc {
  private readonly scores: Float64Array;
  private readonly positive: Uint8Array;
  private readonly query: Int32Array;
  private readonly missedPositive: readonly number[];
  private readonly missedNegative: readonly number[];

  constructor(queries: readonly QueryPairs[]) {
    const pairs = queries.flatMap(({ ranked }, query) => ranked.map(({ score, gain }) => ({ score, gain, query })));
    pairs.sort((a, b) => (a.score === b.score ? 0 : a.score < b.score ? -1 : 1));
    this.scores = Float64Array.from(pairs, ({ score }) => score);
    this.positive = Uint8Array.from(pairs, ({ gain }) => (gain > 0 ? 1 : 0));
    this.query = Int32Array.from(pairs, ({ query }) => query);
    const hits = queries.map(({ ranked }) => ranked.filter(({ gain }) => gain > 0).length);
    this.missedPositive = queries.map(({ relevant }, i) => Math.max(0, relevant - (hits[i] ?? 0)));
    this.missedNegative = queries.map((q, i) => Math.max(0, q.irrelevant - (q.ranked.length - (hits[i] ?? 0))));
  }

  /** null where all pairs are of one class. `weights`: how often each query counts, 1 unless told. */
  value(weights: ArrayLike<number> = new Float64Array(this.missedPositive.length).fill(1)): number | null {
    const { scores, positive, query } = this;
    let positives = 0;
    let negatives = 0;
    let wins = 0;
    let tiedPositives = this.missedPositive.reduce((sum, count, i) => sum + count * (weights[i] ?? 0), 0);
    let tiedNegatives = this.missedNegative.reduce((sum, count, i) => sum + count * (weights[i] ?? 0), 0);
    let score = -Infinity;
    for (let i = 0; i <= scores.length; i++) {
      const next = scores[i];
      if (next !== score) {
        wins += tiedPositives * (negatives + tiedNegatives / 2);
        positives += tiedPositives;
        negatives += tiedNegatives;
        tiedPositives = 0;
        tiedNegatives = 0;
      }
      if (next === undefined) break; // past the last pair
      score = next;
      const weight = weights[query[i] ?? 0] ?? 0;
      if (positive[i] === 1) tiedPositives += weight;
      else tiedNegatives += weight;
    }
    return positives === 0 || negatives === 0 ? null : wins / (positives * negatives);
  }
}

/** ROC-AUC of pooled pairs; see {@link RocAuc}. null where all pairs are of one class. */
export function rocAuc(queries: readonly QueryPairs[]): number | null {
  return new RocAuc(queries).value();
}
