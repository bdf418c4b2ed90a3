import { VitrineError } from '../domain';
import type { TextEncoding } from './manifest';
import type { TokenBatch } from './tokens';

/** A float output of a model: [B,D] or [B,T,D], row after row. */
export interface Output {
  readonly data: ArrayLike<number>;
  readonly dims: readonly number[];
}

/**
 * One vector of length 1 for each text. `mean` averages the tokens that count, `cls` takes the first, `none` takes the
 * output as it is. A vector of zeros has no direction: it becomes the one whose numbers are all the same. Throws
 * MODEL_CORRUPT for an output of another shape, and for numbers that are none.
 */
export function poolVectors(
  output: Output,
  pooling: TextEncoding['pooling'],
  { rows, width, mask }: Omit<TokenBatch, 'ids'>,
  dimensions: number,
): Float32Array[] {
  const expected = pooling === 'none' ? [rows, dimensions] : [rows, width, dimensions];
  if (output.dims.length !== expected.length || output.dims.some((size, index) => size !== expected[index])) {
    throw corrupt(`gives [${output.dims.join(', ')}], not [${expected.join(', ')}]`);
  }
  const vectors: Float32Array[] = [];
  for (let row = 0; row < rows; row++) {
    const tokens = pooling === 'none' ? [row] : tokensOf(row, { mask, width }, pooling);
    const sum = new Float64Array(dimensions);
    for (const token of tokens) {
      for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] ?? 0) + (output.data[token * dimensions + i] ?? Number.NaN);
    }
    vectors.push(toLengthOne(sum));
  }
  return vectors;
}

/** Positions of a row, counted over the whole batch, that are summed. */
function tokensOf(row: number, { mask, width }: Pick<TokenBatch, 'mask' | 'width'>, pooling: 'mean' | 'cls'): number[] {
  const first = row * width;
  if (pooling === 'cls') return [first];
  return Array.from({ length: width }, (_, index) => first + index).filter((position) => mask[position] === 1n);
}

function toLengthOne(sum: Float64Array): Float32Array {
  const length = Math.hypot(...sum);
  if (!Number.isFinite(length)) throw corrupt('gives numbers that are none');
  if (length === 0) return new Float32Array(sum.length).fill(1 / Math.sqrt(sum.length));
  return Float32Array.from(sum, (value) => value / length);
}

function corrupt(what: string): VitrineError {
  return new VitrineError('MODEL_CORRUPT', `The model ${what}.`);
}
