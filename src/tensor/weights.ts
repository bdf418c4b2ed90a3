import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, VitrineError } from '../domain';

/** Numbers in a shape. */
export interface WeightArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
  /** Half of the bits of each are enough: they are written as bfloat16. */
  readonly half?: true;
}

/** The weights of a network by name. */
export type Weights = Readonly<Record<string, WeightArray>>;

/** What a file of weights says of itself. */
export type WeightNotes = Readonly<Record<string, string>>;

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Writes weights in the safetensors format (8 bytes with the length of a JSON header, the header, the numbers as
 * little-endian float32 or bfloat16), beside and then renamed: a kill leaves the old file or the new one.
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
  for (const [name, { shape, data, half }] of Object.entries(weights)) {
    const numbers = half ? toHalf(data) : data;
    header[name] = { dtype: half ? 'BF16' : 'F32', shape, data_offsets: [offset, offset + numbers.byteLength] };
    parts.push(Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    offset += numbers.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...parts]);
}

/** Reads the bytes of a safetensors file of float32 and bfloat16 numbers. Throws MODEL_CORRUPT where they are none. */
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
    const width = dtype === 'F32' ? 4 : dtype === 'BF16' ? 2 : Number.NaN;
    if (end - start !== width * count) throw new Error(`"${name}" is not as its header says`);
    if (8 + length + end > bytes.length) throw new Error('it is cut off');
    // Copied: the numbers must lie on a boundary of their width.
    const { buffer } = Uint8Array.prototype.slice.call(bytes, 8 + length + start, 8 + length + end);
    const data = width === 4 ? new Float32Array(buffer) : fromHalf(new Uint16Array(buffer));
    if (!data.every(Number.isFinite)) throw new Error(`"${name}" holds something that is no number`);
    weights[name] = { shape, data };
  }
  return { weights, notes };
}

/** The upper halves of the numbers' bits, the nearest. */
function toHalf(data: Float32Array): Uint16Array {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  return Uint16Array.from(bits, (each) => (each + 0x7fff + ((each >>> 16) & 1)) >>> 16);
}

function fromHalf(halves: Uint16Array): Float32Array {
  // A loop: `Uint32Array.from` with a function takes much longer, at every start.
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = (halves[i] as number) << 16;
  return new Float32Array(bits.buffer);
}
