import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { readModelManifest } from '../../src/encoders';
import { tinyEntry } from '../support/models';

const dir = mkdtempSync(join(tmpdir(), 'vitrine-manifest-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const read = (text: string) => {
  writeFileSync(join(dir, 'manifest.json'), text);
  return readModelManifest(dir);
};
const readModels = (...models: unknown[]) => read(JSON.stringify({ format: 1, models }));
const fault = (message: string) => expect.objectContaining({ code: 'MODEL_MANIFEST_INVALID', message });

it('reads the manifest that serves', () => {
  const models = readModelManifest(join(packageRoot(), 'models'));
  const hub = models.filter(({ set }) => set === 'hub');
  expect(hub.map(({ id, kind, dimensions }) => [id, kind, dimensions])).toEqual([
    ['multilingual-e5-small', 'text', 384],
    ['siglip2-base-patch16-256', 'text-image', 768],
    ['whisper-base', 'speech', null],
    ['gte-multilingual-reranker-base', 'reranker', null],
    ['m2m100-418m', 'translation', null],
  ]);
  for (const { revision } of hub) expect(revision).toMatch(/^[0-9a-f]{40}$/);
});

it.each<[string, unknown, string]>([
  [
    'an unknown field',
    tinyEntry('e5-like', { colour: 'red' }),
    'model "e5-like": the whole: Unrecognized key: "colour"',
  ],
  ['a wrong kind', tinyEntry('e5-like', { kind: 'smell' }), 'model "e5-like": kind:'],
  ['no id', { ...tinyEntry('e5-like'), id: undefined }, 'model number 1: id:'],
  ['a path that leads out', tinyEntry('e5-like', { folder: '../secret' }), 'model "e5-like": folder:'],
  [
    'a file that leads out',
    tinyEntry('e5-like', { files: [{ path: 'a/../../b', bytes: 1, sha256: 'a'.repeat(64) }] }),
    'model "e5-like": files.0.path:',
  ],
  [
    'a short hash',
    tinyEntry('e5-like', { files: [{ path: 'a', bytes: 1, sha256: 'abc' }] }),
    'model "e5-like": files.0.sha256: must be 64',
  ],
  [
    'a starter model with an open hash',
    tinyEntry('e5-like', { files: [{ path: 'a', bytes: 1, sha256: null }] }),
    'files:',
  ],
  ['a text model without a width', tinyEntry('e5-like', { dimensions: null }), 'model "e5-like": dimensions:'],
  ['a hub model without a repository', tinyEntry('e5-like', { set: 'hub' }), 'model "e5-like": repository:'],
])('names the model and the field: %s', (_, entry, message) => {
  expect(() => readModels(entry)).toThrow(fault(expect.stringContaining(message)));
});

it('refuses a manifest that is none', () => {
  expect(() => read('{')).toThrow(fault(expect.stringContaining("manifest.json can't be read")));
  expect(() => read('{"format":2,"models":[]}')).toThrow(fault(expect.stringContaining('format')));
  expect(() => readModels(tinyEntry('e5-like'), tinyEntry('e5-like'))).toThrow(
    fault('manifest.json: model "e5-like": id: is there twice'),
  );
});
