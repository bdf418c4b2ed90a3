import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { Language } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { ids, scarf } from './support/scarves';
import { shopper } from './support/shopper';

/** With the trained classifier of intents, as it serves. */
const config = temporaryConfig();
let app: App;

beforeAll(async () => {
  app = createApp(config);
  app.products.upsert([
    scarf('one', 'red', 'silk', 1000),
    scarf('two', 'blue', 'wool', 2000),
    scarf('three', 'green', 'cotton', 3000),
    scarf('four', 'blue', 'leather', 4000),
    product({ id: 'rain', title: 'Umbrella', productType: 'umbrella', price: { minor: 1500, currency: 'EUR' } }),
    product({ id: 'cage', title: 'Birdcage white', color: 'white', price: { minor: 900, currency: 'EUR' } }),
  ]);
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

type Say = ReturnType<typeof shopper>;
const CHEAPEST: Partial<Record<Language, string>> = {
  en: 'cheapest scarves',
  zh: '最便宜的围巾',
  es: 'bufandas más baratas',
};

let shoppers = 0;
const someone = (language: Language) => shopper(app, language, `shopper-${shoppers++}`);

async function listed(language: Language): Promise<Say> {
  const say = someone(language);
  expect(ids(await say(CHEAPEST[language] ?? ''))).toEqual(['one', 'two', 'three', 'four']);
  return say;
}

it.each<[Language, string, string]>([
  ['en', "what's the silk one like", 'one'],
  ['en', "that's it, number 2", 'two'],
  ['en', 'i like the green one', 'three'],
  ['zh', '3号看着合适', 'three'],
  ['zh', '我想看看真丝那条', 'one'],
  ['es', 'uy qué bonita la de seda, enséñamela', 'one'],
  ['es', 'me mola el 2', 'two'],
])('%s: of a list, “%s” shows the details of %s', async (language, says, id) => {
  const say = await listed(language);
  const reply = await say(says);
  expect(reply.text).toMatch(new RegExp(`^Scarf ${id}`));
});

it.each<[Language, string, number]>([
  ['en', "go on then, i'll take it", 1],
  ['en', "i'd like to buy this", 1],
  ['en', '3x', 3],
  ['en', 'two of those please', 2],
  ['zh', '我要两个', 2],
  ['zh', '那就买这个吧', 1],
  ['es', 'venga va, me la quedo', 1],
  ['es', 'tres, que se ensucian mucho', 3],
])('%s: of one that was opened, “%s” puts so many into the basket: %i', async (language, says, quantity) => {
  const say = await listed(language);
  await say('1');
  const reply = await say(says);
  expect(reply.basket).toEqual({ count: quantity });
  expect(reply.text).toContain('Scarf one');
});

it.each<[Language, string, string, number]>([
  ['en', 'add it', 'add to basket', 1],
  ['en', 'add it', 'two of them please', 2],
  ['en', 'add it', 'two more of them', 3],
  ['es', 'ponla en el carrito', 'dos más', 3],
  ['zh', '加入购物车', '一共要两个', 2],
])('%s: “%s”, then “%s”, are so many in all: %i', async (language, first, then, count) => {
  const say = await listed(language);
  await say('1');
  await say(first);
  expect((await say(then)).basket).toEqual({ count });
});

it.each<[Language, string]>([
  ['en', 'thats me done, let me pay'],
  ['zh', '就这些了，结账'],
  ['es', 'ya está, cóbrame'],
])('%s: with something in the basket, “%s” goes to the check-out', async (language, says) => {
  const say = await listed(language);
  await say('1');
  await say({ en: 'add it', zh: '加入购物车', es: 'ponla en el carrito' }[language as 'en' | 'zh' | 'es']);
  expect((await say(says)).text).toMatch(/what you order|order each|下单|订购|pides|Pide/i);
});

it.each<[Language, string]>([
  ['en', 'right, pop it in the trolley then'],
  ['en', 'lovely scarf, put one in my bag please'],
  ['es', 'ay qué linda, agréguela a mi bolsa por favor'],
  ['zh', '不错，放进购物车吧'],
])('%s: “%s” looks for no bag, and puts in what is talked of', async (language, says) => {
  const say = await listed(language);
  await say('1');
  expect((await say(says)).basket).toEqual({ count: 1 });
});

it.each<[Language, string]>([
  ['en', 'add a blue bag to my basket'],
  ['es', 'ponme una bolsa'],
])('%s: “%s”, beside a scarf, adds no scarf', async (language, says) => {
  const say = await listed(language);
  await say('1');
  expect((await say(says)).basket).toBeUndefined();
});

it('what is refused is taken out, whatever stands beside it', async () => {
  const say = someone('de');
  await say('günstigste Schals');
  await say('1');
  await say('in den Warenkorb');
  expect((await say('den Schal doch nicht, bitte wieder raus')).basket).toEqual({ count: 0 });
});

it('what is refused is taken out, whatever was opened since', async () => {
  const say = await listed('en');
  await say('add 1');
  await say('3');
  expect((await say('the silk scarf after all not, take it out')).basket).toEqual({ count: 0 });
});

it.each<[Language, string]>([
  ['en', 'do any of these come in green?'],
  ['es', '¿alguna viene en verde?'],
  ['zh', '有绿色的吗？'],
])('%s: of several, “%s” looks for those', async (language, says) => {
  const say = await listed(language);
  expect(ids(await say(says))[0]).toBe('three');
});

it.each<[Language, string, number]>([
  ['zh', '红的来两个', 2],
  ['en', 'put the red one in my bag', 1],
])('%s: of a list, “%s” puts in the only one that is so, %i', async (language, says, count) => {
  const say = await listed(language);
  const reply = await say(says);
  expect(reply.basket).toEqual({ count });
  expect(reply.text).toContain('Scarf one');
});

it('who wants it otherwise than it is puts nothing in', async () => {
  const say = await listed('zh');
  await say('1');
  expect((await say('换成羊绒的呢')).basket).toBeUndefined();
});

it('what was not looked for is no filter to forget', async () => {
  const say = await listed('en');
  expect(ids(await say('forget scarves, have you got umbrellas'))[0]).toBe('rain');
});

it('what was picked by its looks holds for what is looked for on', async () => {
  const say = await listed('en');
  await say('that wool one, show me');
  expect(ids(await say('under 30'))[0]).toBe('two');
});

it('a word alone and the cheapest of a kind are looked for, and what fits several is no choice', async () => {
  const say = await listed('en');
  expect(
    ids(await say('blue'))
      .slice(0, 2)
      .sort(),
  ).toEqual(['four', 'two']);
  expect(ids(await say('cheapest blue scarf'))[0]).toBe('two');
});

it.each<[Language, string, string]>([
  ['en', 'any in green, mate?', 'three'],
  ['en', 'not red, rather green', 'three'],
  ['es', 'no, mejor verde porfa', 'three'],
  ['zh', '有没有绿色的呀', 'three'],
])('%s: “%s” refines, whatever stands beside what is wanted', async (language, says, id) => {
  const say = await listed(language);
  expect(ids(await say(says))[0]).toBe(id);
});

it('goods that titles name are looked for, whatever was shown', async () => {
  const say = await listed('en');
  expect(ids(await say('a white birdcage'))[0]).toBe('cage');
});

it('a number with a letter is an order’s', async () => {
  const say = someone('en');
  expect((await say("what's up with V-1003")).text).toMatch(/e-mail/i);
});
