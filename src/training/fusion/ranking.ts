import { ndcgAt, type RankedResult, recallAt } from '../evaluation';
import type { Example } from './examples';

/** Vectors of queries or products: `count` × `dimensions`. */
export interface Matrix {
  readonly data: Float32Array;
  readonly count: number;
  readonly dimensions: number;
}

/** What a ranking reaches; the mean over types of queries, so that each type counts alike. */
export interface RankingScore {
  readonly recall10: number;
  readonly ndcg10: number;
  readonly byType: Readonly<Record<string, { readonly recall10: number; readonly ndcg10: number }>>;
}

/** The numbers of the products nearest to a query, nearest first. */
export function nearest(query: Float32Array, products: Matrix, count: number): { number: number; score: number }[] {
  const { data, dimensions } = products;
  const scores = new Float32Array(products.count);
  for (let number = 0; number < products.count; number++) {
    let sum = 0;
    const start = number * dimensions;
    for (let i = 0; i < dimensions; i++) sum += (query[i] ?? 0) * (data[start + i] ?? 0);
    scores[number] = sum;
  }
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return order.slice(0, count).map((number) => ({ number, score: scores[number] ?? 0 }));
}

/**
 * Scores exact search by cosine, one product a group. Examples count by their weights; those of clicks are ranked among what
 * was shown: of other products nobody knows how right they are.
 */
export function scoreRanking(
  examples: readonly Example[],
  queries: Matrix,
  products: Matrix,
  groups: readonly string[],
): RankingScore {
  const found = new Map<string, { recall10: number[]; ndcg10: number[]; weights: number[] }>();
  for (const [i, example] of examples.entries()) {
    const query = queries.data.subarray(i * queries.dimensions, (i + 1) * queries.dimensions);
    const seen = new Set<string>();
    const ranked: RankedResult[] = [];
    const among = example.shown && new Set([...example.shown, ...example.relevant.keys()]);
    for (const { number, score } of nearest(query, products, among ? products.count : 200)) {
      if (among && !among.has(number)) continue;
      const group = groups[number] ?? '';
      if (seen.has(group)) continue;
      seen.add(group);
      const gain = example.relevant.get(number);
      ranked.push({ score, gain: gain ?? 0, judged: gain !== undefined });
      if (ranked.length === 10) break;
    }
    const judgement = { gains: new Map<string, number>(), ideal: idealOf(example, groups) };
    const own = found.get(example.type) ?? { recall10: [], ndcg10: [], weights: [] };
    own.recall10.push(recallAt(ranked, judgement, 10));
    own.ndcg10.push(ndcgAt(ranked, judgement, 10));
    own.weights.push(example.weight ?? 1);
    found.set(example.type, own);
  }
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const mean = (values: readonly number[]) => sumOf(values) / Math.max(1, values.length);
  const byType = Object.fromEntries(
    [...found].map(([type, { recall10, ndcg10, weights }]) => {
      const weighted = (values: readonly number[]) =>
        values.reduce((sum, value, i) => sum + value * (weights[i] ?? 1), 0) / Math.max(1e-9, sumOf(weights));
      return [type, { recall10: weighted(recall10), ndcg10: weighted(ndcg10) }];
    }),
  );
  const types = Object.values(byType);
  return { recall10: mean(types.map((type) => type.recall10)), ndcg10: mean(types.map((type) => type.ndcg10)), byType };
}

function idealOf({ relevant }: Example, groups: readonly string[]): number[] {
  const best = new Map<string, number>();
  for (const [number, gain] of relevant) {
    const group = groups[number] ?? '';
    best.set(group, Math.max(gain, best.get(group) ?? 0));
  }
  return [...best.values()].sort((a, b) => b - a);
}
