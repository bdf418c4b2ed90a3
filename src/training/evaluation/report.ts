import type { Interval, PairedDifference } from './bootstrap';
import type { Confusion } from './confusion';
import type { Curves } from './curves';
import type { UnknownLabels } from './judgements';
import type { SearchResult } from './metrics';
import type { LabelledQuery } from './queries';
import type { Seed } from './random';

/** Anything that finds products. */
export interface EvaluatedSystem {
  readonly name: string;
  /** What it is, in a sentence for readers of the report. */
  readonly about?: string;
  /** At most `k` products, best first. `timings`: milliseconds of each step. */
  search(
    query: LabelledQuery,
    k: number,
  ): Promise<{ results: readonly SearchResult[]; timings?: Readonly<Record<string, number>> }>;
}

/** In the order of printing. Those of pairs (`precision`, `recall`, `f1`, `auc`) are pooled over the queries. */
export const METRICS = [
  'recall@1',
  'recall@5',
  'recall@10',
  'mrr',
  'ndcg@10',
  'judged@10',
  'accuracy@1',
  'right@1',
  'right@5',
  'precision',
  'recall',
  'f1',
  'auc',
] as const;

export type MetricName = (typeof METRICS)[number];

/** Scores over some of the queries. */
export interface Slice {
  /** Queries. */
  readonly n: number;
  /** With 95 % intervals over the queries; null where a metric is not defined (one class only, nothing returned). */
  readonly metrics: Readonly<Record<MetricName, Interval | null>>;
}

/** Milliseconds. */
export interface Latency {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
}

export interface SystemReport {
  readonly name: string;
  readonly about?: string;
  /**
   * Score thresholds of precision, recall and F1: one chosen on validation queries, or two, each applied to the half it
   * was not chosen on. null: there was nothing to choose from, all that was returned is accepted.
   */
  readonly thresholds: readonly (number | null)[];
  readonly overall: Slice;
  readonly byModality: Readonly<Record<string, Slice>>;
  readonly byLanguage: Readonly<Record<string, Slice>>;
  /** Modality → language → scores. */
  readonly byModalityAndLanguage: Readonly<Record<string, Readonly<Record<string, Slice>>>>;
  /** Over all queries. */
  readonly curves: Curves;
  /** Where the kinds of products are known. */
  readonly confusion?: Confusion;
  /** By step; `total` is measured around the call. */
  readonly latency: Readonly<Record<string, Latency>>;
}

/** nDCG@10 of the first system minus that of another one, by paired bootstrap. */
export interface SystemDifference {
  /** The other system. */
  readonly minus: string;
  readonly overall: PairedDifference;
  /** Of the mean over modalities, each of which counts alike. */
  readonly overModalities: PairedDifference;
  readonly byModality: Readonly<Record<string, PairedDifference>>;
  readonly byLanguage: Readonly<Record<string, PairedDifference>>;
}

/** The result of an evaluation; plain JSON. */
export interface EvaluationReport {
  /** Queries that were scored. */
  readonly queries: number;
  /** Those of them whose shopper is made up. */
  readonly simulated: number;
  readonly products: number;
  readonly groups: number;
  /** Results asked of each system. */
  readonly k: number;
  readonly seed: Seed;
  /** How the thresholds were chosen. */
  readonly thresholdFrom: 'validation' | 'two-fold cross-fitting';
  readonly warnings: {
    readonly unknown: UnknownLabels;
    /** Validation queries that are also among the queries: they were not used for choosing thresholds. */
    readonly validationLeftOut: number;
  };
  readonly systems: readonly SystemReport[];
  /** The first system against each other one. */
  readonly differences: readonly SystemDifference[];
}
