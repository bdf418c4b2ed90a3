import { MODALITIES, type ModalityVectors, VitrineError } from '../domain';
import { TOKENS } from './shapes';

/** Inputs as a network takes them: B × TOKENS × D numbers, and what of them is there. */
export interface Tokens {
  readonly tokens: Float32Array;
  readonly mask: Float32Array;
}

/**
 * Lays out the vectors of inputs, zeros for what is absent. Throws FUSION_FAILED for an input without vectors, a vector of
 * another width and one that holds something that is no number.
 */
export function tokensOf(inputs: readonly ModalityVectors[], dimensions: number): Tokens {
  const tokens = new Float32Array(inputs.length * TOKENS * dimensions);
  const mask = new Float32Array(inputs.length * TOKENS);
  for (const [row, input] of inputs.entries()) {
    let present = false;
    for (const [at, modality] of MODALITIES.entries()) {
      const vector = input[modality];
      if (!vector) continue;
      if (vector.length !== dimensions)
        throw new VitrineError('FUSION_FAILED', `a vector of ${vector.length} numbers, not ${dimensions}`);
      if (!vector.every(Number.isFinite))
        throw new VitrineError('FUSION_FAILED', `the vector of ${modality} holds something that is no number`);
      // A vector of zeros says nothing, as if it were not there.
      if (!vector.some((value) => value !== 0)) continue;
      tokens.set(vector, (row * TOKENS + at) * dimensions);
      mask[row * TOKENS + at] = 1;
      present = true;
    }
    if (!present) throw new VitrineError('FUSION_FAILED', 'there is no vector to fuse');
  }
  return { tokens, mask };
}
