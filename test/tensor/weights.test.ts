import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWeights, saveWeights, weightsFromBytes, weightsToBytes } from '../../src/tensor';

const weights = {
  matrix: { shape: [2, 3], data: Float32Array.from([1, -2, 3.5, 0, 1e-20, 6]) },
  one: { shape: [1], data: Float32Array.from([7]) },
  scalar: { shape: [], data: Float32Array.from([8]) },
};

it('gives back what it was given, in the order of the names', () => {
  const read = weightsFromBytes(weightsToBytes(weights, { about: 'größe' }));
  expect(read).toEqual({ weights, notes: { about: 'größe' } });
  expect(Object.keys(read.weights)).toEqual(['matrix', 'one', 'scalar']);
});

it('writes numbers of which half the bits are enough in half the bytes, to the nearest', () => {
  const data = Float32Array.from([1, -2.5, 0.1, 1e-20, -3e20, 0]);
  const bytes = weightsToBytes({ a: { shape: [6], data, half: true }, b: weights.one });
  expect(bytes.length).toBeLessThan(weightsToBytes({ a: { shape: [6], data }, b: weights.one }).length);
  const read = weightsFromBytes(bytes).weights;
  expect(read.b).toEqual(weights.one);
  for (const [place, value] of data.entries())
    expect(Math.abs((read.a?.data[place] as number) - value)).toBeLessThanOrEqual(Math.abs(value) / 256);
});

it('writes files whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-weights-'));
  const file = join(folder, 'deeper', 'a.safetensors');
  await saveWeights(file, weights);
  await saveWeights(file, { one: weights.one });
  expect((await loadWeights(file)).weights).toEqual({ one: weights.one });
  expect(readdirSync(join(folder, 'deeper'))).toEqual(['a.safetensors']);
  await expect(loadWeights(join(folder, 'none'))).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  rmSync(folder, { recursive: true });
  expect(existsSync(folder)).toBe(false);
});

describe('refuses', () => {
  const whole = weightsToBytes(weights);

  it('every way to cut it off', () => {
    for (let length = 0; length < whole.length; length++)
      expect(() => weightsFromBytes(whole.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'MODEL_CORRUPT' }),
      );
  });

  it.each([
    ['another type of number', { dtype: 'F16', shape: [1], data_offsets: [0, 2] }],
    ['a shape that does not fit', { dtype: 'F32', shape: [2], data_offsets: [0, 4] }],
    ['a place outside of the file', { dtype: 'F32', shape: [1], data_offsets: [400, 404] }],
  ])('%s', (_, entry) => {
    const header = Buffer.from(JSON.stringify({ x: entry }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const bytes = Buffer.concat([length, header, Buffer.alloc(4)]);
    expect(() => weightsFromBytes(bytes)).toThrow(expect.objectContaining({ code: 'MODEL_CORRUPT' }));
  });

  it('what is no number', () => {
    const bytes = weightsToBytes({ x: { shape: [1], data: Float32Array.from([Number.NaN]) } });
    expect(() => weightsFromBytes(bytes)).toThrow(expect.objectContaining({ code: 'MODEL_CORRUPT' }));
  });
});
