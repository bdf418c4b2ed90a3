import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTextEncoder, type IsolatedTextEncoder } from '../../src/encoders';
import { TINY_WIDTH, type TinyName, tinyEntry, tinyVector, writeModels } from '../support/models';

// Token ids of the tiny vocabulary, counted by hand from make_tiny.py.
const [PAD, START, END, UNKNOWN] = [0, 1, 2, 3];
const [SPACE, RED, CUP, BLUE, QUERY, PASSAGE] = [4, 5, 6, 7, 9, 10];

const dir = mkdtempSync(join(tmpdir(), 'vitrine-models-'));
const open: IsolatedTextEncoder[] = [];

afterEach(async () => {
  for (const encoder of open.splice(0)) await encoder.close();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function load(name: TinyName, encoding: Record<string, unknown> = {}): IsolatedTextEncoder {
  const entry = tinyEntry(name);
  const folder = join(dir, name);
  writeModels(folder, [{ ...entry, encoding: { ...(entry.encoding as object), ...encoding } }]);
  const encoder = createTextEncoder({ MODELS: 'starter', MODELS_DIR: folder, MODELS_CACHE: join(dir, 'cache') });
  if (!encoder) throw new Error('no encoder');
  open.push(encoder);
  return encoder;
}

function expectVector(vector: Float32Array | undefined, expected: readonly number[]): void {
  expect(vector).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    expect(vector?.[index]).toBeCloseTo(value, 5);
  });
}

it('takes the pooled output of a starter-like model, without prefixes', async () => {
  const encoder = load('starter-like');
  expect(encoder).toMatchObject({ id: 'starter-like@1', space: 'tiny', dimensions: TINY_WIDTH, parallel: false });
  const [lower, upper, chinese] = await encoder.encode(['red cup', 'RED Cup', '红杯'], { role: 'query' });
  expectVector(lower, tinyVector([RED, CUP]));
  expectVector(upper, tinyVector([RED, CUP]));
  expectVector(chinese, tinyVector([SPACE, 11, 12]));
});

it('puts the prefix of the role before a text and averages what counts, for an e5-like model', async () => {
  const encoder = load('e5-like');
  const [long, short] = await encoder.encode(['red cup blue', 'red'], { role: 'query' });
  expectVector(long, tinyVector([START, QUERY, RED, CUP, BLUE, END]));
  // Padded beside the longer one; padding doesn't count.
  expectVector(short, tinyVector([START, QUERY, RED, END]));
  const [document] = await encoder.encode(['red'], { role: 'document' });
  expectVector(document, tinyVector([START, PASSAGE, RED, END]));
  const [unsaid] = await encoder.encode(['red'], {});
  expectVector(unsaid, tinyVector([START, QUERY, RED, END]));
});

it('takes the first token where a model wants that', async () => {
  const [vector] = await load('e5-like', { pooling: 'cls' }).encode(['red cup'], {});
  expectVector(vector, tinyVector([START]));
});

it('lowers the case, pads to exactly 64 and takes the named output, for a siglip-like model', async () => {
  const padded = (ids: number[]) => [...ids, ...new Array<number>(64 - ids.length).fill(PAD)];
  const [vector] = await load('siglip-like').encode(['RED cup'], {});
  expectVector(vector, tinyVector(padded([RED, CUP, END])));
  const [shouted] = await load('siglip-like', { lowercase: false }).encode(['RED cup'], {});
  expectVector(shouted, tinyVector(padded([13, CUP, END])));
});

it('cuts long texts and keeps the special tokens around them', async () => {
  const encoder = load('e5-like', { maxTokens: 6 });
  const [vector] = await encoder.encode(['red red red red red red cup'], {});
  expectVector(vector, tinyVector([START, QUERY, RED, RED, RED, END]));
});

it('gives an empty text the vector of one unknown token', async () => {
  const vectors = await load('starter-like').encode(['', ' ', '\t\n'], {});
  expectVector(vectors[0], tinyVector([UNKNOWN]));
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  expect(await load('starter-like').encode([], {})).toEqual([]);
});

describe.each<TinyName>(['starter-like', 'e5-like', 'siglip-like'])('%s', (name) => {
  it('gives finite vectors of length 1 for any text', async () => {
    const texts = [
      '',
      'x'.repeat(100_000),
      'red '.repeat(25_000),
      '红'.repeat(100_000),
      '👟👜🧥',
      '👩‍👩‍👧‍👦'.repeat(1_000),
      'حذاء أحمر',
      'נעליים אדומות',
      'red 红 красный 赤い أحمر',
      '\ud83d',
      'red \udc00\udc00 cup',
      'red\0cup',
      '<s></s><pad><unk>',
      '\u202ered\u202c',
      '\uffff\ufeff',
    ];
    const vectors = await load(name).encode(texts, { role: 'document' });
    expect(vectors).toHaveLength(texts.length);
    for (const vector of vectors) {
      expect(vector).toHaveLength(TINY_WIDTH);
      expect(vector.every(Number.isFinite)).toBe(true);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
  });
});

it('says so when the output is not what the manifest says', async () => {
  await expect(load('starter-like', { output: 'logits' }).encode(['red'], {})).rejects.toMatchObject({
    code: 'MODEL_CORRUPT',
    message: 'starter-like@1 has no output "logits".'.replace('@1', ''),
  });
  await expect(load('starter-like', { pooling: 'mean' }).encode(['red'], {})).rejects.toMatchObject({
    code: 'MODEL_CORRUPT',
    message: expect.stringContaining('gives [1, 8], not [1, 1, 8]'),
  });
});

it('has no encoder for MODELS=none, and none where no model of the set is listed', () => {
  writeModels(join(dir, 'some'), [tinyEntry('starter-like')]);
  const settings = { MODELS_DIR: join(dir, 'some'), MODELS_CACHE: join(dir, 'cache') };
  expect(createTextEncoder({ ...settings, MODELS: 'none' })).toBeUndefined();
  expect(createTextEncoder({ ...settings, MODELS: 'hub' })).toBeUndefined();
});
