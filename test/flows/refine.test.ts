import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { Language } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { shopper } from './support/shopper';

let app: App;
beforeAll(async () => {
  app = createApp(temporaryConfig());
  const pack = (id: string, title: string, euros: number) =>
    product({ id, title, price: { minor: euros * 100, currency: 'EUR' } });
  app.products.upsert([
    pack('red-leather', 'Red leather backpack', 90),
    pack('red-canvas', 'Red canvas backpack', 60),
    pack('black-leather', 'Black leather backpack', 80),
    pack('black-canvas', 'Black canvas backpack', 40),
    pack('black-mug', 'Black ceramic mug', 10),
    pack('red-mug', 'Red ceramic mug', 12),
  ]);
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(app.config.DATA_DIR, { recursive: true, force: true });
});

/** What is said in one conversation, and the product that comes first each time. */
const TALKS: readonly (readonly [Language, readonly (readonly [says: string, first: string])[]])[] = [
  [
    'en',
    [
      ['red backpack', 'red-'],
      ['cheaper', 'red-canvas'],
      ['in black', 'black-canvas'],
      ['over 50 €', 'black-leather'],
      ['under 85 €', 'black-'],
      ['no canvas', 'black-leather'],
      // A kind that is named is another wish.
      ['a red mug', 'red-mug'],
      ['in black', 'black-mug'],
    ],
  ],
  [
    'zh',
    [
      ['红色的双肩包', 'red-'],
      ['便宜一点', 'red-canvas'],
      ['要黑色的', 'black-canvas'],
      ['不要帆布的', 'black-leather'],
      ['要红色的', 'red-leather'],
    ],
  ],
  [
    'es',
    [
      ['mochila roja', 'red-'],
      ['algo más barato', 'red-canvas'],
      ['en negro', 'black-canvas'],
      ['sin lona', 'black-leather'],
      ['menos de 50 €', 'black-'],
    ],
  ],
  [
    'fr',
    [
      ['sac à dos rouge', 'red-'],
      ['moins cher', 'red-canvas'],
      ['en noir', 'black-canvas'],
    ],
  ],
  [
    'de',
    [
      ['roter Rucksack', 'red-'],
      ['billiger', 'red-canvas'],
      ['in schwarz', 'black-canvas'],
      ['kein Leder', 'black-canvas'],
    ],
  ],
  [
    'ja',
    [
      ['赤いリュック', 'red-'],
      ['もっと安いの', 'red-canvas'],
      ['黒で', 'black-canvas'],
    ],
  ],
  [
    'pt',
    [
      ['mochila vermelha', 'red-'],
      ['mais barato', 'red-canvas'],
      ['em preto', 'black-canvas'],
    ],
  ],
  [
    'ru',
    [
      ['красный рюкзак', 'red-'],
      ['подешевле', 'red-canvas'],
      ['в чёрном цвете', 'black-canvas'],
    ],
  ],
];

it.each(TALKS)('a wish holds until it is said anew: %s', async (language, turns) => {
  const say = shopper(app, language);
  for (const [says, first] of turns) {
    const { cards } = await say(says);
    expect([says, cards[0]?.productId]).toEqual([says, expect.stringMatching(new RegExp(`^${first}`))]);
  }
});

it('goes on with the same wish for "show more" and after "go back"', async () => {
  const say = shopper(app);
  await say('red backpack');
  await say('in black');
  expect((await say('go back')).cards[0]?.productId).toMatch(/^red-/);
  expect((await say('cheaper')).cards[0]?.productId).toBe('red-canvas');
});

it('what is not wanted adds up, and is wanted again when it is asked for', async () => {
  const say = shopper(app);
  await say('backpack under 85 €');
  expect((await say('not red')).text).toContain('without red');
  expect((await say('no leather')).text).toMatch(/without.*leather/);
  expect((await say('not in red')).text).toMatch(/without.*red/);
  const { text, cards } = await say('in leather');
  expect([text, cards[0]?.productId]).toEqual([expect.not.stringContaining('without leather'), 'black-leather']);
});

it('takes a wish for better ratings as an order of what was found', async () => {
  const say = shopper(app);
  await say('red backpack');
  const { text } = await say('better rated');
  expect(text).toMatch(/backpacks, red/);
});

it('words that say what a thing should be like, with nothing before them, are a wish of their own', async () => {
  const { cards } = await shopper(app)('in black');
  expect(cards.map(({ productId }) => productId)).toContain('black-mug');
});
