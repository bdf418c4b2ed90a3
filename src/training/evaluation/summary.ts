import { bootstrapInterval, bootstrapStatistic, type Interval } from './bootstrap';
import type { JudgedQuery } from './judgements';
import { accuracyAtOne, judgedAt, ndcgAt, recallAt, reciprocalRank, rightAt } from './metrics';
import { type PairCounts, precisionRecallF1, type QueryPairs, RocAuc } from './pairs';
import type { Seed } from './random';
import type { MetricName, Slice } from './report';

/** One query as one system answered it. */
export interface ScoredQuery extends JudgedQuery {
  readonly pairs: QueryPairs;
  /** Pairs at the threshold. */
  readonly counts: PairCounts;
}

/** Metrics that are means over queries; null: not defined for this query, left out of the mean. */
const MEANS: Readonly<Record<string, (query: ScoredQuery) => number | null>> = {
  'recall@1': ({ pairs, judgement }) => recallAt(pairs.ranked, judgement, 1),
  'recall@5': ({ pairs, judgement }) => recallAt(pairs.ranked, judgement, 5),
  'recall@10': ({ pairs, judgement }) => recallAt(pairs.ranked, judgement, 10),
  mrr: ({ pairs }) => reciprocalRank(pairs.ranked),
  'ndcg@10': ({ pairs, judgement }) => ndcgAt(pairs.ranked, judgement, 10),
  'judged@10': ({ pairs }) => judgedAt(pairs.ranked, 10),
  'accuracy@1': ({ pairs }) => accuracyAtOne(pairs.ranked),
  'right@1': ({ pairs, judgement }) => rightAt(pairs.ranked, judgement, 1),
  'right@5': ({ pairs, judgement }) => rightAt(pairs.ranked, judgement, 5),
} satisfies Partial<Record<MetricName, (query: ScoredQuery) => number | null>>;

function weighted(counts: readonly PairCounts[], weights: Float64Array): PairCounts {
  const sum = { hits: 0, accepted: 0, relevant: 0 };
  for (const [i, { hits, accepted, relevant }] of counts.entries()) {
    const weight = weights[i] ?? 0;
    sum.hits += hits * weight;
    sum.accepted += accepted * weight;
    sum.relevant += relevant * weight;
  }
  return sum;
}

/** Every metric over some queries, with intervals by resampling the queries. */
export function summarise(queries: readonly ScoredQuery[], seed: Seed): Slice {
  const mean = (name: MetricName): Interval | null => {
    const values = queries.map((query) => MEANS[name]?.(query) ?? null).filter((value) => value !== null);
    return values.length === 0 ? null : bootstrapInterval(values, { seed });
  };
  const counts = queries.map((query) => query.counts);
  const pooled = (name: 'precision' | 'recall' | 'f1') =>
    bootstrapStatistic(counts.length, (weights) => precisionRecallF1(weighted(counts, weights))[name], { seed });
  const auc = new RocAuc(queries.map(({ pairs }) => pairs));
  return {
    n: queries.length,
    metrics: {
      'recall@1': mean('recall@1'),
      'recall@5': mean('recall@5'),
      'recall@10': mean('recall@10'),
      mrr: mean('mrr'),
      'ndcg@10': mean('ndcg@10'),
      'judged@10': mean('judged@10'),
      'accuracy@1': mean('accuracy@1'),
      'right@1': mean('right@1'),
      'right@5': mean('right@5'),
      precision: pooled('precision'),
      recall: pooled('recall'),
      f1: pooled('f1'),
      auc: bootstrapStatistic(queries.length, (weights) => auc.value(weights), { seed }),
    },
  };
}

/**
 * Summaries of the groups of queries that `key` makes, in the order of the keys. `whole` is the summary of all `queries`:
 * a group that holds them all takes it over.
 */
export function summariseBy(
  queries: readonly ScoredQuery[],
  key: (query: ScoredQuery) => string,
  whole: Slice,
  seed: Seed,
): Record<string, Slice> {
  const slice = (members: readonly ScoredQuery[]) =>
    members.length === queries.length ? whole : summarise(members, seed);
  return Object.fromEntries([...groupBy(queries, key)].map(([name, members]) => [name, slice(members)]));
}

/** Items by key, in the order of the keys. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const members = groups.get(name);
    if (members) members.push(item);
    else groups.set(name, [item]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
