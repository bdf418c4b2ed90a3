import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FusionStore, fusionOf, type StoredFusion } from '../../src/fusion';
import { busyWeights, FULL } from './support';

let folder: string;
let store: FusionStore;
const stored = (id: string, space = 'test'): StoredFusion => ({
  spec: { id, kind: 'attention', space, dimensions: 16 },
  weights: busyWeights('attention'),
  notes: { validation: '0.5' },
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-fusion-'));
  store = new FusionStore(folder, join(folder, 'none.safetensors'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('has nothing at first: the plain sum serves', async () => {
  expect(store.serving('test', 16)).toBeUndefined();
  expect(await store.back()).toBeUndefined();
  const fusion = fusionOf(undefined, 'test', 16);
  expect([fusion.kind, (await fusion.fuse([FULL], 'query')).length]).toEqual(['sum', 1]);
});

it('lets weights serve, and those before serve again', async () => {
  await store.put(stored('a'));
  await store.put(stored('b'));
  expect(store.serving('test', 16)).toBeUndefined();
  await store.activate('a');
  await store.activate('b');
  expect(store.serving('test', 16)).toMatchObject({ spec: stored('b').spec, notes: { validation: '0.5' } });
  expect(await store.back()).toBe('a');
  expect(store.serving('test', 16)?.spec.id).toBe('a');
  expect(await store.back()).toBe('');
  expect(store.serving('test', 16)).toBeUndefined();
  expect(await store.list()).toEqual(['a', 'b']);
});

it('takes the starter weights where the own ones are for another space', async () => {
  await store.put(stored('starter'));
  const layered = new FusionStore(join(folder, 'own'), join(folder, 'starter.safetensors'));
  expect(layered.serving('test', 16)?.spec.id).toBe('starter');
  await layered.put(stored('mine', 'other'));
  await layered.activate('mine');
  expect(layered.serving('test', 16)?.spec.id).toBe('starter');
  expect(layered.serving('other', 16)?.spec.id).toBe('mine');
  expect(layered.serving('other', 8)).toBeUndefined();
});

it.each(['', '../a', 'a/b', 'nope'])('does not let "%s" serve', async (id) => {
  await expect(store.activate(id)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
});

it('names weights and a list that are broken', async () => {
  writeFileSync(join(folder, 'cut.safetensors'), 'abc');
  await expect(store.activate('cut')).rejects.toMatchObject({ code: 'MODEL_CORRUPT' });
  writeFileSync(join(folder, 'current.json'), '{"id":');
  expect(() => store.serving('test', 16)).toThrow(expect.objectContaining({ code: 'MODEL_CORRUPT' }));
});

it('loads a network when it is first needed, and frees it', async () => {
  const fusion = fusionOf(stored('a'), 'test', 16);
  expect(fusion).toMatchObject({ id: 'a', kind: 'attention', dimensions: 16 });
  const [one, two] = await Promise.all([fusion.fuse([FULL], 'query'), fusion.fuse([FULL], 'query')]);
  expect(one).toEqual(two);
  fusion.close();
  await expect(fusion.fuse([FULL], 'query')).rejects.toMatchObject({ code: 'FUSION_FAILED' });
});
