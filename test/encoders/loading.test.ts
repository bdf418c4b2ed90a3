import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { createTextEncoder, IsolatedTextEncoder } from '../../src/encoders';
import { tinyEntry, tinyFolder, tinyVector, writeModels } from '../support/models';

const dir = mkdtempSync(join(tmpdir(), 'vitrine-loading-'));
const settings = { MODELS: 'starter', MODELS_DIR: join(dir, 'models'), MODELS_CACHE: join(dir, 'cache') } as const;
const folder = join(settings.MODELS_DIR, 'starter', 'starter-like');
const open: IsolatedTextEncoder[] = [];

beforeEach(() => writeModels(settings.MODELS_DIR, [tinyEntry('starter-like')]));
afterEach(async () => {
  for (const encoder of open.splice(0)) await encoder.close();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function create(): IsolatedTextEncoder {
  const encoder = createTextEncoder(settings);
  if (!encoder) throw new Error('no encoder');
  open.push(encoder);
  return encoder;
}

function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe('a file that is not as pinned is named before it is used', () => {
  const model = join(folder, 'onnx', 'model_quantized.onnx');
  const tokenizer = join(folder, 'tokenizer.json');

  // One bit of the weights: the model would load and give other vectors.
  const weights = readFileSync(join(tinyFolder('starter-like'), 'onnx', 'model_quantized.onnx')).indexOf('table_int8');

  it.each<[string, string, string, () => void]>([
    ['missing', 'MODEL_MISSING', 'onnx/model_quantized.onnx is missing', () => rmSync(model)],
    ['truncated', 'MODEL_CORRUPT', 'onnx/model_quantized.onnx has a wrong size', () => truncateSync(model, 500)],
    [
      'tampered with',
      'MODEL_CORRUPT',
      'onnx/model_quantized.onnx has a wrong hash',
      () => flipByte(model, weights + 20),
    ],
    [
      'swapped',
      'MODEL_CORRUPT',
      'tokenizer.json has a wrong size',
      () => copyFileSync(join(tinyFolder('e5-like'), 'tokenizer.json'), tokenizer),
    ],
    ['missing beside', 'MODEL_MISSING', 'config.json is missing', () => rmSync(join(folder, 'config.json'))],
  ])('%s', async (_, code, message, harm) => {
    harm();
    await expect(create().encode(['red'], {})).rejects.toMatchObject({
      code,
      message: `starter-like: ${message}.`,
      hint: expect.stringContaining('vitrine models'),
    });
  });
});

it('says so when the right bytes are no model', async () => {
  const files = tinyEntry('starter-like').files as { path: string; bytes: number; sha256: string }[];
  const broken = Buffer.from('no graph');
  const { createHash } = await import('node:crypto');
  const sha256 = createHash('sha256').update(broken).digest('hex');
  writeModels(settings.MODELS_DIR, [
    tinyEntry('starter-like', {
      files: files.map((file) => (file.path.endsWith('.onnx') ? { ...file, bytes: broken.length, sha256 } : file)),
    }),
  ]);
  writeFileSync(join(folder, 'onnx', 'model_quantized.onnx'), broken);
  await expect(create().encode(['red'], {})).rejects.toMatchObject({
    code: 'MODEL_CORRUPT',
    message: expect.stringContaining("starter-like can't be loaded"),
  });
});

it('loads anew after a load that failed', async () => {
  const model = join(folder, 'onnx', 'model_quantized.onnx');
  rmSync(model);
  const encoder = create();
  await expect(encoder.encode(['red'], {})).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  await expect(encoder.encode(['red'], {})).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  copyFileSync(join(tinyFolder('starter-like'), 'onnx', 'model_quantized.onnx'), model);
  const [vector] = await encoder.encode(['red cup'], {});
  tinyVector([5, 6]).forEach((value, index) => {
    expect(vector?.[index]).toBeCloseTo(value, 5);
  });
});

const describeLoads = { id: 'loads', space: 'test', dimensions: 2, maxBatch: 8 };
const loads = (data: { failures?: number; slow?: number }, limits = {}): IsolatedTextEncoder => {
  const module = join(__dirname, '..', 'support', 'encoders', 'loads.cjs');
  const encoder = new IsolatedTextEncoder({ describe: describeLoads, module, data, ...limits });
  open.push(encoder);
  return encoder;
};

it('loads once for callers at the same time', async () => {
  const encoder = loads({ slow: 50 });
  const vectors = await Promise.all(Array.from({ length: 6 }, () => encoder.encode(['a'], {})));
  expect(vectors.map(([vector]) => vector?.[0])).toEqual([1, 1, 1, 1, 1, 1]);
});

it('passes on what a module says of its model, and tries again at the next call', async () => {
  const encoder = loads({ failures: 1 });
  await expect(encoder.encode(['a'], {})).rejects.toMatchObject({
    code: 'MODEL_MISSING',
    message: 'no weights at load 1',
  });
  expect((await encoder.encode(['a'], {}))[0]?.[0]).toBe(2);
});

it('has one limit for loading and another for a call', async () => {
  const patient = loads({ slow: 400 }, { deadline: 200, loadDeadline: 5_000 });
  expect(await patient.encode(['a'], {})).toHaveLength(1);
  const hasty = loads({ slow: 5_000 }, { loadDeadline: 200 });
  await expect(hasty.encode(['a'], {})).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
});

it('shares one flight in the worker, and forgets one that failed', () => {
  const script = `
    const { load, close } = require('./dist/src/encoders/text-worker.js');
    const { readModelManifest } = require('./dist/src/encoders');
    const { renameSync } = require('node:fs');
    const [entry] = readModelManifest(process.argv[1]);
    const data = { entry, folder: process.argv[2], lockFile: process.argv[2] + '/none' };
    (async () => {
      renameSync(data.folder + '/config.json', data.folder + '/config.away');
      const failed = await Promise.allSettled([load(data), load(data)]);
      renameSync(data.folder + '/config.away', data.folder + '/config.json');
      const [a, b] = await Promise.all([load(data), load(data)]);
      await close();
      const c = await load(data);
      await close();
      console.log(JSON.stringify([failed[0].reason.code, failed[0].reason === failed[1].reason, a === b, a === c]));
    })();`;
  const child = spawnSync(process.execPath, ['-e', script, settings.MODELS_DIR, folder], {
    cwd: packageRoot(),
    encoding: 'utf8',
  });
  expect(child.stderr).toBe('');
  expect(JSON.parse(child.stdout)).toEqual(['MODEL_MISSING', true, true, false]);
});

it('ends cleanly while it loads and while it encodes', async () => {
  // In a process of its own: a native fault would end it.
  const script = `
    const { createTextEncoder } = require('./dist/src/encoders');
    const settings = JSON.parse(process.argv[1]);
    const texts = Array.from({ length: 32 }, () => 'red cup '.repeat(4000));
    (async () => {
      const codes = new Set();
      for (let round = 0; round < 8; round++) {
        const encoder = createTextEncoder(settings);
        if (round % 2) await encoder.encode(['red'], {});
        const calls = Array.from({ length: 4 }, () => encoder.encode(texts, {}).catch((error) => codes.add(error.code)));
        await new Promise((resolve) => setTimeout(resolve, round * 3));
        await encoder.close();
        await Promise.all(calls);
      }
      const native = Object.keys(require.cache).filter((path) => /onnxruntime|transformers/.test(path));
      console.log(JSON.stringify({ codes: [...codes], native }));
    })();`;
  const child = spawnSync(process.execPath, ['-e', script, JSON.stringify(settings)], {
    cwd: packageRoot(),
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(child).toMatchObject({ status: 0, signal: null });
  expect(JSON.parse(child.stdout)).toEqual({ codes: ['ENCODER_FAILED'], native: [] });
});
