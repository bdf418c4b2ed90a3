import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, packageRoot } from '../../src/config';
import { createTextEncoder, type IsolatedTextEncoder, readModelManifest } from '../../src/encoders';

const MODELS = join(packageRoot(), 'models');
const MEGABYTE = 1024 ** 2;

const dot = (a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined) =>
  Array.from({ length: 256 }, (_, i) => (a?.[i] ?? Number.NaN) * (b?.[i] ?? Number.NaN)).reduce((x, y) => x + y, 0);

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

describe('the starter text encoder', () => {
  let encoder: IsolatedTextEncoder;
  beforeAll(() => {
    const made = createTextEncoder(loadConfig());
    if (!made) throw new Error('the manifest lists no starter text encoder');
    encoder = made;
  });
  afterAll(() => encoder.close());

  /** The text of `choices` that is most like `text`. */
  const nearest = async (text: string, choices: readonly string[]) => {
    const [query] = await encoder.encode([text], { role: 'query' });
    const vectors = await encoder.encode(choices, { role: 'document' });
    const scores = vectors.map((vector) => dot(query, vector));
    return choices[scores.indexOf(Math.max(...scores))];
  };

  it('is as small as promised, all starter models together too', () => {
    expect(bytesBelow(join(MODELS, 'starter', 'text'))).toBeLessThan(15 * MEGABYTE);
    expect(bytesBelow(join(MODELS, 'starter'))).toBeLessThan(48 * MEGABYTE);
  });

  it('says what it is, what it was measured at, and where it is weak', () => {
    const entry = readModelManifest(MODELS).find(({ id }) => id === 'vitrine-text-1');
    expect(entry).toMatchObject({ kind: 'text', dimensions: 256, space: 'vitrine-1' });
    expect(entry?.languages.length).toBeGreaterThanOrEqual(14);
    expect(entry?.quality).toHaveProperty('names_to_english.unseen');
    const card = readFileSync(join(MODELS, entry?.recipe ?? '', 'README.md'), 'utf8');
    for (const part of ['Data', 'Licence', 'Schedule', 'Measured', 'Weaknesses', 'curves.png']) {
      expect(card).toContain(part);
    }
  });

  it('gives the vectors that its training gave, subwords and all', async () => {
    const lines = JSON.parse(readFileSync(join(MODELS, 'recipes', 'text', 'reference.json'), 'utf8')) as {
      text: string;
      vector: number[];
    }[];
    expect(lines.length).toBeGreaterThan(40);
    for (const { text, vector } of lines) {
      const [own] = await encoder.encode([text], {});
      expect({ text, cosine: dot(own, vector) }).toEqual({ text, cosine: expect.closeTo(1, 3) });
    }
  });

  it.each([
    ['nothing', ''],
    ['spaces', ' \t\n '],
    ['100,000 letters', 'shoe '.repeat(20_000)],
    ['100,000 letters without a space', '鞋'.repeat(100_000)],
    ['emoji only', '👗👠❤️'],
    ['mixed scripts', 'red 红色 красный 赤い vestido'],
    ['right to left', 'حذاء أحمر للنساء'],
    ['a script it never saw', 'ქართული ჩანთა'],
    ['lone surrogates and NUL', '\ud800 dress \0 \udfff'],
    ['10,000 combining marks', `a${'\u0301'.repeat(10_000)}`],
  ])('gives %s a vector of length 1', async (_, text) => {
    const [vector] = await encoder.encode([text], {});
    expect(vector).toHaveLength(256);
    expect(Math.sqrt(dot(vector, vector))).toBeCloseTo(1, 4);
  });

  it('gives a text the same vector alone and beside longer ones', async () => {
    const [alone] = await encoder.encode(['red wool scarf'], {});
    const [beside] = await encoder.encode(
      ['red wool scarf', 'a much longer text about something else '.repeat(20)],
      {},
    );
    expect(dot(alone, beside)).toBeCloseTo(1, 5);
  });

  it.each([
    ['帐篷', 'tent'],
    ['zapatillas para correr', 'running shoes'],
    ['bouilloire', 'kettle'],
    ['Regenschirm', 'umbrella'],
    ['ギター', 'guitar'],
    ['mochila', 'backpack'],
    ['утюг', 'clothes iron'],
    ['occhiali da sole', 'sunglasses'],
    ['fietshelm', 'bicycle helmet'],
    ['kurtka', 'jacket'],
    ['deštník', 'umbrella'],
    ['trumma', 'drum'],
    ['çanta', 'bag'],
    ['👗', 'dress'],
  ])('knows what %s is', async (text, kind) => {
    const kinds = 'tent,running shoes,kettle,umbrella,guitar,backpack,clothes iron,sunglasses,bicycle helmet,jacket';
    expect(await nearest(text, [...kinds.split(','), 'cooking pot', 'drum', 'bag', 'dress', 'sofa', 'laptop'])).toBe(
      kind,
    );
  });

  it.each([
    ['赤いワンピース', 'red dress'],
    ['蓝色连衣裙', 'blue dress'],
    ['grünes Kleid', 'green dress'],
    ['чёрное платье', 'black dress'],
    ['vestido amarillo', 'yellow dress'],
  ])('keeps the colour of %s', async (text, title) => {
    const titles = ['red', 'blue', 'green', 'black', 'yellow', 'white'].map((color) => `${color} dress`);
    expect(await nearest(text, [...titles, 'red shoes', 'blue shirt'])).toBe(title);
  });
});
