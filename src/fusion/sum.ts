import { type Fused, type Fusion, MODALITIES, type Modality, type ModalityVectors } from '../domain';
import { TOKENS } from './shapes';
import { tokensOf } from './tokens';

/** What each modality counts in a sum; those that are absent count nothing. */
export type SumWeights = Readonly<Record<Modality, number>>;

export const EQUAL: SumWeights = { words: 1, photo: 1, voice: 1, attributes: 1, history: 1 };

/** Σ weight · vector, normalised: the fusion where none was trained for a space. */
export class SumFusion implements Fusion {
  readonly kind = 'sum';
  readonly id: string;

  constructor(
    readonly space: string,
    readonly dimensions: number,
    private readonly weights: SumWeights = EQUAL,
  ) {
    this.id = `sum-${MODALITIES.map((modality) => weights[modality]).join('-')}`;
  }

  async fuse(inputs: readonly ModalityVectors[]): Promise<Fused[]> {
    const { dimensions, weights } = this;
    const { tokens, mask } = tokensOf(inputs, dimensions);
    return inputs.map((_, row) => {
      const counted = MODALITIES.map((modality, at) => (mask[row * TOKENS + at] ?? 0) * weights[modality]);
      const total = counted.reduce((sum, weight) => sum + weight, 0);
      const vector = new Float32Array(dimensions);
      for (const [at, weight] of counted.entries()) {
        const from = (row * TOKENS + at) * dimensions;
        for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] ?? 0) + weight * (tokens[from + i] ?? 0);
      }
      const length = Math.hypot(...vector);
      const shares: Partial<Record<Modality, number>> = {};
      for (const [at, weight] of counted.entries()) {
        const modality = MODALITIES[at];
        if (modality && mask[row * TOKENS + at]) shares[modality] = total > 0 ? weight / total : 0;
      }
      return { vector: length > 0 ? vector.map((value) => value / length) : vector, shares };
    });
  }

  close(): void {}
}
