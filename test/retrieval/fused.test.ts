import { type App, createApp } from '../../src/app';
import { initialWeights } from '../../src/fusion';
import { DEFAULT_WEIGHTS } from '../../src/retrieval';
import { ColorEncoder } from '../support/color-encoder';
import { ColorWords } from '../support/color-words';
import { product, withTemporaryApp } from '../support/data-dir';
import { filledShop, flatPicture } from '../support/photos';

const photoScreener = { refuses: async () => false };
const encoders = () => ({ encoder: new ColorWords(), imageEncoder: new ColorEncoder(), photoScreener });
/** Nothing but the fused vectors counts beside a photo. */
const WEIGHTS = {
  ...DEFAULT_WEIGHTS,
  photo: { ...DEFAULT_WEIGHTS.photo, weight: 0, least: 0, nearShare: 0 },
  fused: { words: 50, photo: 50, both: 50, cosine: { low: -1, high: 1 } },
};

/** Weights for the colours' space that are the plain sum. */
async function train(app: App, id = 'own'): Promise<void> {
  const spec = { id, kind: 'weighted', space: 'colors', dimensions: 3 } as const;
  await app.fusions.put({ spec, weights: initialWeights('weighted', 3, 1), notes: {} });
  await app.fusions.activate(id);
}

/** A shop whose fusion weights were trained after its index was built. */
async function inTrainedShop(action: (app: App, before: App) => Promise<void>): Promise<void> {
  await withTemporaryApp(async (before) => {
    await filledShop(before);
    await train(before);
    const app = createApp(before.config, { ...encoders(), weights: WEIGHTS });
    try {
      await action(app, before);
    } finally {
      await app.close();
    }
  }, encoders());
}

async function search(app: App, color: string, words = '') {
  const photo = await app.photoVector([await flatPicture(color)]);
  return app.search(words, { limit: 20, language: 'en', ...(photo && { photo }) });
}

it('refuses an index without fused vectors until it is built anew, and the way back likewise', async () => {
  await inTrainedShop(async (app, before) => {
    await expect(search(app, '#e01515')).rejects.toMatchObject({
      code: 'INDEX_MISMATCH',
      message: expect.stringContaining('the fusion weights'),
    });
    expect(app.indexer.isOutdated()).toBe(true);
    await app.indexer.sync({});
    expect(app.indexer.isOutdated()).toBe(false);
    expect((await search(app, '#e01515')).results.length).toBeGreaterThan(0);
    expect(await app.fusions.back()).toBe('');
    expect(before.indexer.isOutdated()).toBe(true);
  });
});

it('finds by all that the query is made of, and says how much each counted', async () => {
  await inTrainedShop(async (app) => {
    await app.indexer.sync({});
    // Yellow and blue speak against each other: what has either is nearer than what has none.
    const found = await search(app, '#e0e010', 'mug in yellow');
    expect(found.results[0]?.product.id).toBe('mug-yellow');
    expect(found.counted).toEqual({
      words: expect.closeTo(1 / 3, 5),
      photo: expect.closeTo(1 / 3, 5),
      attributes: expect.closeTo(1 / 3, 5),
    });
    const alone = await search(app, '#1010d0');
    expect(alone.counted).toEqual({ photo: 1 });
    expect(alone.results.slice(0, 2).map(({ product: { id } }) => id)).toEqual(['mug-blue', 'pack-blue']);
  });
});

it('says in the chat how much each counted, and only where the fused vector did', async () => {
  await inTrainedShop(async (app, before) => {
    await app.indexer.sync({});
    const card = async (text: string) => {
      const photo = await flatPicture('#e0e010');
      const id = await app.attachments.put('c', { bytes: photo, contentType: 'image/webp', name: 'photo.webp' });
      const message = {
        channel: 'test',
        conversationId: 'c',
        userId: 'u',
        locale: 'en',
        kind: 'message' as const,
        text,
      };
      const [reply] = await app.assistant.handleTurn(
        { ...message, hasAttachments: false, photos: [{ kind: 'stored', id }] },
        new AbortController().signal,
      );
      return reply?.cards[0];
    };
    expect((await card('mug in yellow'))?.counted).toMatchObject({
      text: 'counted: your words 67%, your photo 33%',
      parts: [{ label: 'your words' }, { label: 'your photo' }],
    });
    expect((await card(''))?.counted).toBeUndefined();
    // Words alone gain nothing from fusion: by default it is not asked.
    const usual = createApp(before.config, encoders());
    try {
      expect((await usual.search('mug in yellow', { limit: 5, language: 'en' })).counted).toBeUndefined();
      expect((await search(usual, '#e0e010', 'mug in yellow')).counted).toBeDefined();
    } finally {
      await usual.close();
    }
  });
});

it('follows products and pictures', async () => {
  await inTrainedShop(async (app) => {
    await app.indexer.sync({});
    const first = async (color: string) => (await search(app, color)).results[0]?.product.id;
    app.products.upsert([product({ id: 'a-sofa', title: 'Sofa', imageLink: 'sofa.webp' })]);
    await app.indexer.sync({});
    expect(await first('#e010e0')).not.toBe('a-sofa');
    // The picture comes later than the product: nothing about the product changes.
    for (const task of app.pictures.pending(10)) await app.pictures.put(task, await flatPicture('#d010d0'));
    await app.indexer.sync({});
    expect(await first('#e010e0')).toBe('a-sofa');
  });
});

it('searches on without fusion where it fails, and tells', async () => {
  await inTrainedShop(async (app) => {
    await app.indexer.sync({});
    const faults: unknown[] = [];
    app.observer.current = { step: () => undefined, fault: (error) => void faults.push(error) };
    const broken = Float32Array.from([Number.NaN, 0, 0]);
    const { results, counted } = await app.search('red mug', { limit: 5, language: 'en', history: broken });
    expect([results[0]?.product.id, counted]).toEqual(['mug-red', undefined]);
    expect(faults).toEqual([expect.objectContaining({ code: 'FUSION_FAILED' })]);
  });
});

it('has no fused vectors where no weights are trained', async () => {
  await withTemporaryApp(async (app) => {
    await filledShop(app);
    expect((await search(app, '#e01515', 'mug')).counted).toBeUndefined();
  }, encoders());
});
