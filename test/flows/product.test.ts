import type { App } from '../../src/app';
import { product as productOf, withTemporaryApp } from '../support/data-dir';
import { shopper } from './support/shopper';

/** Twelve red and blue backpacks of three brands, in two sizes each, and a mug. */
async function filled(app: App): Promise<void> {
  const packs = Array.from({ length: 12 }, (_, item) =>
    ['S', 'L'].map((size) =>
      productOf({
        id: `pack-${item}-${size}`,
        title: `Backpack ${item}`,
        itemGroupId: `pack-${item}`,
        color: item % 2 === 0 ? 'red' : 'blue',
        size,
        brand: 'Aurora',
        material: 'nylon',
        description: 'Light and roomy.',
        rating: 4.5,
        reviewCount: 12,
        reviews: [
          { text: 'Sehr gut.', language: 'de' },
          { text: 'Very good.', language: 'en' },
        ],
        texts: { de: { title: `Rucksack ${item}`, description: 'Leicht und geräumig.' } },
      }),
    ),
  ).flat();
  app.products.upsert([...packs, productOf({ id: 'mug', title: 'Mug <b>x</b>', color: 'white' })]);
  await app.indexer.sync({});
}

it('finds more like a product: its kind and colour first, never itself or its variants', async () => {
  await withTemporaryApp(async (app) => {
    await filled(app);
    const say = shopper(app);
    const reply = await say('More like this', { name: 'similar', productId: 'pack-0-S' });
    expect(reply.text).toBe('Similar to Backpack 0:');
    const ids = reply.cards.map(({ productId }) => productId.replace(/-[SL]$/, ''));
    expect(ids.slice(0, 5).sort()).toEqual(['pack-10', 'pack-2', 'pack-4', 'pack-6', 'pack-8']);
    expect(ids).not.toContain('pack-0');
    const more = await say('show more');
    expect(more.text).toBe('More of this kind:');
    expect(more.cards.some(({ productId }) => ids.includes(productId.replace(/-[SL]$/, '')))).toBe(false);
    expect(more.cards.length).toBeGreaterThan(0);
    expect(more.cards.map(({ productId }) => productId)).not.toContain('mug');
  });
});

it('tells all that the feed says about a product, in the language of the conversation', async () => {
  await withTemporaryApp(async (app) => {
    await filled(app);
    const details = { name: 'details', productId: 'pack-0-S' } as const;
    const reply = await shopper(app)('Details', details);
    expect(reply.text.split('\n\n')).toEqual([
      'Backpack 0',
      'Light and roomy.',
      'brand: Aurora · colour: red · size: S · material: nylon',
      'In stock\nSizes: L, S',
      'Average rating: 4.5 of 5 ★ · reviews: 12\n“Very good.”',
      expect.stringMatching(/^Delivery: .+\nReturns and refunds: /),
    ]);
    expect(reply.cards).toMatchObject([
      { productId: 'pack-0-S', actions: [{ name: 'basketAdd' }, { name: 'similar' }, { name: 'goesWith' }] },
    ]);
    const german = await shopper(app, 'de-DE')('Details', details);
    expect(german.text).toContain('Leicht und geräumig.');
    expect(german.text).toContain('“Sehr gut.”');
    expect(german.text).not.toContain('Very good');
  });
});

it.each([
  ['en', 'That product is no longer in the shop.'],
  ['zh', '这件商品已经下架了。'],
  ['es', 'Ese producto ya no está en la tienda.'],
])('says in %s that a product is gone', async (locale, text) => {
  await withTemporaryApp(async (app) => {
    await filled(app);
    for (const name of ['similar', 'details'] as const) {
      const reply = await shopper(app, locale)('x', { name, productId: '__proto__' });
      expect([reply.text, reply.cards]).toEqual([text, []]);
    }
  });
});
