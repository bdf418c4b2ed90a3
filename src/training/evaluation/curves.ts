import type { Judgement } from './judgements';
import { type RankedResult, recallAt } from './metrics';
import type { QueryPairs } from './pairs';

/** A point of a curve. */
export type Point = readonly [x: number, y: number];

/** What the plots of one system are drawn from; shares from 0 to 1. */
export interface Curves {
  /** Mean Recall@k for k = 1, 2 … 20, or as far as results were asked for. */
  readonly recall: readonly number[];
  /** Share of the irrelevant pairs accepted → share of the relevant ones; see {@link rocCurve}. */
  readonly roc: readonly Point[];
  /** Recall → precision; see {@link precisionRecallCurve}. */
  readonly precisionRecall: readonly Point[];
}

/** A query as one system answered it. */
export interface AnsweredQuery {
  readonly pairs: QueryPairs;
  readonly judgement: Judgement;
}

/** Results up to which recall is drawn. */
export const MOST_RECALL = 20;

/** Curves keep a point a two-hundredth of their length, so that a report of a thousand queries stays small. */
const STEP = 0.005;

export function curvesOf(queries: readonly AnsweredQuery[], k: number): Curves {
  const pairs = queries.map((query) => query.pairs);
  return {
    recall: recallCurve(queries, Math.min(k, MOST_RECALL)),
    roc: thinned(rocCurve(pairs), STEP),
    precisionRecall: thinned(precisionRecallCurve(pairs), STEP),
  };
}

/** Mean Recall@1, Recall@2 … Recall@`most`; [] without queries. */
export function recallCurve(queries: readonly AnsweredQuery[], most: number): number[] {
  if (queries.length === 0) return [];
  return Array.from({ length: most }, (_, i) => {
    const sum = queries.reduce((total, { pairs, judgement }) => total + recallAt(pairs.ranked, judgement, i + 1), 0);
    return sum / queries.length;
  });
}

/** Runs of equal scores, best first: how many relevant and irrelevant results there are up to and with each of them. */
function acceptedByScore(queries: readonly QueryPairs[]): { hits: number; accepted: number }[] {
  const results: RankedResult[] = queries.flatMap(({ ranked }) => ranked.filter(({ score }) => score > -Infinity));
  results.sort((a, b) => (a.score === b.score ? 0 : a.score < b.score ? 1 : -1));
  const steps: { hits: number; accepted: number }[] = [];
  let hits = 0;
  for (const [i, { score, gain }] of results.entries()) {
    if (gain > 0) hits++;
    if (results[i + 1]?.score !== score) steps.push({ hits, accepted: i + 1 });
  }
  return steps;
}

/**
 * The ROC curve over the same pooled pairs as {@link RocAuc}: from (0, 0) through every threshold to (1, 1), so that the
 * area under it, by trapezoids, is the AUC. The last stretch, to the pairs that were not returned, is straight: they are all
 * equally far down. [] where all pairs are of one class.
 */
export function rocCurve(queries: readonly QueryPairs[]): Point[] {
  let positives = 0;
  let negatives = 0;
  for (const { ranked, relevant, irrelevant } of queries) {
    const hits = ranked.filter(({ gain }) => gain > 0).length;
    positives += Math.max(relevant, hits);
    negatives += Math.max(irrelevant, ranked.length - hits);
  }
  if (positives === 0 || negatives === 0) return [];
  const points = acceptedByScore(queries).map(
    ({ hits, accepted }): Point => [(accepted - hits) / negatives, hits / positives],
  );
  return [[0, 0], ...points, [1, 1]];
}

/**
 * Precision over recall at every threshold, over the pooled pairs, from the strictest to the loosest; not interpolated
 * (Davis & Goadrich 2006 say why not to join its points by theory; here they are dense). [] where nothing was returned.
 */
export function precisionRecallCurve(queries: readonly QueryPairs[]): Point[] {
  const relevant = queries.reduce((sum, query) => sum + query.relevant, 0);
  if (relevant === 0) return [];
  return acceptedByScore(queries).map(({ hits, accepted }): Point => [hits / relevant, hits / accepted]);
}

/** Leaves out points nearer than `step` (in x and y together) to the one kept before; ends and knees stay. */
export function thinned(points: readonly Point[], step: number): Point[] {
  const kept: Point[] = [];
  for (const [i, point] of points.entries()) {
    const [before, next] = [kept.at(-1), points[i + 1]];
    if (!before || !next || Math.abs(next[0] - before[0]) + Math.abs(next[1] - before[1]) >= step) kept.push(point);
  }
  return kept;
}
