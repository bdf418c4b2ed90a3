import { MODALITIES } from '../domain';
import type { WeightArray, Weights } from '../tensor';

/** Width inside of the networks, and heads of the attention. */
export const INNER = 128;
export const HEADS = 4;
/** Tokens of an input: one a modality, whether it is there or not. */
export const TOKENS = MODALITIES.length;

/** A fusion that is trained. */
export const TRAINED_KINDS = ['attention', 'weighted', 'concat'] as const;
export type TrainedKind = (typeof TRAINED_KINDS)[number];

/** How a weight begins: as small random numbers, ones or zeros. */
type Start = 'random' | 'ones' | 'zeros';

/** Names, shapes and beginnings of the weights of a kind, for vectors of `dimensions` numbers. */
export function shapesOf(
  kind: TrainedKind,
  dimensions: number,
): Readonly<Record<string, readonly [shape: readonly number[], start: Start]>> {
  if (kind === 'weighted') return byRole('gates', [TOKENS], 'zeros');
  if (kind === 'concat') {
    return {
      inner: [[TOKENS * dimensions, INNER], 'random'],
      ...byRole('innerBias', [INNER], 'zeros'),
      outer: [[INNER, dimensions], 'random'],
      outerBias: [[dimensions], 'zeros'],
    };
  }
  return {
    input: [[dimensions, INNER], 'random'],
    // Marks of the modalities.
    ...byRole('types', [TOKENS, INNER], 'random'),
    normScale: [[INNER], 'ones'],
    normBias: [[INNER], 'zeros'],
    queryKeyValue: [[INNER, 3 * INNER], 'random'],
    joined: [[INNER, INNER], 'random'],
    gateScale: [[INNER], 'ones'],
    gateBias: [[INNER], 'zeros'],
    gateQuery: [[INNER, 1], 'zeros'],
    ...byRole('gates', [TOKENS], 'zeros'),
    inner: [[INNER, INNER], 'random'],
    innerBias: [[INNER], 'zeros'],
    // The residual: at first it adds nothing, and the network is the plain sum.
    residual: [[INNER, dimensions], 'zeros'],
  };
}

/** Weights that queries and products have each of their own. */
function byRole(
  name: string,
  shape: readonly number[],
  start: Start,
): Record<string, readonly [readonly number[], Start]> {
  return { [`${name}.query`]: [shape, start], [`${name}.product`]: [shape, start] };
}

/** Weights to begin with; the same for the same seed. Random ones are normal with variance 2 / (rows + columns) (Glorot and Bengio 2010). */
export function initialWeights(kind: TrainedKind, dimensions: number, seed: number): Weights {
  const next = normals(seed);
  const made: Record<string, WeightArray> = {};
  for (const [name, [shape, start]] of Object.entries(shapesOf(kind, dimensions))) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    const scale = Math.sqrt(2 / shape.reduce((sum, size) => sum + size, 0));
    if (start === 'ones') data.fill(1);
    if (start === 'random') for (let i = 0; i < data.length; i++) data[i] = scale * next();
    made[name] = { shape, data };
  }
  return made;
}

/** Normal random numbers of a seed (mulberry32, Box and Muller 1958). */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
