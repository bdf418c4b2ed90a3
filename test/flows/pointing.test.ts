import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { Reply } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { shopper } from './support/shopper';

const NOW = Date.UTC(2026, 10, 27);
const config = temporaryConfig({ MODELS: 'none' });
let app: App;

beforeAll(async () => {
  app = createApp(config, { clock: () => NOW });
  app.products.upsert(
    ['red', 'blue', 'green'].flatMap((color, index) =>
      ['S', 'L'].map((size) =>
        product({
          id: `${color}-${size}`,
          title: `Backpack ${color}`,
          itemGroupId: color,
          color,
          size,
          brand: 'Aurora',
          material: index === 0 ? 'leather' : 'nylon',
          price: { minor: 1000 + index * 500, currency: 'EUR' },
          rating: 4 + index / 10,
          reviewCount: 12,
        }),
      ),
    ),
  );
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

const ids = (reply: Reply) => reply.cards.map(({ productId }) => productId.replace(/-[SL]$/, ''));
const search = { en: 'cheapest backpack', zh: '最便宜的背包', es: 'mochila más barata' } as const;

it.each([
  ['en', 'the second one', 'blue'],
  ['en', 'tell me more about the last one', 'green'],
  ['en', 'that red one', 'red'],
  ['en', 'the most expensive one', 'green'],
  ['zh', '第二个', 'blue'],
  ['zh', '详细说一下第三个', 'green'],
  ['es', 'el último', 'green'],
  ['es', 'cuéntame más de la primera', 'red'],
] as const)('%s: “%s” shows the details of it', async (language, says, color) => {
  const say = shopper(app, language);
  expect(ids(await say(search[language]))).toEqual(['red', 'blue', 'green']);
  const reply = await say(says);
  expect(ids(reply)).toEqual([color]);
  expect(reply.text).toMatch(new RegExp(`^Backpack ${color}`));
});

it('"it" is what was looked at last, "more like the first" searches, and what fits nothing shown is a new wish', async () => {
  const say = shopper(app);
  await say(search.en);
  await say('number 2');
  expect((await say('tell me more about it')).text).toMatch(/^Backpack blue/);
  expect((await say('something like the first')).text).toBe('Similar to Backpack red:');
  expect((await say('that green leather one')).text).toContain('green');
  expect((await say('the yellow one')).text).not.toMatch(/^Which/);
});

it.each([
  ['en', 'compare 1 and 3', 'price', '€10.00 | €20.00', 'material', 'leather | nylon'],
  ['zh', '比较第一个和第三个', '价格', '€10.00 | €20.00', '材质', 'leather | nylon'],
  ['es', 'compara el 1 y el 3', 'precio', '10,00 € | 20,00 €', 'material', 'leather | nylon'],
] as const)('%s: “%s” sets them side by side', async (language, says, price, prices, material, materials) => {
  const say = shopper(app, language);
  await say(search[language]);
  const { table } = await say(says);
  expect(table?.columns).toEqual(['Backpack red', 'Backpack green']);
  const row = (label: string) => table?.rows.find((each) => each.label === label);
  expect(
    row(price)
      ?.cells.join(' | ')
      .replace(/\u00a0/g, ' '),
  ).toBe(prices);
  expect(row(material)).toMatchObject({ differs: true });
  expect(row(material)?.cells.join(' | ')).toBe(materials);
  expect(table?.rows.filter(({ differs }) => !differs).map(({ cells }) => cells[0])).toContain('Aurora');
});

it.each([
  ['en', 'go back', 'Back to what I showed before:', 'There is nothing to go back to.'],
  ['zh', '返回上一步', '回到之前展示的内容：', '没有可以返回的步骤了。'],
  ['es', 'volver atrás', 'De vuelta a lo anterior:', 'No hay nada a lo que volver.'],
] as const)('%s: “%s” shows what was shown before', async (language, says, back, nothing) => {
  const say = shopper(app, language);
  expect((await say(says)).text).toBe(nothing);
  await say(search[language]);
  await say({ en: 'red backpack', zh: '红色背包', es: 'mochila roja' }[language]);
  await say('1');
  const first = await say(says);
  expect([first.text, ids(first)[0]]).toEqual([back, 'red']);
  const second = await say(says);
  expect([second.text, ids(second)]).toEqual([back, ['red', 'blue', 'green']]);
  expect(ids(await say('2'))).toEqual(['blue']);
});

it('goes back to nothing for who was forgotten', async () => {
  const say = shopper(app);
  await say(search.en);
  await say('red backpack');
  await say('forget me');
  expect((await say('go back')).text).toBe('There is nothing to go back to.');
});

it('goes back behind a new start, too', async () => {
  const say = shopper(app);
  await say(search.en);
  await say('start over');
  expect((await say('compare 1 and 2')).table).toBeUndefined();
  expect(ids(await say('go back'))).toEqual(['red', 'blue', 'green']);
});
