import { PhotoDescriber } from '../../src/assistant/describe-photo';
import type { TextEncoder } from '../../src/domain';

/** Each word is a direction of its own; what else is said of a thing is of none. */
const KINDS = ['mug', 'scarf', 'lamp', 'rug', 'hat', 'tent'];
const encoder: TextEncoder = {
  ...{ id: 'words', version: '1', space: 'words', dimensions: KINDS.length, maxBatch: 2, languages: ['en'] },
  encode: async (texts: readonly string[]) =>
    texts.map((text) => Float32Array.from(KINDS, (kind) => Number(text.split(' ')[0] === kind))),
} as unknown as TextEncoder;
const named = (words: readonly string[]) => words.map((word) => ({ id: `${word}-id`, words: [word] }));
const describer = new PhotoDescriber(encoder, {
  kinds: named(KINDS),
  colors: named(['red', 'blue']),
  patterns: named(['plain', 'striped']),
});
const seen = (...like: readonly number[]) =>
  describer.describe(
    [],
    Float32Array.from(KINDS, (_, at) => like[at] ?? 0),
  );

it('names the kind that a photo clearly shows, and no other', async () => {
  await describer.prepare();
  expect(await seen(0.9, 0.1)).toEqual({ photos: 0, kind: 'mug-id', colors: [] });
});

it('says which kinds it may show where none is clear: the likeliest first, four at most', async () => {
  expect((await seen(0.5, 0.501, 0.499)).likely).toEqual(['scarf-id', 'mug-id', 'lamp-id']);
  expect((await seen(0.5, 0.501, 0.499)).kind).toBeUndefined();
  // Much less likely than the first (e^(-0.1/0.05)).
  expect((await seen(0.5, 0.5, 0.5, 0.4)).likely).toEqual(['mug-id', 'scarf-id', 'lamp-id']);
  expect((await seen(0.5, 0.5, 0.5, 0.5, 0.5, 0.5)).likely).toHaveLength(4);
});
