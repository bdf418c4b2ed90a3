import type { Fusion, Modality, ModalityVectors } from '../../../src/domain';
import { ndcgAt, rankResults, recallAt, rightAt, vectorSystem } from '../../../src/training';
import type { EncodedQuery, EncodedSet } from './encoded';

/** What is told of a ranking, in the order of printing. */
export const MEASURES = ['nDCG@10', 'R@1', 'R@5', 'R@10', 'right@1', 'right@5'] as const;
export type Measure = (typeof MEASURES)[number];
export type QueryScore = Readonly<Record<Measure, number>>;

/** Vectors without some modalities. */
export const without = (vectors: ModalityVectors, left: readonly Modality[]): ModalityVectors =>
  Object.fromEntries(Object.entries(vectors).filter(([modality]) => !left.includes(modality as Modality)));

/** Products as one fusion makes them. */
export async function fusedProducts(
  fusion: Fusion,
  inputs: readonly ModalityVectors[],
): Promise<(readonly Float32Array[])[]> {
  const present = [...inputs.keys()].filter((number) => Object.keys(inputs[number] ?? {}).length > 0);
  const fused = await fusion.fuse(present.flatMap((number) => inputs[number] ?? []));
  const found: (readonly Float32Array[])[] = inputs.map(() => []);
  for (const [i, { vector }] of fused.entries()) found[present[i] ?? 0] = [vector];
  return found;
}

/**
 * Scores of queries, in their order, by the cosine of fused vectors with those of all products, one result a group. A query
 * without vectors finds nothing.
 */
export async function scoreQueries(
  { products, catalogue }: Pick<EncodedSet, 'products' | 'catalogue'>,
  fusion: Fusion,
  productVectors: readonly (readonly Float32Array[])[],
  queries: readonly EncodedQuery[],
): Promise<QueryScore[]> {
  const asked = queries.filter(({ vectors }) => Object.keys(vectors).length > 0);
  const fused = await fusion.fuse(asked.map(({ vectors }) => vectors));
  const byQuery = new Map(asked.map((each, i) => [each, fused[i]?.vector]));
  const scores: QueryScore[] = [];
  for (const each of queries) {
    const system = vectorSystem({
      name: fusion.id,
      products,
      vectors: productVectors,
      encode: async () => byQuery.get(each),
    });
    const { results } = await system.search(each.query, 10);
    const ranked = rankResults(results, each.judgement, catalogue);
    scores.push({
      'nDCG@10': ndcgAt(ranked, each.judgement, 10),
      'R@1': recallAt(ranked, each.judgement, 1),
      'R@5': recallAt(ranked, each.judgement, 5),
      'R@10': recallAt(ranked, each.judgement, 10),
      'right@1': rightAt(ranked, each.judgement, 1),
      'right@5': rightAt(ranked, each.judgement, 5),
    });
  }
  return scores;
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
