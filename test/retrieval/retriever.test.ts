import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../src/app';
import { groupOf, isAvailable, type Language, type Product, VitrineError } from '../../src/domain';
import { readManifest } from '../../src/retrieval';
import { RandomEncoder } from '../bench/products';
import { demoApp, product, temporaryConfig, withTemporaryApp } from '../support/data-dir';

/** Random vectors, eight texts a call; counts the texts and fails after some of them on wish. */
class CountingEncoder extends RandomEncoder {
  override readonly maxBatch = 8;
  texts = 0;

  constructor(public failsAfter = Number.POSITIVE_INFINITY) {
    super();
  }

  override async encode(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.texts + texts.length > this.failsAfter) throw new VitrineError('ENCODER_FAILED', 'as wished');
    this.texts += texts.length;
    return super.encode(texts);
  }
}

const eur = (euros: number) => ({ minor: euros * 100, currency: 'EUR' });

describe('search over the demo catalogue', () => {
  const app = demoApp();
  afterAll(() => app.close());

  it('puts what meets everything first and says why', async () => {
    const { results, relaxed } = await app.search('yellow striped cotton T-shirt', { limit: 10 });
    const [first] = results;
    expect(first?.why.attributes.kind).toEqual(['t-shirt']);
    const met = (result: (typeof results)[number]) => Object.keys(result.why.attributes).length;
    expect(met(results[0] as never)).toBeGreaterThanOrEqual(met(results.at(-1) as never));
    if ((first?.why.missing.length ?? 0) > 0) expect(relaxed.length).toBeGreaterThan(0);
  });

  it('never shows an item twice in a page, nor again on the next', async () => {
    const first = await app.search('dress', { limit: 10 });
    const second = await app.search('dress', { limit: 10, offset: 10 });
    const groups = [...first.results, ...second.results].map(({ product: found }) => groupOf(found));
    expect(new Set(groups).size).toBe(groups.length);
  });

  it('keeps a price limit, or says that it was given up', async () => {
    const kept = await app.search('mug under 15 €', { limit: 10 });
    expect(kept.relaxed).not.toContain('price');
    for (const { product: found } of kept.results)
      expect((found.salePrice ?? found.price)?.minor).toBeLessThanOrEqual(1500);
    const given = await app.search('sofa under 3 €', { limit: 5 });
    expect(given.relaxed).toContain('price');
    expect(given.results[0]?.why.attributes.kind).toEqual(['sofa']);
  });

  it('leaves out what is not wanted', async () => {
    const { results } = await app.search('handbag, no leather', { limit: 10 });
    expect(results.length).toBeGreaterThan(0);
    for (const { product: found } of results) expect(found.material).not.toBe('leather');
  });

  it('sorts by price when asked for the cheapest', async () => {
    const { results } = await app.search('cheapest guitar', { limit: 4 });
    const prices = results
      .filter(({ product: found, why }) => why.missing.length === 0 && isAvailable(found))
      .map(({ product: found }) => (found.salePrice ?? found.price)?.minor ?? 0);
    expect(prices.length).toBeGreaterThan(1);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
  });

  it.each<[Language, string, string]>([
    ['en', 'guitars', 'guitar'],
    ['en', 'telescop', 'telescope'],
    ['zh', '吉他', 'guitar'],
    ['es', 'guitarras', 'guitar'],
    ['fr', 'guitare', 'guitar'],
    ['de', 'Holzgitarre', 'guitar'],
    ['ja', 'ギター', 'guitar'],
    ['pt', 'violão', 'guitar'],
    ['ru', 'гитару', 'guitar'],
  ])('%s: "%s" finds it in every form', async (_, words, kind) => {
    const { results } = await app.search(words, { limit: 3 });
    expect(results.map(({ product: found }) => found.itemGroupId?.startsWith(kind))).toEqual([true, true, true]);
  });

  it.each([
    ["x' OR 1=1 --", { color: "red' OR '1'='1" }],
    ['guitar', { brand: "'; DROP TABLE products; --" }],
    ['guitar', { kind: "guitar') OR true --" }],
  ])('takes %p with %p as plain values', async (words, filters) => {
    const { results } = await app.search(words, { limit: 5, filters });
    expect(results).toEqual([]);
  });

  it('finds nothing for nothing', async () => {
    expect((await app.search('', { limit: 5 })).results).toEqual([]);
    expect((await app.search('qzxwv jkvbq', { limit: 5 })).results).toEqual([]);
  });
});

describe('a feed in English only', () => {
  const shop: Product[] = [
    product({ id: '1', title: 'Red leather backpack', price: eur(80), language: 'en' }),
    product({
      id: '2',
      title: 'Blue cotton backpack',
      price: eur(40),
      quantity: 0,
      availability: 'out_of_stock',
      language: 'en',
    }),
    product({ id: '3', title: 'Blue nylon backpack', price: eur(45), language: 'en' }),
    product({ id: '4', title: 'Wooden guitar', price: eur(200), language: 'en' }),
  ];

  it.each([
    ['红色皮革背包', '1'],
    ['赤い革のリュック', '1'],
    ['красный кожаный рюкзак', '1'],
    ['mochila azul', '3'],
    ['Holzgitarre', '4'],
  ])('%s finds %s', async (words, id) => {
    await withTemporaryApp(async (app) => {
      app.products.upsert(shop);
      await app.indexer.sync();
      const { results } = await app.search(words, { limit: 3 });
      expect(results[0]?.product.id).toBe(id);
    });
  });

  it('lets what is sold out sink below what is there', async () => {
    await withTemporaryApp(async (app) => {
      app.products.upsert(shop);
      await app.indexer.sync();
      const { results } = await app.search('blue backpack', { limit: 3 });
      expect(results.map((result) => result.product.id).slice(0, 2)).toEqual(['3', '2']);
    });
  });
});

describe('the index', () => {
  const fill = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) =>
      product({ id: `p${from + i}`, title: `Red backpack number ${from + i}` }),
    );

  it('is mended for a few changes and built anew for many', async () => {
    await withTemporaryApp(async (app) => {
      app.products.upsert(fill(0, 1_000));
      expect(await app.indexer.sync()).toMatchObject({ indexed: 1_000, rebuilt: true });
      expect(await app.indexer.sync()).toMatchObject({ indexed: 0, rebuilt: false });
      app.products.upsert([
        product({ id: 'p7', title: 'Green teapot' }),
        product({ id: 'new', title: 'Yellow teapot' }),
      ]);
      expect(await app.indexer.sync()).toMatchObject({ indexed: 2, rebuilt: false });
      const { results } = await app.search('teapot', { limit: 5 });
      expect(results.map((result) => result.product.id).sort()).toEqual(['new', 'p7']);
    });
  });

  it('answers every search while it is rebuilt and swapped', async () => {
    await withTemporaryApp(async (app) => {
      app.products.upsert(fill(0, 600));
      await app.indexer.sync();
      let building = true;
      const rebuilding = (async () => {
        for (let round = 0; round < 4; round++) await app.indexer.sync({ rebuild: true });
        building = false;
      })();
      let searches = 0;
      while (building) {
        const found = await Promise.all([1, 2, 3].map(() => app.search('red backpack', { limit: 5 })));
        for (const { results } of found) expect(results).toHaveLength(5);
        searches += found.length;
      }
      await rebuilding;
      expect(searches).toBeGreaterThan(3);
      const generations = readdirSync(app.indexFolder).filter((name) => name.startsWith('g-'));
      expect(generations.length).toBeLessThanOrEqual(2);
    });
  });

  it('survives a clock that jumps back and forth', async () => {
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now');
    try {
      await withTemporaryApp(async (app) => {
        for (const [round, jump] of [0, -400 * 86_400_000, 400 * 86_400_000, -1].entries()) {
          clock.mockImplementation(() => now + jump);
          app.products.upsert(fill(round * 600, (round + 1) * 600));
          expect((await app.indexer.sync()).rebuilt).toBe(true);
          app.products.upsert([product({ id: 'late', title: `Yellow teapot ${round}` })]);
          expect((await app.indexer.sync()).rebuilt).toBe(false);
          const { results, timings } = await app.search('teapot', { limit: 3 });
          expect(results[0]?.product.title).toBe(`Yellow teapot ${round}`);
          expect(timings.total).toBeGreaterThanOrEqual(0);
        }
      });
    } finally {
      clock.mockRestore();
    }
  });

  it('refuses an index that other rules made, and says what to run', async () => {
    const config = temporaryConfig();
    const plain = createApp(config);
    plain.products.upsert(fill(0, 10));
    await plain.indexer.sync();
    await plain.close();
    const encoded = createApp(config, { encoder: new RandomEncoder() });
    await expect(encoded.search('backpack', { limit: 1 })).rejects.toMatchObject({
      code: 'INDEX_MISMATCH',
      hint: expect.stringContaining('vitrine reindex'),
    });
    await encoded.indexer.sync();
    expect((await encoded.search('backpack', { limit: 1 })).results[0]?.why.similarity).toBeDefined();
    await encoded.close();
    rmSync(config.DATA_DIR, { recursive: true });
  });

  it('goes on with the index it has when another process builds one with another encoder', async () => {
    const config = temporaryConfig();
    const app = createApp(config);
    app.products.upsert(fill(0, 10));
    await app.indexer.sync();
    expect((await app.search('backpack', { limit: 1 })).results).toHaveLength(1);
    const other = createApp(config, { encoder: new RandomEncoder() });
    expect(other.indexer.isOutdated()).toBe(true);
    await other.indexer.sync();
    expect(other.indexer.isOutdated()).toBe(false);
    expect(app.indexer.isOutdated()).toBe(true);
    expect((await app.search('backpack', { limit: 1 })).results).toHaveLength(1);
    expect((await other.search('backpack', { limit: 1 })).results).toHaveLength(1);
    await app.close();
    await other.close();
    rmSync(config.DATA_DIR, { recursive: true });
  });

  it('encodes each text once, whatever is built anew', async () => {
    const config = temporaryConfig();
    const encoder = new CountingEncoder();
    const app = createApp(config, { encoder });
    app.products.upsert(fill(0, 40));
    await app.indexer.sync();
    const first = encoder.texts;
    expect(first).toBeGreaterThan(0);
    await app.indexer.sync({ rebuild: true });
    expect(encoder.texts).toBe(first);
    app.products.upsert([{ ...(fill(0, 1)[0] as Product), title: 'Something else' }]);
    await app.indexer.sync();
    expect(encoder.texts).toBe(first + 1);
    await app.close();
    rmSync(config.DATA_DIR, { recursive: true });
  });

  it('keeps what was encoded when a build is stopped', async () => {
    const config = temporaryConfig();
    const encoder = new CountingEncoder(20);
    const app = createApp(config, { encoder });
    app.products.upsert(fill(0, 40));
    await expect(app.indexer.sync()).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
    expect(readManifest(app.indexFolder)).toBeUndefined();
    encoder.failsAfter = Number.POSITIVE_INFINITY;
    const before = encoder.texts;
    await app.indexer.sync();
    expect(before).toBeGreaterThanOrEqual(16);
    expect(encoder.texts).toBeLessThanOrEqual(40);
    await app.close();
    rmSync(config.DATA_DIR, { recursive: true });
  });

  it('says that it is missing, and is rebuilt from storage when damaged', async () => {
    await withTemporaryApp(async (app) => {
      await expect(app.search('x', { limit: 1 })).rejects.toMatchObject({ code: 'INDEX_MISSING' });
      app.products.upsert(fill(0, 20));
      await app.indexer.sync();
      writeFileSync(join(app.indexFolder, 'current.json'), '{"format":1,"generation":"../../etc"}');
      await expect(app.search('x', { limit: 1 })).rejects.toMatchObject({ code: 'INDEX_FAILED' });
      await app.indexer.sync();
      expect((await app.search('backpack', { limit: 3 })).results).toHaveLength(3);
    });
  });

  it('clears away what a killed build left', async () => {
    await withTemporaryApp(async (app) => {
      app.products.upsert(fill(0, 20));
      await app.indexer.sync();
      mkdirSync(join(app.indexFolder, 'g-left-over', 'products.lance'), { recursive: true });
      await app.indexer.sync({ rebuild: true });
      expect(readdirSync(app.indexFolder)).not.toContain('g-left-over');
      expect(readManifest(app.indexFolder)?.products).toBe(20);
      expect(readFileSync(join(app.indexFolder, 'current.json'), 'utf8')).toContain('"format":1');
    });
  });

  it('holds products with hostile ids and titles as they are', async () => {
    await withTemporaryApp(async (app) => {
      const hostile = [
        product({ id: 'a\'b"c', title: "Red backpack '); DROP TABLE products; --" }),
        product({ id: '__proto__', title: '<img onerror=alert(1)> red backpack' }),
        product({ id: '../../x', title: '=HYPERLINK("http://x") red backpack' }),
        product({ id: 'surrogate', title: `red backpack ${'\u0301'.repeat(300)}` }),
      ];
      app.products.upsert(hostile);
      await app.indexer.sync();
      const { results } = await app.search('red backpack', { limit: 10 });
      expect(results.map((result) => result.product).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
        hostile.sort((a, b) => (a.id < b.id ? -1 : 1)),
      );
    });
  });
});
