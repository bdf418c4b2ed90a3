import type { App } from '../../src/app';
import { tasteOf } from '../../src/assistant';
import { vitrineSystem } from '../../src/cli/eval-systems';
import { heardIn, tasteIn } from '../../src/cli/query-parts';
import { fusionInputs } from '../../src/cli/query-vectors';
import { VitrineError } from '../../src/domain';
import type { LabelledQuery } from '../../src/training';
import { demoApp } from '../support/data-dir';
import { query } from '../training/fixtures';

const app = demoApp();
afterAll(() => app.close());

const LIKED = ['mug-1', 'teapot-1'].map((group) => {
  const found = [...app.products.batches(1_000)].flat().find(({ itemGroupId }) => itemGroupId === group);
  return found?.id ?? '';
});
const asked: LabelledQuery = { ...query('red mug', { [LIKED[0] ?? '']: 1 }), history: LIKED };

it('makes a taste as serving does: the mean of what was liked', async () => {
  const vectors = await app.retriever.vectors(LIKED);
  const [a, b] = LIKED.map((id) => vectors.get(id) ?? new Float32Array());
  const taste = await tasteIn(app, asked);
  const mean = a?.map((value, i) => value + (b?.[i] ?? 0)) ?? new Float32Array();
  const length = Math.hypot(...mean);
  for (const [i, value] of mean.entries()) expect(taste?.[i]).toBeCloseTo(value / length, 5);
  expect(taste).toEqual(
    tasteOf(
      LIKED.map((productId) => ({ productId, kind: 'like', at: 5 })),
      vectors,
    ),
  );
  expect(await tasteIn(app, { ...asked, history: ['gone'] })).toBeUndefined();
  expect(await tasteIn(app, query('red mug', { a: 1 }))).toBeUndefined();
});

it('gives a fusion all that there is of a query', async () => {
  const { encoder } = app;
  if (!encoder) throw new Error('the starter models are needed');
  const inputs = await fusionInputs(app, encoder);
  const found = await inputs.ofQuery(asked);
  expect(Object.keys(found).sort()).toEqual(['attributes', 'history', 'words']);
  expect(found.history).toEqual(await tasteIn(app, asked));
  const { history: _, ...without } = asked;
  expect(Object.keys(await inputs.ofQuery(without)).sort()).toEqual(['attributes', 'words']);
});

it('lets the history order what the search finds', async () => {
  const { search } = vitrineSystem(app);
  const kind = query('backpack', { a: 1 });
  const red = [...app.products.batches(1_000)].flat().filter(({ color, itemGroupId }) => {
    return color === 'red' && !itemGroupId?.startsWith('backpack');
  });
  const ids = async (each: LabelledQuery) => (await search(each, 20)).results.map(({ id }) => id);
  const [plain, personal] = [await ids(kind), await ids({ ...kind, history: red.slice(0, 8).map(({ id }) => id) })];
  expect(personal).not.toEqual(plain);
  const rank = (list: readonly string[]) => list.findIndex((id) => id.includes('-red'));
  expect(rank(personal)).toBeLessThanOrEqual(rank(plain));
});

it.each([
  ['VOICE_SILENT', undefined],
  ['VOICE_UNREADABLE', undefined],
  ['VOICE_FAILED', 'VOICE_FAILED'],
  ['RECOGNISER_FAILED', 'RECOGNISER_FAILED'],
] as const)('a recording that finds nothing is a result, one that was not read is none: %s', async (code, thrown) => {
  const hear = async () => {
    throw new VitrineError(code, 'no');
  };
  const asked: LabelledQuery = { voice: __filename, modality: 'voice', relevant: new Map() };
  const heard = heardIn({ hear } as unknown as App, asked).catch((error: VitrineError) => error.code);
  expect(await heard).toBe(thrown);
});
