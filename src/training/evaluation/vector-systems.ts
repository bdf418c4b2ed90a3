import type { Product } from '../../domain';
import { byCodeUnits, onePerGroup } from './baselines';
import type { LabelledQuery } from './queries';
import type { EvaluatedSystem } from './report';

export interface VectorSystemOptions {
  readonly name: string;
  readonly products: readonly Product[];
  /** `vectors[i]`: those of product i, normalised, all of one width; the nearest of them counts. [] is never found. */
  readonly vectors: readonly (readonly Float32Array[])[];
  /** The query's vector, of the same width; undefined where the query has nothing that this system looks at. */
  readonly encode: (query: LabelledQuery) => Promise<Float32Array | undefined>;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * Ranks by the cosine of vectors and by nothing else: every product is looked at (no approximate index, no filters), one
 * product a group, equal scores in the order of ids. A query without a vector finds nothing.
 */
export function vectorSystem(options: VectorSystemOptions): EvaluatedSystem {
  const { name, products, vectors, encode } = options;
  return {
    name,
    async search(query, k) {
      const started = performance.now();
      const asked = await encode(query);
      const encoded = performance.now();
      if (!asked) return { results: [] };
      const scored = products.flatMap((product, i) => {
        const scores = (vectors[i] ?? []).map((vector) => dot(asked, vector));
        return scores.length === 0 ? [] : [{ product, score: scores.reduce((high, score) => Math.max(high, score)) }];
      });
      scored.sort((a, b) => b.score - a.score || byCodeUnits(a.product.id, b.product.id));
      const results = onePerGroup(scored, k);
      return { results, timings: { encode: encoded - started, search: performance.now() - encoded } };
    },
  };
}
