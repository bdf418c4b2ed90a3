import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { demoItems } from '../../src/catalogue/demo/items';
import { photographed } from '../../src/catalogue/demo/photographed';
import { SeededRandom } from '../../src/catalogue/demo/random';
import { loadConfig, packageRoot } from '../../src/config';
import {
  createImageEncoder,
  createTextEncoder,
  type IsolatedImageEncoder,
  type IsolatedTextEncoder,
  readModelManifest,
} from '../../src/encoders';
import { SharpPictureReader } from '../../src/media';

const MODELS = join(packageRoot(), 'models');
const MEGABYTE = 1024 ** 2;

const dot = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  (a ?? new Float32Array()).reduce((sum, value, i) => sum + value * (b?.[i] ?? Number.NaN), 0);

describe('the starter image encoder', () => {
  const reader = new SharpPictureReader();
  let pictures: IsolatedImageEncoder;
  let texts: IsolatedTextEncoder;

  beforeAll(() => {
    const [image, text] = [createImageEncoder(loadConfig()), createTextEncoder(loadConfig())];
    if (!image || !text) throw new Error('the manifest lists no starter encoders');
    [pictures, texts] = [image, text];
  });
  afterAll(() => Promise.all([pictures.close(), texts.close()]));

  const seen = async (drawing: string, color: string, seed: string, pattern = 'plain') => {
    const bytes = await photographed({ drawing, color, pattern }, new SeededRandom(seed));
    const [vector] = await pictures.encode([await reader.read(bytes)], {});
    return vector;
  };
  const nearest = async (vector: Float32Array | undefined, choices: readonly string[]) => {
    const scores = (await texts.encode(choices, { role: 'document' })).map((each) => dot(vector, each));
    return choices[scores.indexOf(Math.max(...scores))];
  };

  it('is as small as promised, and shares the space of the text encoder', () => {
    const folder = join(MODELS, 'starter', 'image');
    const size = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
    expect(size).toBeLessThan(12 * MEGABYTE);
    expect([pictures.space, pictures.dimensions]).toEqual([texts.space, texts.dimensions]);
  });

  it('says what it is, what it was measured at, and where it is weak', () => {
    const entry = readModelManifest(MODELS).find(({ id }) => id === 'vitrine-image-1');
    expect(entry).toMatchObject({ kind: 'image', dimensions: 256, space: 'vitrine-1', pictures: { square: 128 } });
    expect(entry?.quality).toHaveProperty('validation.en');
    const card = readFileSync(join(MODELS, entry?.recipe ?? '', 'README.md'), 'utf8');
    for (const part of ['Data', 'licence', 'Schedule', 'Measured', 'Weaknesses', 'curves.png', 'Tiny ImageNet']) {
      expect(card).toContain(part);
    }
  });

  it('gives vectors of length 1, the same for the same picture', async () => {
    const [one, two] = [await seen('backpack', 'red', 'a'), await seen('backpack', 'red', 'a')];
    expect(dot(one, one)).toBeCloseTo(1, 4);
    expect(dot(one, two)).toBeCloseTo(1, 5);
  });

  it('names what drawings show in new scenes, and their colours, in three languages', async () => {
    const drawings = ['backpack', 'guitar', 't-shirt', 'running-shoe', 'teddy-bear'];
    const known = new Set(demoItems().map(({ kind }) => kind.drawing));
    const names = {
      en: ['backpack', 'guitar', 'T-shirt', 'running shoe', 'teddy bear'],
      zh: ['背包', '吉他', 'T恤', '跑鞋', '泰迪熊'],
      es: ['mochila', 'guitarra', 'camiseta', 'zapatilla de correr', 'osito de peluche'],
    };
    expect(drawings.filter((drawing) => !known.has(drawing))).toEqual([]);
    let [right, colored, asked] = [0, 0, 0];
    for (const [i, drawing] of drawings.entries()) {
      for (const color of ['red', 'blue', 'green']) {
        const vector = await seen(drawing, color, `${drawing}/${color}`);
        for (const choices of Object.values(names)) right += (await nearest(vector, choices)) === choices[i] ? 1 : 0;
        const colors = ['red', 'blue', 'green'].map((each) => `${each} ${names.en[i]}`);
        colored += (await nearest(vector, colors)) === `${color} ${names.en[i]}` ? 1 : 0;
        asked += 1;
      }
    }
    expect(right / (3 * asked)).toBeGreaterThan(0.75);
    expect(colored / asked).toBeGreaterThan(0.75);
  });
});
