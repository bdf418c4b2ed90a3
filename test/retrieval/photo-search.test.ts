import type { App } from '../../src/app';
import type { HardFilters, Product, RankedProducts, TextEncoder } from '../../src/domain';
import { ColorEncoder } from '../support/color-encoder';
import { ColorWords } from '../support/color-words';
import { product, withTemporaryApp } from '../support/data-dir';
import { filledShop, flatPicture } from '../support/photos';

interface Asked {
  readonly words?: string;
  readonly filters?: HardFilters;
  readonly limit?: number;
  readonly offset?: number;
  readonly except?: Product;
}

async function ask(app: App, color: string, { words = '', limit = 20, ...more }: Asked = {}): Promise<RankedProducts> {
  const photo = await app.photoVector([await flatPicture(color)]);
  const query = app.parser.parse(words, { ...(await app.retriever.facts()), language: 'en' });
  return app.retriever.search({ query, limit, ...more, ...(photo && { photo }) });
}

const ids = ({ results }: RankedProducts) => results.map(({ product: { id } }) => id);

it('searches by a photo alone: the likest first, scored 0 to 1 and explained by the cosine', async () => {
  await inShop(async (app) => {
    const found = await ask(app, '#e01515');
    expect(ids(found).slice(0, 2).sort()).toEqual(['mug-red', 'pack-red']);
    expect(found.results[0]?.why.photo).toBeGreaterThan(0.98);
    const scores = found.results.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeGreaterThan(0.9);
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
    // What is unlike is no result, though something is always nearest.
    expect(ids(found)).not.toContain('pack-blue');
    expect(found.query.text).toBe('');
  });
});

it('is paged without gaps and without doubles', async () => {
  await inShop(async (app) => {
    // Orange is like red and like yellow.
    const all = ids(await ask(app, '#ff9a00'));
    const pages: string[] = [];
    for (let offset = 0; ; offset += 2) {
      const page = await ask(app, '#ff9a00', { limit: 2, offset });
      pages.push(...ids(page));
      if (!page.more) break;
    }
    expect(all.length).toBeGreaterThan(2);
    expect(pages).toEqual(all);
  });
});

it('keeps to filters, to a price that is said, and leaves out what it is told to', async () => {
  await inShop(async (app) => {
    expect(ids(await ask(app, '#e01515', { filters: { color: 'blue' } })).every((id) => id.endsWith('blue'))).toBe(
      true,
    );
    const cheap = ids(await ask(app, '#e01515', { words: 'under 20 €' }));
    expect(cheap[0]).toBe('mug-red');
    expect(cheap.every((id) => id.startsWith('mug'))).toBe(true);
    const mug = app.products.get('mug-red');
    expect(ids(await ask(app, '#e01515', mug && { except: mug }))).not.toContain('mug-red');
  });
});

it('takes the kind of the words and the look of the photo', async () => {
  await inShop(async (app) => {
    expect(ids(await ask(app, '#1515e0', { words: 'mug' }))[0]).toBe('mug-blue');
    expect(ids(await ask(app, '#1515e0', { words: 'a backpack like this' }))[0]).toBe('pack-blue');
  });
});

it('shows one variant of an item, the one that is most like the photo', async () => {
  await inShop(async (app) => {
    const variants = ['red', 'blue'].map((color) =>
      product({ id: `cap-${color}`, title: `Cap ${color}`, itemGroupId: 'cap', imageLink: `${color}.webp`, color }),
    );
    app.products.upsert(variants);
    for (const task of app.pictures.pending(10)) {
      await app.pictures.put(task, await flatPicture(task.source === 'red.webp' ? '#d01010' : '#1010d0'));
    }
    await app.indexer.sync({});
    for (const [color, id] of [
      ['#e01515', 'cap-red'],
      ['#1515e0', 'cap-blue'],
    ] as const) {
      expect(ids(await ask(app, color)).filter((found) => found.startsWith('cap'))).toEqual([id]);
    }
  });
});

it('finds what has no picture by its words, where both are of one space', async () => {
  await inShop(
    async (app) => {
      const found = await ask(app, '#e01515');
      expect(ids(found)).toContain('hat');
      const hat = found.results.find(({ product: { id } }) => id === 'hat');
      expect(hat?.why.photo).toBeGreaterThan(0.9);
    },
    { encoder: new ColorWords() },
  );
  await inShop(async (app) => expect(ids(await ask(app, '#e01515'))).not.toContain('hat'));
});

it('finds the likest of those that a filter lets through, however many it does not', async () => {
  await withTemporaryApp(
    async (app) => {
      const price = (minor: number) => ({ price: { minor, currency: 'EUR' } });
      // More than one part of the search takes pass the filter; the one that is most like the photo comes last.
      const rows = Array.from({ length: 400 }, (_, i) => ({ id: `a-${i}`, color: '#d07010', ...price(500) }));
      rows.push({ id: 'y-dear', color: '#d01010', ...price(9_000) }, { id: 'z-best', color: '#d01010', ...price(500) });
      app.products.upsert(rows.map(({ color, ...row }) => product({ title: 'Vase', imageLink: color, ...row })));
      for (let tasks = app.pictures.pending(500); tasks.length > 0; tasks = app.pictures.pending(500)) {
        const files = new Map<string, Buffer>();
        for (const task of tasks) {
          const bytes = files.get(task.source) ?? (await flatPicture(task.source));
          files.set(task.source, bytes);
          await app.pictures.put(task, bytes);
        }
      }
      await app.indexer.sync({});
      const found = ids(await ask(app, '#d01010', { words: 'under 20 €' }));
      expect(found[0]).toBe('z-best');
      expect(found).not.toContain('y-dear');
    },
    { imageEncoder: new ColorEncoder() },
  );
});

function inShop(action: (app: App) => Promise<void>, overrides: { encoder?: TextEncoder } = {}): Promise<void> {
  return withTemporaryApp(
    async (app) => {
      await filledShop(app);
      await action(app);
    },
    { imageEncoder: new ColorEncoder(), ...overrides },
  );
}
