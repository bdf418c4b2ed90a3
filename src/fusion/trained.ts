import {
  type Fused,
  type Fusion,
  type FusionRole,
  MODALITIES,
  type Modality,
  type ModalityVectors,
  VitrineError,
} from '../domain';
import { type Tensor, type TensorFlow, tensorflow, type Weights } from '../tensor';
import { runNetwork, type TensorWeights } from './networks';
import { shapesOf, TOKENS, type TrainedKind } from './shapes';
import { tokensOf } from './tokens';

/** Inputs of one run; more go in several. */
const BATCH = 256;

/** What weights are for. */
export interface FusionSpec {
  readonly id: string;
  readonly kind: TrainedKind;
  readonly space: string;
  readonly dimensions: number;
}

/** A trained fusion, computed by TensorFlow.js. */
export class TrainedFusion implements Fusion {
  readonly id: string;
  readonly kind: TrainedKind;
  readonly space: string;
  readonly dimensions: number;
  private closed = false;

  private constructor(
    spec: FusionSpec,
    private readonly tf: TensorFlow,
    private readonly weights: TensorWeights,
  ) {
    this.id = spec.id;
    this.kind = spec.kind;
    this.space = spec.space;
    this.dimensions = spec.dimensions;
  }

  /** Throws MODEL_CORRUPT where the weights are not those of the kind. */
  static async load(spec: FusionSpec, weights: Weights): Promise<TrainedFusion> {
    const { tf } = await tensorflow();
    return new TrainedFusion(spec, tf, tensorsOf(tf, spec, weights));
  }

  async fuse(inputs: readonly ModalityVectors[], role: FusionRole): Promise<Fused[]> {
    if (this.closed) throw new VitrineError('FUSION_FAILED', 'the fusion is closed');
    const fused: Fused[] = [];
    for (let start = 0; start < inputs.length; start += BATCH)
      fused.push(...this.run(inputs.slice(start, start + BATCH), role));
    return fused;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const tensor of Object.values(this.weights)) tensor.dispose();
  }

  private run(inputs: readonly ModalityVectors[], role: FusionRole): Fused[] {
    const { tf, kind, weights, dimensions } = this;
    const { tokens, mask } = tokensOf(inputs, dimensions);
    const [vectors, shares] = tf.tidy(() => {
      const output = runNetwork(
        tf,
        kind,
        weights,
        tf.tensor(tokens, [inputs.length, TOKENS, dimensions]),
        tf.tensor(mask, [inputs.length, TOKENS]),
        role,
      );
      return [output.vectors.dataSync() as Float32Array, output.shares.dataSync() as Float32Array] as const;
    });
    return inputs.map((_, row) => {
      const vector = Float32Array.from(vectors.subarray(row * dimensions, (row + 1) * dimensions));
      if (!vector.every(Number.isFinite)) throw new VitrineError('FUSION_FAILED', 'the fused vector is no number');
      return { vector, shares: sharesOf(shares, mask, row) };
    });
  }
}

/** The weights as tensors. Throws MODEL_CORRUPT where names or shapes are others than the kind's. */
export function tensorsOf(tf: TensorFlow, { id, kind, dimensions }: FusionSpec, weights: Weights): TensorWeights {
  const shapes = Object.entries(shapesOf(kind, dimensions));
  const fits = shapes.every(([name, [shape]]) => weights[name]?.shape.join() === shape.join());
  if (!fits || Object.keys(weights).length !== shapes.length)
    throw new VitrineError('MODEL_CORRUPT', `${id}: these are no weights of "${kind}" for ${dimensions} numbers`);
  const made = Object.entries(weights).map(([name, { shape, data }]): [string, Tensor] => [
    name,
    tf.tensor(data, [...shape]),
  ]);
  return Object.fromEntries(made);
}

function sharesOf(shares: ArrayLike<number>, mask: ArrayLike<number>, row: number): Fused['shares'] {
  const found: Partial<Record<Modality, number>> = {};
  for (const [at, modality] of MODALITIES.entries())
    if (mask[row * TOKENS + at]) found[modality] = shares[row * TOKENS + at] ?? 0;
  return found;
}
