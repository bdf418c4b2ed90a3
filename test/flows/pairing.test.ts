import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import { LANGUAGES, type Language, pairingCodeIn, type Reply } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { lastConversation, shopper } from './support/shopper';

const MINUTE = 60_000;
const config = temporaryConfig({ MODELS: 'none' });
let now = Date.UTC(2026, 10, 27);
let app: App;
const start = () => createApp(config, { clock: () => now });

beforeAll(async () => {
  app = start();
  app.products.upsert(
    ['red', 'white', 'green'].map((color) =>
      product({
        id: `mug-${color}`,
        title: `${color} mug`,
        texts: { es: { title: `Taza ${color}` }, zh: { title: `杯子${color}` } },
        productType: 'Kitchen > Mugs',
        color,
        price: { minor: 1000, currency: 'EUR' },
        ...(color === 'green' && { quantity: 3 }),
      }),
    ),
  );
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

function pass(milliseconds: number): void {
  now += milliseconds;
}

let people = 0;
/** Two devices of somebody who was never here before. */
function devices(locale = 'en') {
  people += 1;
  const ids = { laptop: `laptop-${people}`, phone: `phone-${people}` };
  return { ids, laptop: shopper(app, locale, ids.laptop), phone: shopper(app, locale, ids.phone) };
}
type Say = ReturnType<typeof shopper>;
const yes = (locale: string): string => app.translator.text(locale as Language, 'suggestions.yes');
async function codeOf(say: Say, words = 'continue on my phone', locale = 'en'): Promise<string> {
  let reply = await say(words);
  if (!reply.pairing) reply = await say(yes(locale));
  return reply.pairing?.code ?? '';
}
async function pair(laptop: Say, phone: Say): Promise<Reply> {
  await phone(await codeOf(laptop));
  return phone('yes');
}
const linesOf = (userId: string) =>
  app.baskets.lines({ channel: 'test', userId }).map(({ productId, quantity }) => `${productId} ×${quantity}`);
const ids = (reply: Reply) => reply.cards.map(({ productId }) => productId);
const offered = (reply: Reply) => reply.suggestions.map(({ title }) => title);
const add = (id: string) => ({ name: 'basketAdd', productId: id }) as const;
const like = (id: string) => ({ name: 'like', productId: id }) as const;

/** What is said on the laptop, then on the phone after the laptop's code, then on the laptop again. */
const CONVERSATIONS: readonly (readonly [
  string,
  string,
  string,
  readonly (readonly [string, string | RegExp])[],
  readonly (readonly [string, string | RegExp])[],
])[] = [
  [
    'en',
    'mugs',
    'show me a code for my other device',
    [
      ['yes', /^Done: your devices share .*\nYou were here:$/],
      ['add the second to my basket', /1 piece/],
      ['show my favourites', /^You have no likes yet/],
      ['save the first', /^Noted: you like/],
      ['show my favourites', 'Your likes (1):'],
    ],
    [
      ['show my basket', /1 piece/],
      ['show my saved items', 'Your likes (1):'],
      ['unlike it', /^(Which|All right, I have taken the like back)/],
      ['unlink my devices', /^Done: your devices no longer share/],
      ['unlink my devices', 'This device shares with no other.'],
    ],
  ],
  [
    'zh',
    '杯子',
    '在手机上继续',
    [
      ['是', /^好了：从现在起.*\n您刚才看到这里：$/],
      ['把第二个加入购物车', /共 1 件/],
      ['收藏第一个', /^记下了/],
      ['看看我的收藏', '您喜欢的商品（1）：'],
    ],
    [
      ['看下购物车', /共 1 件/],
      ['我的收藏', '您喜欢的商品（1）：'],
      ['取消收藏第一个', '好的，已取消喜欢。'],
      ['我的收藏', /^您还没有喜欢的商品/],
      ['解除设备关联', /^好了：您的设备不再共享/],
    ],
  ],
  [
    'es',
    'tazas',
    'seguir en el móvil',
    [
      ['sí', /^Listo: a partir de ahora tus dispositivos comparten .*\nEstabas aquí:$/],
      ['añade el segundo al carrito', /1 pieza/],
      ['guarda el primero', /^Anotado: te gusta/],
      ['ver mis favoritos', 'Tus favoritos (1):'],
    ],
    [
      ['ver mi carrito', /1 pieza/],
      ['mis favoritos', 'Tus favoritos (1):'],
      ['quita el primero de favoritos', 'De acuerdo, he quitado el «me gusta».'],
      ['mis favoritos', /^Todavía no tienes favoritos/],
      ['desvincular mis dispositivos', /^Listo: tus dispositivos ya no comparten nada/],
    ],
  ],
];

it.each(CONVERSATIONS)(
  '%s: two devices share a basket and likes',
  async (locale, search, asks, phoneSays, laptopSays) => {
    const { laptop, phone, ids: users } = devices(locale);
    const seen = ids(await laptop(search));
    const code = await codeOf(laptop, asks, locale);
    expect(pairingCodeIn(code)).toHaveLength(8);
    expect(offered(await phone(code))).toEqual([
      yes(locale),
      app.translator.text(locale as Language, 'suggestions.no'),
    ]);
    for (const [says, expects] of phoneSays) {
      const reply = await phone(says);
      expect(reply.text).toMatch(expects);
      if (reply.remembers) expect(ids(reply)).toEqual(seen);
    }
    for (const [says, expects] of laptopSays) expect((await laptop(says)).text).toMatch(expects);
    expect(linesOf(users.laptop)).toEqual(linesOf(users.phone));
  },
);

it.each(LANGUAGES)('%s: what it offers is understood', async (language) => {
  const { laptop, phone } = devices(language);
  const suggestion = (key: string) => app.translator.text(language, `suggestions.${key}`);
  await phone((await codeOf(laptop, suggestion('pair'), language)).toLowerCase().replace('-', ' '));
  expect(offered(await phone(yes(language)))).toContain(suggestion('unlink'));
  expect((await laptop(suggestion('unlink'))).text).toBe(app.translator.text(language, 'pairing.unlinked'));
});

it('asks before it remembers the first device, and shares nothing where either says no', async () => {
  const { laptop, phone, ids: users } = devices();
  expect((await laptop('pair my phone')).text).toContain('May I?');
  expect((await laptop('no')).text).toBe('All right, nothing is shared.');
  expect(app.profiles.hasConsent({ channel: 'test', userId: users.laptop })).toBe(false);
  const code = await codeOf(laptop);
  await phone(code);
  expect((await phone('no')).text).toBe('All right, nothing is shared.');
  expect(app.profiles.hasConsent({ channel: 'test', userId: users.phone })).toBe(false);
  await laptop('Add', add('mug-red'));
  expect(linesOf(users.phone)).toEqual([]);
  // A no does not use the code up.
  expect((await phone(`my code is ${code}`)).text).toContain('The code is right');
});

it('merges baskets by the greater number, within the stock, and likes of both; hearts and counts say so at once', async () => {
  const { laptop, phone, ids: users } = devices();
  await laptop('remember what I like');
  await phone('remember what I like');
  for (const id of ['mug-red', 'mug-red', 'mug-green']) await laptop('Add', add(id));
  for (const id of ['mug-red', 'mug-white', 'mug-green', 'mug-green', 'mug-green']) await phone('Add', add(id));
  await laptop('Like', like('mug-red'));
  await phone('Like', like('mug-white'));
  await laptop('mugs');
  const green = app.products.get('mug-green');
  if (!green) throw new Error('there is no green mug');
  app.products.upsert([{ ...green, quantity: 2 }]);
  const joined = await pair(laptop, phone);
  expect(linesOf(users.laptop)).toEqual(['mug-red ×2', 'mug-green ×2', 'mug-white ×1']);
  expect(linesOf(users.phone)).toEqual(linesOf(users.laptop));
  expect(joined.basket).toEqual({ count: 5 });
  expect(
    joined.cards
      .filter((card) => card.like?.given)
      .map(({ productId }) => productId)
      .sort(),
  ).toEqual(['mug-red', 'mug-white']);
  expect(ids(await laptop('show my likes')).sort()).toEqual(['mug-red', 'mug-white']);
  // Unlinked, each has all of it; paired again, no more of it.
  await phone('unlink my devices');
  await laptop('empty my basket');
  expect(linesOf(users.phone)).toHaveLength(3);
  await pair(laptop, phone);
  expect(linesOf(users.laptop)).toHaveLength(3);
  await phone('unlink my devices');
  await pair(laptop, phone);
  expect(linesOf(users.laptop).sort()).toEqual(['mug-green ×2', 'mug-red ×2', 'mug-white ×1']);
});

it('takes the last search over for an hour, and “go back” leads to the phone’s own', async () => {
  const { laptop, phone } = devices();
  await laptop('green mug');
  const own = ids(await phone('white mug'));
  const joined = await pair(laptop, phone);
  expect(ids(joined)[0]).toBe('mug-green');
  expect(ids(await phone('go back'))).toEqual(own);
  const other = devices();
  await other.laptop('green mug');
  pass(61 * MINUTE);
  expect(ids(await pair(other.laptop, other.phone))).toEqual([]);
});

it.each([
  ['expired', () => pass(10 * MINUTE), /^This code has expired/],
  ['cancelled', (laptop: Say) => laptop('cancel'), /^I don't know this code/],
  ['replaced by a newer one', (laptop: Say) => laptop('qr code'), /^I don't know this code/],
])('a code that is %s leads nowhere', async (_name, spoil, expected) => {
  const { laptop, phone } = devices();
  const code = await codeOf(laptop);
  await phone(code);
  await spoil(laptop);
  expect((await phone('yes')).text).toMatch(expected);
  expect((await phone(code)).text).toMatch(expected);
});

it('a code is used once, also where two say yes at the same moment', async () => {
  const { laptop, phone, ids: users } = devices();
  const stranger = shopper(app, 'en', 'stranger');
  const code = await codeOf(laptop);
  for (const say of [phone, stranger]) await say(code);
  const texts = (await Promise.all([phone('yes'), stranger('yes')])).map(({ text }) => text);
  expect(texts.filter((text) => text.startsWith('Done'))).toHaveLength(1);
  expect(texts.filter((text) => text.startsWith('This code has been used already'))).toHaveLength(1);
  expect((await shopper(app, 'en', 'late')(code)).text).toContain('used already');
  expect((await laptop(await codeOf(laptop))).text).toContain('This code is from here');
  expect(users.laptop).toBeTruthy();
});

it('lets nobody guess: five wrong codes in an hour, then the right one is refused, too', async () => {
  const { laptop, phone } = devices();
  const code = await codeOf(laptop);
  for (let wrong = 0; wrong < 5; wrong++) expect((await phone('CCCC-CCC2')).text).toContain("I don't know this code");
  expect((await phone(code)).text).toBe('Too many codes were wrong. Please try again later.');
  pass(61 * MINUTE);
  expect((await phone('code ABCD-EFGO')).text).toContain("I don't know this code");
});

it('keeps no code that storage could tell', async () => {
  const { laptop, phone } = devices();
  const code = await codeOf(laptop);
  await phone(code);
  const [row] = app.privacy.read({ shopper: { channel: 'test', userId: `laptop-${people}` }, conversations: [] }).data
    .pairing_codes ?? [undefined];
  expect(row?.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(app.conversations.load(lastConversation()).state)).not.toContain(code.replace('-', ''));
});

it('shares on after a restart, and tells nothing of orders, views or words', async () => {
  const { laptop, phone, ids: users } = devices();
  await pair(laptop, phone);
  await laptop('Details: red mug', { name: 'details', productId: 'mug-red' });
  await app.close();
  app = start();
  const [again, other] = [shopper(app, 'en', users.laptop), shopper(app, 'en', users.phone)];
  await again('Add', add('mug-white'));
  expect((await other('show my basket')).text).toContain('white mug');
  await other('Like', like('mug-red'));
  expect(ids(await again('show my likes'))).toEqual(['mug-red']);
  expect(app.profiles.events({ channel: 'test', userId: users.phone }).map(({ kind }) => kind)).toEqual(['like']);
});

it('forgets both devices where one says “forget me”', async () => {
  const { laptop, phone, ids: users } = devices();
  await pair(laptop, phone);
  await laptop('Add', add('mug-red'));
  await phone('Like', like('mug-red'));
  await phone('forget me');
  for (const userId of Object.values(users)) {
    expect(linesOf(userId)).toEqual([]);
    expect(app.profiles.events({ channel: 'test', userId })).toEqual([]);
    expect(app.profiles.hasConsent({ channel: 'test', userId })).toBe(false);
  }
  expect((await laptop('unlink my devices')).text).toBe('This device shares with no other.');
  expect((await laptop('show my likes')).text).toContain('you have not allowed me to');
});

it('says where the channel does not tell who writes', async () => {
  expect((await shopper(app, 'en', '')('pair my phone')).text).toContain("I can't link devices here");
});
