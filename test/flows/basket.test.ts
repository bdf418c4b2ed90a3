import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { CardAction, Product, Reply } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { shopper } from './support/shopper';

const NOW = Date.UTC(2026, 10, 27);
const euros = (units: number) => ({ minor: units * 100, currency: 'EUR' });
const config = temporaryConfig({ MODELS: 'none', CHECKOUT_URL: 'https://shop.example/cart?items={id}:{quantity},…' });
let app: App;

/** A shirt in two sizes, one of them nearly gone; four mugs, of which one is sold out. */
const PRODUCTS: readonly Product[] = [
  ...['M', 'L'].map((size) =>
    product({
      id: `shirt-${size}`,
      title: 'Linen shirt',
      texts: { es: { title: 'Camisa de lino' }, zh: { title: '亚麻衬衫' } },
      itemGroupId: 'shirt',
      productType: 'Clothing > Shirts',
      color: 'blue',
      size,
      material: 'linen',
      brand: 'Aurora',
      price: euros(30),
      quantity: size === 'M' ? 2 : 50,
      rating: 4.5,
      reviewCount: 10,
    }),
  ),
  ...['red', 'white', 'green', 'black'].map((color, index) =>
    product({
      id: `mug-${color}`,
      title: `${color[0]?.toUpperCase()}${color.slice(1)} mug`,
      texts: { es: { title: `Taza ${index}` }, zh: { title: `杯子${index}` } },
      productType: 'Kitchen > Mugs',
      color,
      material: color === 'red' ? 'steel' : 'porcelain',
      brand: 'Solano',
      price: euros(10 + index),
      rating: 4 + index / 10,
      reviewCount: 20,
      ...(color === 'black' && { availability: 'out_of_stock' as const }),
      link: `https://shop.example/p/mug-${color}`,
    }),
  ),
];

let shoppers = 0;
const newcomer = (locale = 'en') => {
  shoppers += 1;
  return shopper(app, locale, `shopper-${shoppers}`);
};
const add = (productId: string): CardAction => ({ name: 'basketAdd', productId });
const offered = (reply: Reply) => reply.suggestions.map(({ title }) => title);
const ids = (reply: Reply) => reply.cards.map(({ productId }) => productId);
const lines = (userId = `shopper-${shoppers}`) =>
  app.baskets.lines({ channel: 'test', userId }).map(({ productId, quantity }) => `${productId} ×${quantity}`);

beforeAll(async () => {
  app = createApp(config, { clock: () => NOW });
  app.products.upsert(PRODUCTS);
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

/** After “SEE”, its order is known: the mugs that are in stock by price, then whatever else. */
const CONVERSATIONS: readonly (readonly [string, string, readonly (readonly [string, string | RegExp])[]])[] = [
  [
    'en',
    'cheapest mug',
    [
      ['add the second to my basket', 'In your basket: White mug × 1.\n1 piece, €11.00 in all'],
      ['make it three', 'Changed: White mug × 3.\n3 pieces, €33.00 in all'],
      ['add two of the first one', 'In your basket: Red mug × 2.\n5 pieces, €53.00 in all'],
      [
        'show my basket',
        'In your basket:\n1. White mug × 3 · €11.00 = €33.00\n2. Red mug × 2 · €10.00 = €20.00\n5 pieces, €53.00 in all',
      ],
      ['remove the second', 'Taken out: Red mug.\n3 pieces, €33.00 in all'],
      ['go back', 'Your basket is as it was before.\n5 pieces, €53.00 in all'],
      ['remove the white one', 'Taken out: White mug.\n2 pieces, €20.00 in all'],
      ['check out', /^This is what you order; payment is in the shop:\n1\. Red mug × 2/],
      ['empty my basket', 'Your basket is empty now.'],
      ["what's in my basket?", 'Your basket is empty.'],
      ['remove the red mug', 'That is not in your basket.'],
    ],
  ],
  [
    'zh',
    '最便宜的杯子',
    [
      ['把第二个加入购物车', '已加入购物车：杯子1 × 1。\n共 1 件，合计 €11.00'],
      ['改成三个', '已修改：杯子1 × 3。\n共 3 件，合计 €33.00'],
      ['看下购物车', '您的购物车：\n1. 杯子1 × 3 · €11.00 = €33.00\n共 3 件，合计 €33.00'],
      ['结算', /^以下是您的订单/],
      ['把第一个从购物车里删掉', /^已移出购物车：杯子1。/],
      ['清空购物车', '您的购物车是空的。'],
    ],
  ],
  [
    'es',
    'taza más barata',
    [
      ['el segundo', /^Taza 1/],
      ['al carrito', 'En tu carrito: Taza 1 × 1.\n1 pieza, 11,00 € en total'],
      ['ponme dos', 'Cambiado: Taza 1 × 2.\n2 piezas, 22,00 € en total'],
      ['qué llevo en la cesta', 'En tu carrito:\n1. Taza 1 × 2 · 11,00 € = 22,00 €\n2 piezas, 22,00 € en total'],
      ['tramitar pedido', /^Esto es lo que pides/],
      ['vacía el carrito', 'Tu carrito está vacío ahora.'],
    ],
  ],
];

it.each(CONVERSATIONS)('%s: a basket is filled, changed and paid in words', async (locale, search, turns) => {
  const say = newcomer(locale);
  expect(ids(await say(search)).slice(0, 2)).toEqual(['mug-red', 'mug-white']);
  for (const [says, expects] of turns) {
    const { text } = await say(says);
    expect([says, text.replace(/\u00a0/g, ' ')]).toEqual([
      says,
      typeof expects === 'string' ? expects : expect.stringMatching(expects),
    ]);
  }
});

it.each([
  ['en', 'linen shirt', 'add it to my basket', 'Which size of Linen shirt?', 'L please', 'Linen shirt (L) × 1'],
  ['zh', '亚麻衬衫', '加入购物车', '亚麻衬衫 要哪个尺码？', 'L码', '亚麻衬衫 (L) × 1'],
  ['es', 'camisa de lino', 'al carrito', '¿Qué talla de Camisa de lino?', 'la L', 'Camisa de lino (L) × 1'],
])(
  '%s: asks for the size that is needed, with answers to tap',
  async (locale, search, wish, question, answer, added) => {
    const say = newcomer(locale);
    await say(search);
    await say('1');
    const asked = await say(wish);
    expect(asked.text).toBe(question);
    expect(offered(asked).sort()).toEqual(['L', 'M']);
    expect((await say(answer)).text).toContain(added);
    expect(lines()).toEqual(['shirt-L ×1']);
  },
);

it('takes the size from the words, and lets the question go when something else is said', async () => {
  const say = newcomer();
  await say('linen shirt');
  expect((await say('add the first in M')).text).toContain('Linen shirt (M) × 1');
  expect((await say('add the first in XL')).text).toBe(
    'There is no such one of Linen shirt.\nWhich size of Linen shirt?',
  );
  expect(ids(await say('red mug'))[0]).toBe('mug-red');
  expect(lines()).toEqual(['shirt-M ×1']);
  await say('Add to basket', add('shirt-L'));
  expect(lines()).toEqual(['shirt-M ×1']);
  expect((await say('no')).text).toContain('1. Linen shirt (M) × 1');
});

it('never puts in more than are in stock, and nothing that is sold out', async () => {
  const say = newcomer();
  await say('linen shirt size M');
  expect((await say('add five of the first')).text).toBe(
    'In your basket: Linen shirt (M) × 2.\nOnly 2 left\n2 pieces, €60.00 in all',
  );
  const out = await say('Add to basket', add('mug-black'));
  expect(out.text.split('\n')[0]).toBe('Black mug is sold out.');
  expect(lines()).toEqual(['shirt-M ×2']);
  const cards = (await say('black mug')).cards.find(({ productId }) => productId === 'mug-black');
  expect(cards?.actions.map(({ name }) => name)).toEqual(['alertStock', 'similar', 'details']);
});

it('leads to the shop with the lines in the address, and tells how many pieces there are', async () => {
  const say = newcomer();
  expect((await say('mug')).basket).toBeUndefined();
  await say('Add to basket', add('mug-red'));
  const added = await say('Add to basket', add('mug-white'));
  expect(added.basket).toEqual({ count: 2 });
  expect(offered(added)).toEqual(['Show my basket', 'Check out', 'Go back']);
  const paid = await say('Check out');
  expect(paid.link).toMatchObject({ label: 'Check out', url: 'https://shop.example/cart?items=mug-red:1,mug-white:1' });
  expect((await say('Take out', { name: 'basketRemove', productId: 'mug-red' })).basket).toEqual({ count: 1 });
});

it('belongs to the shopper, in every conversation, and outlives a restart', async () => {
  const say = newcomer();
  const userId = `shopper-${shoppers}`;
  await say('Add to basket', add('mug-red'));
  expect((await shopper(app, 'en', userId)('show my basket')).text).toContain('Red mug × 1');
  expect((await shopper(app, 'en', 'another')('show my basket')).text).toBe('Your basket is empty.');
  await app.close();
  app = createApp(config, { clock: () => NOW });
  expect((await shopper(app, 'en', userId)('show my basket')).text).toContain('Red mug × 1');
  await shopper(app, 'en', userId)('forget me');
  expect(lines(userId)).toEqual([]);
  expect((await shopper(app, 'en', '')('show my basket')).text).toContain("I can't keep a basket here");
});

it('asks which one is meant, and takes a number for an answer', async () => {
  const say = newcomer();
  await say('cheapest mug');
  const asked = await say('add it to my basket');
  expect(asked.text).toMatch(/^Which one do you mean\?\n1\. Red mug\n2\. White mug/);
  expect((await say(asked.suggestions[1]?.value ?? '')).text).toContain('In your basket: White mug × 1.');
  expect((await say('add number 9')).text).toContain('I showed fewer than that');
});
