import type { Fusion, Modality, ModalityVectors } from '../../../src/domain';
import { type CatalogueGroups, ndcgAt, rankResults, recallAt, rightAt } from '../../../src/training';
import type { EncodedQuery } from './encoded';
import type { FusedCatalogue } from './ranking';

/** What is told of a ranking, in the order of printing. */
export const MEASURES = ['nDCG@10', 'R@1', 'R@5', 'R@10', 'right@1', 'right@5'] as const;
export type Measure = (typeof MEASURES)[number];
export type QueryScore = Readonly<Record<Measure, number>>;

/** Vectors without some modalities. */
export const without = (vectors: ModalityVectors, left: readonly Modality[]): ModalityVectors =>
  Object.fromEntries(Object.entries(vectors).filter(([modality]) => !left.includes(modality as Modality)));

/**
 * Scores of queries, in their order, by the cosine of fused vectors with those of all products, one result a group. A query
 * without vectors finds nothing.
 */
export async function scoreQueries(
  fusion: Fusion,
  products: FusedCatalogue,
  catalogue: CatalogueGroups,
  queries: readonly EncodedQuery[],
): Promise<QueryScore[]> {
  const asked = queries.filter(({ vectors }) => Object.keys(vectors).length > 0);
  const fused = await fusion.fuse(
    asked.map(({ vectors }) => vectors),
    'query',
  );
  const byQuery = new Map(asked.map((each, i) => [each, fused[i]?.vector]));
  return queries.map((each) => {
    const { judgement } = each;
    const vector = byQuery.get(each);
    const ranked = rankResults(vector ? products.nearest(vector, 10) : [], judgement, catalogue);
    return {
      'nDCG@10': ndcgAt(ranked, judgement, 10),
      'R@1': recallAt(ranked, judgement, 1),
      'R@5': recallAt(ranked, judgement, 5),
      'R@10': recallAt(ranked, judgement, 10),
      'right@1': rightAt(ranked, judgement, 1),
      'right@5': rightAt(ranked, judgement, 5),
    };
  });
}

/** For each query, the mean of what several seeds scored. */
export function meanScores(runs: readonly (readonly QueryScore[])[]): QueryScore[] {
  const [first = []] = runs;
  return first.map((_, i) => {
    const mean = (measure: Measure) => runs.reduce((sum, run) => sum + (run[i]?.[measure] ?? 0), 0) / runs.length;
    return Object.fromEntries(MEASURES.map((measure) => [measure, mean(measure)])) as QueryScore;
  });
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
