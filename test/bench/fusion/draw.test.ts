import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvaluationRandom } from '../../../src/training';
import { type Drawn, photographedLooks, spokenQueries, typedQueries, wordsAndPhotos } from './draw';
import { type Entry, sample } from './entries';
import { withHistory } from './shoppers';
import { entry } from './support';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-draw-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(...rows: readonly Record<string, unknown>[]): string {
  const file = join(folder, 'queries.jsonl');
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  return file;
}

const SHOP: readonly Entry[] = [
  entry('mug-1-red', { group: 'mug-1', split: 'test', look: 'mug-red', kind: 'mug', color: 'red', brand: 'Aurora' }),
  entry('mug-1-blue', { group: 'mug-1', split: 'test', look: 'mug-blue', kind: 'mug', color: 'blue', brand: 'Aurora' }),
  entry('mug-2-red', {
    group: 'mug-2',
    split: 'train',
    look: 'mug-red-dots',
    kind: 'mug',
    color: 'red',
    brand: 'Kestrel',
  }),
  entry('mug-3-blue', {
    group: 'mug-3',
    split: 'train',
    look: 'mug-blue',
    kind: 'mug',
    color: 'blue',
    brand: 'Kestrel',
    unseen: false,
  }),
];
const seenToo = SHOP.map((each) => (each.look === 'mug-blue' ? { ...each, unseen: false } : each));

describe('queries of a file', () => {
  const file = fileOf(
    { text: 'red mug', lang: 'en', relevant: { 'mug-1-red': 3, 'mug-2-red': 3 } },
    { text: 'mug by Kestrel', lang: 'en', relevant: { 'mug-2-red': 3, 'mug-1-red': 1 } },
  );

  it('are those that a product of the split answers as well as any', () => {
    const drawn = typedQueries(file, SHOP, 'test');
    expect(drawn.map(({ text, lang, modality }) => [text, lang, modality])).toEqual([['red mug', 'en', 'text']]);
    expect(typedQueries(file, SHOP, 'validation')).toEqual([]);
  });

  it('are spoken, or have been, in the languages that are heard', () => {
    const spoken = (row: Record<string, unknown>) =>
      spokenQueries(fileOf({ relevant: { 'mug-1-red': 1 }, ...row }), SHOP, 'test').map(({ voice, typed }) => [
        voice,
        typed,
      ]);
    expect(spoken({ text: 'red mug', lang: 'en' })).toEqual([[{ speak: 'red mug' }, 'red mug']]);
    expect(spoken({ voice: 'a.ogg', typed: 'red mug', lang: 'de' })).toEqual([
      [{ file: join(folder, 'a.ogg') }, 'red mug'],
    ]);
    expect(spoken({ text: '赤いマグ', lang: 'ja' })).toEqual([]);
    const many = fileOf(
      ...Array.from({ length: 50 }, (_, i) => ({ text: `mug ${i}`, lang: 'fr', relevant: { 'mug-1-red': 1 } })),
    );
    expect(spokenQueries(many, SHOP, 'test')).toHaveLength(20);
    expect(spokenQueries(many, SHOP, 'test')).toEqual(spokenQueries(many, SHOP, 'test'));
  });
});

describe('photos', () => {
  it('are of looks that training never saw; the same kind and colour gains less', () => {
    const drawn = photographedLooks(seenToo, 'test');
    expect(drawn).toEqual([
      {
        modality: 'photo',
        photo: { of: 'mug-1-red' },
        relevant: new Map([
          ['mug-1-red', 3],
          ['mug-2-red', 1],
        ]),
      },
    ]);
  });

  it('beside words show a product that answers them; one of both gains less than both', () => {
    const file = fileOf({ text: 'mug', lang: 'en', relevant: { 'mug-1-red': 3, 'mug-2-red': 3, 'mug-1-blue': 1 } });
    const [drawn, ...others] = wordsAndPhotos([file], seenToo, 'test');
    expect(others).toEqual([]);
    expect(drawn).toMatchObject({ text: 'mug', photo: { of: 'mug-1-red' } });
    expect(drawn?.relevant).toEqual(
      new Map([
        ['mug-1-red', 3],
        ['mug-2-red', 1],
      ]),
    );
    const blue = fileOf({ text: 'mug', lang: 'en', relevant: { 'mug-1-blue': 3 } });
    expect(wordsAndPhotos([blue], seenToo, 'test')).toEqual([]);
    const [both] = wordsAndPhotos([blue], SHOP, 'test');
    expect(both?.relevant).toEqual(
      new Map([
        ['mug-1-blue', 3],
        ['mug-3-blue', 1],
      ]),
    );
  });
});

describe('simulated shoppers', () => {
  const others = ['bag', 'lamp', 'chair', 'drum', 'tent', 'ring', 'sofa'].flatMap((kind) => [
    entry(`${kind}-red`, { kind, color: 'red', brand: 'Aurora' }),
    entry(`${kind}-green`, { kind, color: 'green', brand: 'Kestrel' }),
  ]);
  const asked: Drawn = {
    modality: 'text',
    text: 'mug',
    relevant: new Map(SHOP.map(({ id }): [string, number] => [id, 2])),
  };

  it.each(['a', 'b', 'c', 'd', 'e', 'f'])(
    'like things of other kinds that share what tells the answers apart: %s',
    (seed) => {
      const entries = [...SHOP, ...others];
      const drawn = withHistory(asked, entries, new EvaluationRandom(seed));
      const liked = entries.filter(({ id }) => drawn?.history?.includes(id));
      expect(drawn?.modality).toBe('text+history');
      expect(liked.length).toBeGreaterThanOrEqual(3);
      expect(liked.length).toBeLessThanOrEqual(5);
      expect(liked.some(({ attributes }) => attributes.kinds.includes('mug'))).toBe(false);
      const shared = (each: Entry) => [...each.attributes.colors, ...each.attributes.brands];
      const common = shared(liked[0] as Entry).filter((value) => liked.every((each) => shared(each).includes(value)));
      const lifted = SHOP.filter(({ id }) => drawn?.relevant.get(id) === 3);
      expect(lifted.length).toBeGreaterThan(0);
      expect(lifted.length).toBeLessThan(SHOP.length);
      expect(common.some((value) => SHOP.every((each) => lifted.includes(each) === shared(each).includes(value)))).toBe(
        true,
      );
    },
  );

  it('are left out where there is too little to like', () => {
    expect(withHistory(asked, [...SHOP, ...others.slice(0, 4)], new EvaluationRandom('a'))).toBeUndefined();
  });
});

it('samples a list in its order, the same for a seed', () => {
  const list = Array.from({ length: 100 }, (_, i) => i);
  const [a, b, c] = ['x', 'x', 'y'].map((seed) => sample(list, 10, new EvaluationRandom(seed)));
  expect(a).toHaveLength(10);
  expect(a).toEqual(b);
  expect(a).not.toEqual(c);
  expect(a).toEqual([...(a ?? [])].sort((one, other) => one - other));
  expect(sample(list, 200, new EvaluationRandom('x'))).toEqual(list);
});
