import type { Weights } from '../../tensor';
import { halvesOf, softmax, type TextClassifierSpec, textFeatures } from '../../understanding';
import { minimise } from './lbfgs';

/** A phrase that says what it is. */
export interface LabelledPhrase {
  readonly text: string;
  /** One of the classes. */
  readonly label: string;
  readonly language: string;
  /** The text encoder's. */
  readonly vector?: ArrayLike<number> | undefined;
}

export interface TrainClassifierOptions {
  /** How much large weights cost: λ/2·‖w‖², to the mean loss of a phrase. */
  readonly l2?: number;
  /** How much a vector, of length 1, counts beside words and letters, together of length 1. */
  readonly vectorScale?: number;
  /** How much a phrase without its vector counts beside the same with it: the classifier serves where there is none, too. */
  readonly withoutVector?: number;
  readonly iterations?: number;
  /** Features that are kept at most: those whose weights are longest. What is left out weighs little and takes as much room. */
  readonly mostFeatures?: number;
  readonly onIteration?: (iteration: number, loss: number) => void;
  readonly signal?: AbortSignal | undefined;
}

interface Example {
  /** Rows of the known features. */
  readonly rows: Int32Array;
  /** What each of them is multiplied by. */
  readonly factor: number;
  readonly vector: ArrayLike<number> | undefined;
  readonly label: number;
  readonly weight: number;
}

/** Chosen by cross-validation on the training phrases. */
const DEFAULTS = {
  l2: 1e-4,
  vectorScale: 1,
  withoutVector: 0.5,
  iterations: 80,
  mostFeatures: Number.POSITIVE_INFINITY,
};
/** What stands in fewer phrases tells them apart, not the classes. */
const LEAST_PHRASES = 2;
/** Phrases of all classes together that each feature is taken to have been in besides. */
const SMOOTHING = 1;
/** How little a feature counts that tells nothing. */
const LEAST_SCALE = 0.1;

/**
 * Trains a text classifier on phrases: the least mean cross-entropy with an L2 penalty, each class of each language weighed as if it
 * had as many phrases as any other. A feature counts by how much more often it stands in phrases of a class than in others
 * (log-count ratios: Wang & Manning 2012), so that few phrases are enough. Deterministic.
 */
export function trainClassifier(
  phrases: readonly LabelledPhrase[],
  { classes, dimensions }: Pick<TextClassifierSpec, 'classes' | 'dimensions'>,
  options: TrainClassifierOptions = {},
): Weights {
  const { l2, vectorScale, withoutVector, iterations, mostFeatures } = { ...DEFAULTS, ...options };
  const { examples, features } = examplesOf(phrases, classes);
  const width = classes.length;
  const vectorStart = features.length * width;
  const biasStart = vectorStart + dimensions * width;
  const total = examples.reduce((sum, { weight, vector }) => sum + weight * (vector ? 1 + withoutVector : 1), 0);
  const words = new Float64Array(width);
  const scores = new Float64Array(width);
  const slopes = new Float64Array(width);
  const scales = scalesOf(examples, features.length, width);
  const point = new Float64Array(biasStart + width);
  const objective = (bare: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let i = 0; i < biasStart; i++) loss += (l2 / 2) * (bare[i] as number) * (bare[i] as number);
    scaledInto(point, bare, scales);
    gradient.fill(0);
    for (const { rows, factor, vector, label, weight } of examples) {
      for (let k = 0; k < width; k++) words[k] = point[biasStart + k] as number;
      for (const row of rows) read(words, point, row * width, factor);
      scores.set(words);
      slopes.fill(0);
      if (vector) {
        for (let i = 0; i < vector.length; i++)
          read(scores, point, vectorStart + i * width, vectorScale * (vector[i] as number));
        const share = weight / total;
        loss += share * slopesInto(scores, label);
        for (let k = 0; k < width; k++) slopes[k] = share * (scores[k] as number);
        for (let i = 0; i < vector.length; i++)
          write(gradient, slopes, vectorStart + i * width, vectorScale * (vector[i] as number));
        scores.set(words);
      }
      const share = ((vector ? withoutVector : 1) * weight) / total;
      if (share > 0) loss += share * slopesInto(scores, label);
      for (let k = 0; k < width; k++) slopes[k] = (slopes[k] as number) + share * (scores[k] as number);
      write(gradient, slopes, biasStart, 1);
      for (const row of rows) write(gradient, slopes, row * width, factor);
    }
    scaledInto(gradient, gradient, scales);
    for (let i = 0; i < biasStart; i++) gradient[i] = (gradient[i] as number) + l2 * (bare[i] as number);
    return loss;
  };
  const start = new Float64Array(biasStart + width);
  const { onIteration, signal } = options;
  const least = minimise(objective, start, { iterations, signal, ...(onIteration && { onIteration }) });
  const best = scaledInto(least, least, scales);
  const kept = longestRows(best.subarray(0, vectorStart), width, mostFeatures);
  const words32 = new Float32Array(kept.length * width);
  kept.forEach((row, place) => {
    words32.set(best.subarray(row * width, (row + 1) * width), place * width);
  });
  return {
    features: { shape: [kept.length, 2], data: halvesOf(kept.map((row) => features[row] as number)) },
    words: { shape: [kept.length, width], data: words32, half: true },
    vector: {
      shape: [dimensions, width],
      data: Float32Array.from(best.subarray(vectorStart, biasStart), (value) => value * vectorScale),
    },
    bias: { shape: [width], data: Float32Array.from(best.subarray(biasStart)) },
  };
}

/** Which rows of [rows, width] are longest, in their order. */
function longestRows(numbers: Float64Array, width: number, most: number): number[] {
  const lengths = Float64Array.from({ length: numbers.length / width }, (_, row) => {
    let sum = 0;
    for (let k = row * width; k < (row + 1) * width; k++) sum += (numbers[k] as number) ** 2;
    return sum;
  });
  const rows = [...lengths.keys()];
  if (rows.length <= most) return rows;
  rows.sort((one, other) => (lengths[other] as number) - (lengths[one] as number) || one - other);
  return rows.slice(0, most).sort((one, other) => one - other);
}

function examplesOf(
  phrases: readonly LabelledPhrase[],
  classes: readonly string[],
): { examples: Example[]; features: number[] } {
  const group = ({ label, language }: LabelledPhrase) => `${language} ${label}`;
  const sizes = new Map<string, number>();
  const stands = new Map<number, number>();
  const found = phrases.map((phrase) => {
    sizes.set(group(phrase), (sizes.get(group(phrase)) ?? 0) + 1);
    const features = textFeatures(phrase.text);
    for (const feature of features) stands.set(feature, (stands.get(feature) ?? 0) + 1);
    return features;
  });
  const features = [...stands].filter(([, count]) => count >= LEAST_PHRASES).map(([feature]) => feature);
  features.sort((a, b) => a - b);
  const rowOf = new Map(features.map((feature, row) => [feature, row]));
  const examples = phrases.map((phrase, place): Example => {
    const own = found[place] as Uint32Array;
    const rows = Int32Array.from([...own].map((feature) => rowOf.get(feature) ?? -1).filter((row) => row >= 0));
    const label = classes.indexOf(phrase.label);
    const weight = 1 / (sizes.get(group(phrase)) as number);
    return { rows, factor: 1 / Math.sqrt(Math.max(1, own.length)), vector: phrase.vector, label, weight };
  });
  return { examples, features };
}

/** [features, classes]: how much more often a feature stands in a class's phrases than in others, the root of its logarithm without its sign. */
function scalesOf(examples: readonly Example[], features: number, width: number): Float32Array {
  const counts = new Float64Array(features * width);
  const sizes = new Float64Array(width);
  for (const { rows, label, weight } of examples) {
    sizes[label] = (sizes[label] as number) + weight;
    for (const row of rows) counts[row * width + label] = (counts[row * width + label] as number) + weight;
  }
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const one = (SMOOTHING * all) / examples.length;
  const scales = new Float32Array(features * width);
  for (let row = 0; row < features; row++) {
    const own = counts.subarray(row * width, (row + 1) * width);
    const total = own.reduce((sum, count) => sum + count, 0);
    for (let k = 0; k < width; k++) {
      const size = sizes[k] as number;
      const inside = ((own[k] as number) + (one * size) / all) / size;
      const outside = (total - (own[k] as number) + (one * (all - size)) / all) / (all - size);
      scales[row * width + k] = LEAST_SCALE + Math.sqrt(Math.abs(Math.log(inside / outside)));
    }
  }
  return scales;
}

/** Minus the logarithm of the label's probability; the scores become its slopes: the probabilities, less 1 for the label. */
function slopesInto(scores: Float64Array, label: number): number {
  softmax(scores);
  const loss = -Math.log(Math.max(scores[label] as number, 1e-300));
  scores[label] = (scores[label] as number) - 1;
  return loss;
}

/** Each number times its scale, where it has one. */
function scaledInto(target: Float64Array, from: Float64Array, scales: Float32Array): Float64Array {
  for (let i = 0; i < scales.length; i++) target[i] = (from[i] as number) * (scales[i] as number);
  for (let i = scales.length; i < from.length; i++) target[i] = from[i] as number;
  return target;
}

function read(scores: Float64Array, point: Float64Array, start: number, factor: number): void {
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) + factor * (point[start + k] as number);
}

function write(gradient: Float64Array, slopes: Float64Array, start: number, factor: number): void {
  for (let k = 0; k < slopes.length; k++)
    gradient[start + k] = (gradient[start + k] as number) + factor * (slopes[k] as number);
}
