import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { Language } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { shopper } from './support/shopper';

const config = temporaryConfig({ MODELS: 'none' });
let app: App;

beforeAll(async () => {
  app = createApp(config);
  const shoes = (id: string, color: string, euros: number) =>
    ['41', '43'].map((size) =>
      product({
        id: `${id}-${size}`,
        title: `${color} running shoes, size ${size}`,
        itemGroupId: id,
        ...{ color, size, quantity: 9, availability: 'in_stock' as const },
        price: { minor: euros * 100, currency: 'EUR' },
      }),
    );
  app.products.upsert([...shoes('red', 'Red', 60), ...shoes('black', 'Black', 80)]);
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

type Step = readonly [says: string, expects: RegExp];

const TALKS: readonly (readonly [Language, readonly Step[]])[] = [
  [
    'en',
    [
      ['hey, I need new running shoes', /for running shoes:\n/],
      ['size 43', /size 43:\n(?:.*\n)*(red|black)-43/],
      ['the first', /^(Red|Black) running shoes, size 43/],
      ['the other one', /^(Red|Black) running shoes, size 43/],
      ["ok, I'll take it", /In your basket: .* × 1/],
      ['make it two', /Changed: .* × 2/],
      ['how much is that together', /In your basket:\n1\. .* × 2/],
      ['no, not that one', /That is all I found/],
      ['someone@example.com', /order number/],
      ['forget it', /What else/],
      ['running shoes', /running shoes:/],
      ['43', /size 43/],
    ],
  ],
  [
    'zh',
    [
      ['你好，跑鞋', /跑鞋：/],
      ['43码', /尺码 43：/],
      ['第一个', /^(Red|Black) running shoes, size 43/],
      ['另一个', /^(Red|Black) running shoes, size 43/],
      ['那就这个，加购物车', /已加入购物车/],
      ['要两个', /× 2/],
      ['不是这个', /就找到这些/],
    ],
  ],
  [
    'es',
    [
      ['hola, quiero unas zapatillas de correr nuevas', /zapatillas de running:/],
      ['talla 43', /talla 43:/],
      ['rojas no', /sin rojo/],
      ['la primera', /^Black running shoes, size 43/],
      ['me las llevo', /En tu carrito: .* × 1/],
      ['mejor dos', /× 2/],
      ['¿cuánto es todo junto?', /× 2/],
      ['no, esas no', /todo lo que|no hay más/],
    ],
  ],
];

it.each(TALKS)('%s: an everyday talk', async (language, talk) => {
  const say = shopper(app, language, `everyday-${language}`);
  for (const [says, expects] of talk) {
    const { text, cards } = await say(says);
    expect([says, [text, ...cards.map(({ productId }) => productId)].join('\n')]).toEqual([
      says,
      expect.stringMatching(expects),
    ]);
  }
});

it.each<[Language, string, RegExp]>([
  ['en', 'a gift for my wife', /^Here is what I found for women|^Sorry/],
  ['es', 'un regalo para mi mujer', /^Esto es lo que encontré para mujer|^Lo siento/],
])('%s: “%s” is not said twice “for”', async (language, says, expects) => {
  const { text } = await shopper(app, language)(says);
  expect(text).not.toMatch(/for for|para para/);
  expect(text).toMatch(expects);
});
