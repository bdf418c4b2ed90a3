import type { EvaluationRandom } from '../evaluation';

/** Length of the noise that is added to each vector of length 1 while learning: nothing may hang on single products. */
const NOISE = 0.35;

/** Adds noise to the vectors of `dimensions` numbers that are there; their lengths stay 1. */
export function blur(tokens: Float32Array, dimensions: number, random: EvaluationRandom): void {
  const scale = (NOISE * Math.sqrt(12)) / Math.sqrt(dimensions);
  for (let start = 0; start < tokens.length; start += dimensions) {
    if (tokens[start] === 0 && tokens[start + 1] === 0) continue;
    let square = 0;
    for (let i = start; i < start + dimensions; i++) {
      const value = (tokens[i] ?? 0) + scale * (random.next() - 0.5);
      tokens[i] = value;
      square += value * value;
    }
    const length = Math.sqrt(square);
    for (let i = start; i < start + dimensions; i++) tokens[i] = (tokens[i] ?? 0) / length;
  }
}
