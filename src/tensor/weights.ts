import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, VitrineError } from '../domain';

/** Numbers in a shape. */
export interface WeightArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The weights of a network by name. */
export type Weights = Readonly<Record<string, WeightArray>>;

/** What a file of weights says of itself. */
export type WeightNotes = Readonly<Record<string, string>>;

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Writes weights in the safetensors format (8 bytes with the length of a JSON header, the header, the numbers as
 * little-endian float32), beside and then renamed: a kill leaves the old file or the new one.
 */
export async function saveWeights(file: string, weights: Weights, notes: WeightNotes = {}): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  try {
    await writeFile(partial, weightsToBytes(weights, notes), { flush: true });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Reads what `saveWeights` wrote. Throws MODEL_MISSING and MODEL_CORRUPT. */
export async function loadWeights(file: string): Promise<{ weights: Weights; notes: WeightNotes }> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new VitrineError('MODEL_MISSING', 'there are no such weights', { cause: error });
  }
  return weightsFromBytes(bytes);
}

/** The bytes of a safetensors file. */
export function weightsToBytes(weights: Weights, notes: WeightNotes = {}): Buffer {
  const header: Record<string, unknown> = { __metadata__: notes };
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(weights)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] };
    parts.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    offset += data.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...parts]);
}

/** Reads the bytes of a safetensors file of float32 numbers. Throws MODEL_CORRUPT where they are none. */
export function weightsFromBytes(bytes: Buffer): { weights: Weights; notes: WeightNotes } {
  try {
    return parsed(bytes);
  } catch (error) {
    throw new VitrineError('MODEL_CORRUPT', `the weights can't be read: ${messageOf(error)}`, { cause: error });
  }
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function parsed(bytes: Buffer): { weights: Weights; notes: WeightNotes } {
  if (bytes.length < 8 || bytes.length > MOST_BYTES) throw new Error(`a file of ${bytes.length} bytes`);
  const length = Number(bytes.readBigUInt64LE());
  if (length > bytes.length - 8) throw new Error('it is cut off');
  const { __metadata__: notes = {}, ...entries } = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as {
    __metadata__?: WeightNotes;
  } & Record<string, Entry>;
  const weights: Record<string, WeightArray> = {};
  for (const [name, entry] of Object.entries(entries as Record<string, Entry>)) {
    const { dtype, shape } = entry;
    const [start, end] = entry.data_offsets;
    const count = shape.reduce((product, size) => product * size, 1);
    if (dtype !== 'F32' || end - start !== 4 * count) throw new Error(`"${name}" is not as its header says`);
    if (8 + length + end > bytes.length) throw new Error('it is cut off');
    // Copied: the numbers must lie on a boundary of four bytes.
    const data = new Float32Array(Uint8Array.prototype.slice.call(bytes, 8 + length + start, 8 + length + end).buffer);
    if (!data.every(Number.isFinite)) throw new Error(`"${name}" holds something that is no number`);
    weights[name] = { shape, data };
  }
  return { weights, notes };
}
