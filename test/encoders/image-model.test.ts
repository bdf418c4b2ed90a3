import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { createImageEncoder } from '../../src/encoders';
import type { ImageModelSpec } from '../../src/encoders/image-model';
import { TINY_WIDTH, tinyEntry, tinyFolder, writeModels } from '../support/models';

const MODULE = join(packageRoot(), 'dist', 'src', 'encoders', 'image-model.js');
const dir = mkdtempSync(join(tmpdir(), 'vitrine-pictures-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const spec: ImageModelSpec = {
  id: 'siglip-like',
  dimensions: TINY_WIDTH,
  pictures: { file: 'onnx/vision_model.onnx', output: 'pooler_output' },
  files: (tinyEntry('siglip-like').files as { path: string; bytes: number; sha256: string }[]).map(
    ({ path, bytes, sha256 }) => ({ path, bytes, digest: { algorithm: 'sha256', hex: sha256 } }),
  ),
  threads: 1,
};

/** ONNX Runtime is loaded by a process of its own, as in the server: Jest's arrays are of another realm. */
function encode(colors: readonly (readonly number[])[], folder: string, wanted: ImageModelSpec): number[][] | string {
  const script = `
    const [module, folder, spec, colors] = JSON.parse(process.argv[1]);
    const picture = ([r, g, b]) => ({ width: 10, height: 6, data: Uint8Array.from({ length: 180 }, (_, i) => [r, g, b][i % 3]) });
    require(module).loadImageModel(folder, spec).then(async (model) => {
      const vectors = await model.encode(colors.map(picture));
      await model.dispose();
      console.log(JSON.stringify(vectors.map((vector) => [...vector])));
    }).catch((error) => console.log(JSON.stringify(error.code + ': ' + error.message)));`;
  const argument = JSON.stringify([MODULE, folder, wanted, colors]);
  return JSON.parse(execFileSync(process.execPath, ['-e', script, argument], { encoding: 'utf8' })) as number[][];
}

/** What the tiny graph gives for a picture of one colour, from the formula in make_tiny.py. */
function expected(color: readonly number[]): number[] {
  const sums = Array.from({ length: TINY_WIDTH }, (_, column) =>
    color.reduce((sum, value, row) => sum + ((value / 255 - 0.5) / 0.5) * (((5 * row + 2 * column) % 7) - 3), 0),
  );
  const length = Math.hypot(...sums);
  return sums.map((value) => value / length);
}

it('resizes, scales and encodes pictures as the folder says', () => {
  const colors = [
    [255, 0, 0],
    [0, 0, 255],
    [30, 200, 90],
  ];
  const vectors = encode(colors, tinyFolder('siglip-like'), spec);
  expect(vectors).toHaveLength(3);
  colors.forEach((color, i) => {
    expected(color).forEach((value, column) => {
      expect((vectors[i] as number[])[column]).toBeCloseTo(value, 4);
    });
  });
});

it('has nothing to do for no pictures', () => {
  expect(encode([], tinyFolder('siglip-like'), spec)).toEqual([]);
});

it('names a file that was tampered with, and an output that is not there', () => {
  const folder = join(dir, 'tampered');
  cpSync(tinyFolder('siglip-like'), folder, { recursive: true });
  writeFileSync(join(folder, 'preprocessor_config.json'), '{"image_processor_type":"SiglipImageProcessor"}');
  expect(encode([[1, 2, 3]], folder, spec)).toMatch(/^MODEL_CORRUPT: siglip-like: preprocessor_config\.json/);
  const other = { ...spec, pictures: { ...spec.pictures, output: 'image_embeds' } };
  expect(encode([[1, 2, 3]], tinyFolder('siglip-like'), other)).toMatch(/MODEL_CORRUPT: .*no output "image_embeds"/);
});

it('encodes in a worker thread, in the space that the manifest says', async () => {
  const models = join(dir, 'models');
  const pictures = { file: 'onnx/vision_model.onnx', output: 'pooler_output' };
  writeModels(models, [tinyEntry('siglip-like', { kind: 'text-image', pictures })]);
  const settings = { MODELS: 'starter', MODELS_DIR: models, MODELS_CACHE: join(dir, 'cache') } as const;
  const encoder = createImageEncoder(settings);
  try {
    expect(encoder).toMatchObject({ id: 'siglip-like@1', space: 'tiny', dimensions: TINY_WIDTH, parallel: false });
    const color = [30, 200, 90];
    const data = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => color[i % 3] ?? 0);
    const vectors = await encoder?.encode([{ width: 8, height: 8, data }], {});
    expected(color).forEach((value, column) => {
      expect(vectors?.[0]?.[column]).toBeCloseTo(value, 4);
    });
  } finally {
    await encoder?.close();
  }
});

it('is not there where the manifest lists none', () => {
  const models = join(dir, 'text-only');
  writeModels(models, [tinyEntry('starter-like')]);
  expect(createImageEncoder({ MODELS: 'starter', MODELS_DIR: models, MODELS_CACHE: dir })).toBeUndefined();
});
