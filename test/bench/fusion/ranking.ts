import type { Fusion, ModalityVectors } from '../../../src/domain';
import type { SearchResult } from '../../../src/training';
import type { EncodedSet } from './encoded';

/**
 * All products of a set as one fusion makes them, ranked as `vectorSystem` ranks, with one pass over the numbers: a bench asks
 * tens of thousands of times.
 */
export class FusedCatalogue {
  /** For each product the number of its group. */
  private readonly group: Int32Array;
  private readonly groups: number;

  private constructor(
    private readonly set: Pick<EncodedSet, 'products' | 'catalogue'>,
    private readonly dimensions: number,
    private readonly vectors: Float32Array,
    /** Numbers of the products that have a vector. */
    private readonly present: readonly number[],
  ) {
    const numbers = new Map<string, number>();
    this.group = Int32Array.from(set.products, ({ id }) => {
      const group = set.catalogue.groupOf(id);
      const number = numbers.get(group) ?? numbers.size;
      numbers.set(group, number);
      return number;
    });
    this.groups = numbers.size;
  }

  /** `inputs` are those of the set's products, in their order; a product without any is never found. Throws FUSION_FAILED. */
  static async of(
    fusion: Fusion,
    set: Pick<EncodedSet, 'products' | 'catalogue'>,
    inputs: readonly ModalityVectors[],
  ): Promise<FusedCatalogue> {
    const present = [...inputs.keys()].filter((number) => Object.keys(inputs[number] ?? {}).length > 0);
    const fused = await fusion.fuse(
      present.flatMap((number) => inputs[number] ?? []),
      'product',
    );
    const { dimensions } = fusion;
    const vectors = new Float32Array(fused.length * dimensions);
    for (const [row, { vector }] of fused.entries()) vectors.set(vector, row * dimensions);
    return new FusedCatalogue(set, dimensions, vectors, present);
  }

  /** The products nearest to a vector, the best of each group, at most `k`; equal scores in the order of the products. */
  nearest(vector: Float32Array, k: number): SearchResult[] {
    const { dimensions, vectors, present, group } = this;
    const best = new Float32Array(this.groups).fill(-Infinity);
    const product = new Int32Array(this.groups).fill(-1);
    for (const [row, number] of present.entries()) {
      const score = dot(vector, vectors, row * dimensions);
      const own = group[number] as number;
      if (Math.fround(score) <= (best[own] as number)) continue;
      best[own] = score;
      product[own] = number;
    }
    const found = [...product.keys()].filter((own) => product[own] !== -1);
    const score = (own: number) => best[own] as number;
    found.sort((a, b) => score(b) - score(a) || (product[a] as number) - (product[b] as number));
    return found.slice(0, k).map((own) => ({
      id: this.set.products[product[own] as number]?.id ?? '',
      score: score(own),
    }));
  }
}

/** The dot product of a vector and the numbers from `start` on; four sums at a time, which the processor adds side by side. */
function dot(vector: Float32Array, numbers: Float32Array, start: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < vector.length; i += 4) {
    a += (vector[i] as number) * (numbers[start + i] as number);
    b += (vector[i + 1] as number) * (numbers[start + i + 1] as number);
    c += (vector[i + 2] as number) * (numbers[start + i + 2] as number);
    d += (vector[i + 3] as number) * (numbers[start + i + 3] as number);
  }
  for (; i < vector.length; i++) a += (vector[i] as number) * (numbers[start + i] as number);
  return a + b + c + d;
}
