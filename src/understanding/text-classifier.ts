import { VitrineError } from '../domain';
import type { WeightNotes, Weights } from '../tensor';
import { TEXT_FEATURES, textFeatures } from './text-features';

/** What the weights of a text classifier are for. */
export interface TextClassifierSpec {
  /** Follows the phrases that it was trained on. */
  readonly id: string;
  readonly classes: readonly string[];
  /** Of the vectors that it goes by beside the words; another space's are no use. */
  readonly space: string;
  readonly dimensions: number;
}

/**
 * Multinomial logistic regression over a text's hashed words and letters and, where there is one, its vector:
 * softmax(Wᵀx + Vᵀv + b). `features` [F, 2] are the hashes that it knows, each as its upper and lower 16 bits, `words` [F, classes]
 * are W, `vector` [dimensions, classes] is V, `bias` [classes] is b. x is 1/√n at each of the n hashes of a text.
 */
export class TextClassifier {
  private readonly rows = new Map<number, number>();
  private readonly words: Float32Array;
  private readonly vector: Float32Array;
  private readonly bias: Float32Array;

  /** Throws MODEL_CORRUPT where the weights are not of the spec's shapes. */
  constructor(
    readonly spec: TextClassifierSpec,
    weights: Weights,
  ) {
    const { dimensions, classes } = spec;
    const known = weights.features?.shape[0] ?? 0;
    const halves = ofShape(weights, 'features', [known, 2]);
    for (let row = 0; row < known; row++)
      this.rows.set((halves[2 * row] as number) * 0x10000 + (halves[2 * row + 1] as number), row);
    this.words = ofShape(weights, 'words', [known, classes.length]);
    this.vector = ofShape(weights, 'vector', [dimensions, classes.length]);
    this.bias = ofShape(weights, 'bias', [classes.length]);
  }

  /** The probability of each class, in the order of the spec's; they add up to 1. A vector of another width is left out. */
  probabilities(text: string, vector?: ArrayLike<number>): Float64Array {
    const scores = Float64Array.from(this.bias);
    const features = textFeatures(text);
    const factor = 1 / Math.sqrt(Math.max(1, features.length));
    for (const feature of features) {
      const row = this.rows.get(feature);
      if (row !== undefined) addRow(scores, this.words, row, factor);
    }
    if (vector?.length === this.spec.dimensions)
      for (let i = 0; i < vector.length; i++) addRow(scores, this.vector, i, vector[i] as number);
    return softmax(scores);
  }
}

/** Hashes as an array of weights holds them, which has 24 bits a number. */
export function halvesOf(features: ArrayLike<number>): Float32Array {
  const halves = new Float32Array(2 * features.length);
  for (let i = 0; i < features.length; i++) {
    halves[2 * i] = (features[i] as number) >>> 16;
    halves[2 * i + 1] = (features[i] as number) & 0xffff;
  }
  return halves;
}

function addRow(scores: Float64Array, rows: Float32Array, row: number, factor: number): void {
  const start = row * scores.length;
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) + factor * (rows[start + k] as number);
}

/** Scores as probabilities, in place. */
export function softmax(scores: Float64Array): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) most = Math.max(most, score);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = Math.exp((scores[k] as number) - most);
    sum += scores[k] as number;
  }
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) / sum;
  return scores;
}

/** The spec as a file of weights tells it. */
export function notesOf({ id, classes, space, dimensions }: TextClassifierSpec): WeightNotes {
  return { id, classes: classes.join(' '), space, dimensions: String(dimensions), features: TEXT_FEATURES };
}

/** Throws MODEL_CORRUPT where a file's notes are not those of a text classifier of these features. */
export function specOf({ id, classes, space, dimensions, features }: WeightNotes): TextClassifierSpec {
  if (!id || !classes || !space || !/^\d{1,5}$/.test(dimensions ?? '') || features !== TEXT_FEATURES)
    throw new VitrineError('MODEL_CORRUPT', 'the weights are not those of a text classifier of this version');
  return { id, classes: classes.split(' '), space, dimensions: Number(dimensions) };
}

function ofShape(weights: Weights, name: string, shape: readonly number[]): Float32Array {
  const found = weights[name];
  if (!found || found.shape.length !== shape.length || shape.some((size, i) => found.shape[i] !== size))
    throw new VitrineError('MODEL_CORRUPT', `"${name}" is not of the shape ${shape.join(' × ')}`);
  return found.data;
}
