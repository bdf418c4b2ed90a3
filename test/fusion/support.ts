import type { ModalityVectors } from '../../src/domain';
import { initialWeights, shapesOf, type TrainedKind } from '../../src/fusion';
import type { Weights } from '../../src/tensor';
import { EvaluationRandom } from '../../src/training';

/** A normalised vector of a seed. */
export function vector(seed: string, dimensions = 16): Float32Array {
  const random = new EvaluationRandom(seed);
  const values = Float32Array.from({ length: dimensions }, () => random.next() - 0.5);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/** Weights of which none is zero, so that every part of the network takes part. */
export function busyWeights(kind: TrainedKind, dimensions = 16): Weights {
  const random = new EvaluationRandom(`busy/${kind}`);
  const begun = initialWeights(kind, dimensions, 3);
  return Object.fromEntries(
    Object.keys(shapesOf(kind, dimensions)).map((name) => {
      const { shape = [], data = new Float32Array(0) } = begun[name] ?? {};
      return [name, { shape, data: data.map((value) => value + 0.2 * (random.next() - 0.5)) }];
    }),
  );
}

export const FULL: ModalityVectors = {
  words: vector('words'),
  photo: vector('photo'),
  voice: vector('voice'),
  attributes: vector('attributes'),
  history: vector('history'),
};
