import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import { type CardAction, LANGUAGES, type Product, type Reply } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { lastConversation, shopper } from './support/shopper';

const NOW = Date.UTC(2026, 10, 27);
const euros = (units: number) => ({ minor: units * 100, currency: 'EUR' });
const config = temporaryConfig({ MODELS: 'none' });
let app: App;

/** A shirt of which only L is in stock; four mugs, of which the black one is sold out. */
const PRODUCTS: readonly Product[] = [
  ...['S', 'M', 'L'].map((size) =>
    product({
      id: `shirt-${size}`,
      title: 'Linen shirt',
      texts: { es: { title: 'Camisa de lino' }, zh: { title: '亚麻衬衫' } },
      itemGroupId: 'shirt',
      productType: 'Clothing > Shirts',
      color: 'blue',
      size,
      brand: 'Aurora',
      price: euros(30),
      quantity: size === 'L' ? 50 : 0,
    }),
  ),
  ...['red', 'white', 'green', 'black'].map((color, index) =>
    product({
      id: `mug-${color}`,
      title: `${color[0]?.toUpperCase()}${color.slice(1)} mug`,
      texts: { es: { title: `Taza ${index}` }, zh: { title: `杯子${index}` } },
      productType: 'Kitchen > Mugs',
      color,
      brand: 'Solano',
      price: euros(20 + 10 * index),
      ...(color === 'green' && { salePrice: euros(35) }),
      ...(color === 'black' && { availability: 'out_of_stock' as const }),
    }),
  ),
];

let shoppers = 0;
const newcomer = (locale = 'en') => {
  shoppers += 1;
  return shopper(app, locale, `shopper-${shoppers}`);
};
const tap = (name: CardAction['name'], productId: string): CardAction => ({ name, productId });
const kept = () => {
  const owner = { channel: 'test', userId: `shopper-${shoppers}`, conversationId: lastConversation() };
  return app.alerts.store
    .of(owner)
    .map(({ kind, productId, target }) => `${kind} ${productId}${target ? ` ${target.minor / 100}` : ''}`);
};
const plain = ({ text }: Reply) => text.replace(/\u00a0/g, ' ');

beforeAll(async () => {
  app = createApp(config, { clock: () => NOW });
  app.products.upsert(PRODUCTS);
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

/** What is said, what is answered, and which alerts there are then, where that is looked at. */
type Line = readonly [says: string, expects: string | RegExp, alerts?: readonly string[]];

const CONVERSATIONS: readonly (readonly [string, readonly Line[]])[] = [
  [
    'en',
    [
      ['which alerts do I have?', /^You have no alerts\./, []],
      ['cheapest mug in black', /./],
      ['the black one', /^Black mug/],
      ["tell me when it's back", "I'll tell you here as soon as Black mug is back in stock.", ['stock mug-black']],
      ["let me know when it's back in stock please", /^I'll tell you here/, ['stock mug-black']],
      ['cheapest mug', /./],
      [
        'let me know if the second gets cheaper than 25 euros',
        "I'll tell you here as soon as White mug costs €25.00 or less.",
        ['stock mug-black', 'price mug-white 25'],
      ],
      [
        'tell me when it drops to 22',
        "I'll tell you here as soon as White mug costs €22.00 or less.",
        ['stock mug-black', 'price mug-white 22'],
      ],
      ['tell me if it gets cheaper', "I'll tell you here as soon as White mug costs less than €30.00."],
      ['tell me when it is under 40', 'White mug already costs €30.00.'],
      [
        'my alerts',
        'I will tell you about these:\n1. Black mug: when it is back in stock\n2. White mug: when it costs less than €30.00',
      ],
      [
        'stop telling me about the white one',
        "All right, I won't tell you about White mug any more.",
        ['stock mug-black'],
      ],
      ['unsubscribe', "All right, I won't tell you about Black mug any more.", []],
    ],
  ],
  [
    'zh',
    [
      ['杯子', /./],
      ['黑色的那个', /杯子3/],
      ['到货了通知我', '杯子3 一有货，我就在这里告诉您。', ['stock mug-black']],
      ['最便宜的杯子', /./],
      ['第二个降到25欧元以下告诉我', /^杯子1 降到 €25\.00 或更低时/, ['stock mug-black', 'price mug-white 25']],
      ['第一个降价了告诉我', /^杯子0 低于 €20\.00 时/],
      [
        '我的提醒',
        /^我在帮您留意这些：\n1\. 杯子3：到货时\n2\. 杯子0：低于 €20\.00 时\n3\. 杯子1：降到 €25\.00 或更低时$/,
      ],
      ['取消所有提醒', '好的，这里的提醒已全部取消。', []],
    ],
  ],
  [
    'es',
    [
      ['taza negra', /./],
      ['avísame cuando vuelva', 'Te aviso aquí en cuanto vuelva a haber Taza 3.', ['stock mug-black']],
      ['taza más barata', /./],
      ['avísame si el segundo baja de 25 euros', 'Te aviso aquí en cuanto Taza 1 cueste 25,00 € o menos.'],
      ['avísame si el primero baja de precio', 'Te aviso aquí en cuanto Taza 0 cueste menos de 20,00 €.'],
      [
        'qué avisos tengo',
        /^Te avisaré de esto:\n1\. Taza 3: cuando vuelva a haber\n2\. Taza 0: cuando cueste menos de 20,00 €\n3\. Taza 1/,
      ],
      ['no me avises más', /^Te avisaré de esto:/, ['stock mug-black', 'price mug-white 25', 'price mug-red 19.99']],
      ['quitar todos los avisos', 'De acuerdo, he quitado todos tus avisos de aquí.', []],
    ],
  ],
];

it.each(CONVERSATIONS)('%s: alerts are asked for, listed and stopped in words', async (locale, turns) => {
  const say = newcomer(locale);
  for (const [says, expects, alerts] of turns) {
    const text = plain(await say(says));
    expect([says, text]).toEqual([says, typeof expects === 'string' ? expects : expect.stringMatching(expects)]);
    if (alerts) expect([says, kept().sort()]).toEqual([says, [...alerts].sort()]);
  }
});

it.each([
  ['en', 'linen shirt', "tell me when it's back in M", /Linen shirt \(M\)/],
  ['zh', '亚麻衬衫', 'M码有货了告诉我', /亚麻衬衫 \(M\)/],
  ['es', 'camisa de lino', 'avísame cuando vuelva en talla M', /Camisa de lino \(M\)/],
])('%s: takes the size from the words', async (locale, search, wish, answer) => {
  const say = newcomer(locale);
  await say(search);
  await say('1');
  expect(plain(await say(wish))).toMatch(answer);
  expect(kept()).toEqual(['stock shirt-M']);
});

it('asks which of the sold-out sizes is meant, with answers to tap', async () => {
  const say = newcomer();
  await say('linen shirt size L');
  await say('1');
  const asked = await say("tell me when it's back");
  expect(asked.text).toBe('Several of Linen shirt are sold out. Which one are you waiting for?');
  expect(asked.suggestions.map(({ value }) => value)).toEqual(['M', 'S']);
  expect((await say('M')).text).toBe("I'll tell you here as soon as Linen shirt (M) is back in stock.");
  expect((await say("tell me when it's back in L")).text).toBe('Linen shirt (L) is in stock.');
  expect(kept()).toEqual(['stock shirt-M']);
});

it('is one tap on a sold-out card, and one to stop each', async () => {
  const say = newcomer();
  const details = await say('Details', tap('details', 'mug-black'));
  expect(details.cards[0]?.actions.map(({ name }) => name)).toContain('alertStock');
  await say("Tell me when it's back", tap('alertStock', 'mug-black'));
  await say("Tell me when it's back", tap('alertStock', 'shirt-M'));
  const listed = await say('my alerts');
  expect(listed.cards.map(({ productId, actions }) => [productId, actions[0]?.name])).toEqual([
    ['mug-black', 'alertStop'],
    ['shirt-M', 'alertStop'],
  ]);
  await say('Stop telling me', tap('alertStop', 'mug-black'));
  expect(kept()).toEqual(['stock shirt-M']);
  expect((await say('tap', tap('alertStock', 'mug-red'))).text).toBe('Red mug is in stock.');
  expect((await say('tap', tap('alertStock', 'nothing'))).text).toBe('That product is no longer in the shop.');
});

it('needs a product, and asks which one of several', async () => {
  const say = newcomer();
  expect((await say('tell me when it gets cheaper')).text).toContain('Which product do you mean?');
  await say('cheapest mug');
  const asked = await say('price alert');
  expect(asked.text).toMatch(/^Which one do you mean\?/);
  expect(plain(await say('2'))).toBe("I'll tell you here as soon as White mug costs less than €30.00.");
  expect((await say('tell me when number 9 is back')).text).toContain('I showed fewer than that');
});

it('belongs to the shopper in the conversation, and goes when the shopper wants to be forgotten', async () => {
  const say = newcomer();
  await say('tap', tap('alertStock', 'mug-black'));
  expect((await shopper(app, 'en', 'another')('my alerts')).text).toMatch(/^You have no alerts/);
  const again = newcomer();
  await again('tap', tap('alertStock', 'mug-black'));
  expect(kept()).toEqual(['stock mug-black']);
  await again('forget me');
  expect(kept()).toEqual([]);
});

it('keeps no more than twenty for a shopper', async () => {
  app.products.upsert(
    Array.from({ length: 20 }, (_, index) => product({ id: `gone-${index}`, title: `Gone ${index}`, quantity: 0 })),
  );
  const say = newcomer();
  for (let index = 0; index < 20; index++) await say('tap', tap('alertStock', `gone-${index}`));
  expect((await say('tap', tap('alertStock', 'mug-black'))).text).toMatch(/^I can't keep any more alerts/);
  expect(kept()).toHaveLength(20);
});

it.each(LANGUAGES)('%s: what can be tapped and what the help says is understood', async (language) => {
  const say = newcomer(language);
  const text = (key: string) => app.translator.text(language, key);
  await say('tap', tap('alertStock', 'mug-black'));
  await say('tap', tap('alertStock', 'shirt-M'));
  expect((await say(text('suggestions.alerts'))).cards).toHaveLength(2);
  await say(text('suggestions.stopAlerts'));
  expect(kept()).toEqual([]);
  const [first = '', second = ''] = [...text('alert.none').matchAll(/[“«„「] ?([^”»“」]+?) ?[”»“」]/g)].map(
    ([, said]) => said,
  );
  await say('tap', tap('details', 'mug-black'));
  await say(first);
  expect(kept()).toEqual(['stock mug-black']);
  await say('tap', tap('details', 'mug-green'));
  await say(second);
  expect(kept()).toEqual(['stock mug-black', 'price mug-green 34.99']);
});
