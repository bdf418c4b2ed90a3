import { type App, createApp } from '../../src/app';
import type { Language } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { shopper } from './support/shopper';

const TITLES = {
  umbrella: 'Blue nylon umbrella',
  tent: 'Grey nylon tent',
  guitar: 'Brown wooden guitar',
  teapot: 'White ceramic teapot',
  pencil: 'Green wooden pencil',
  sofa: 'Beige linen sofa',
  skis: 'Red carbon skis',
  soap: 'White olive oil soap',
} as const;

/** Messages that ask for nothing that a shop has. */
const ODD = [
  '?',
  '!!!',
  '…',
  '--',
  '😀',
  '👍👍👍',
  '🙈🙉🙊',
  'aaaaa',
  'a'.repeat(5_000),
  'asdfgh',
  'qwertz',
  'zzz',
  'hjkl jkl',
  'qwerty uiop',
  '<script>',
  '<script>alert(1)</script>',
  '<b></b>',
  '12345',
  '0',
  '4111 1111 1111 1111',
  'ada@example.com',
  'https://example.com/x?y=1',
  "'' UNION ALL SELECT NULL --",
  '\u200b\u200d',
  '\u202egnp.tac',
  'מה',
  'مرحبا بكم',
  'ффффф',
  'アアアア',
  '哈哈哈哈',
  'asdf 哈哈 ффф',
  '{{title}}',
];
/** Messages that may mean something. */
const PLAIN = [
  "'; DROP TABLE products; --",
  '1',
  '2',
  'M',
  'ok',
  'yes',
  'red',
  '☂️',
  'blue 雨伞 зонт',
  `a tent ${'and a tent '.repeat(400)}`,
];

/** A shop that speaks English only, and whose words for things the shopper doesn't use. */
describe('meaning', () => {
  const config = temporaryConfig();
  let app: App;
  beforeAll(async () => {
    app = createApp(config);
    app.products.upsert(Object.entries(TITLES).map(([id, title]) => product({ id, title, language: 'en' })));
    await app.indexer.sync();
  });
  afterAll(() => app.close());

  it.each<[Language, string, keyof typeof TITLES]>([
    ['en', 'where to sleep when camping', 'tent'],
    ['en', 'for drawing sketches', 'pencil'],
    ['zh', '下雨天撑的', 'umbrella'],
    ['zh', '洗手的', 'soap'],
    ['es', 'para tomar té', 'teapot'],
    ['es', 'para acampar en la montaña', 'tent'],
    ['fr', 'dormir en camping', 'tent'],
    ['de', 'zum Zelten', 'tent'],
    ['ja', 'スキー場で滑る', 'skis'],
  ])('%s: %s', async (language, says, expects) => {
    const reply = await shopper(app, language)(says);
    expect(reply.cards?.[0]?.productId).toBe(expects);
  });

  it.each<[Language, string, string]>([
    ['en', 'where to sleep when camping', 'by its meaning'],
    ['zh', '下雨天撑的', '按意思'],
    ['es', 'para acampar en la montaña', 'por su significado'],
  ])('says so: %s', async (language, says, expects) => {
    const reply = await shopper(app, language)(says);
    expect(reply.text).toContain(expects);
    expect(reply.cards?.[0]?.why).not.toBe('');
  });

  it.each<[Language, string]>([
    ['en', 'xkqzt vbbrw'],
    ['es', 'qzxwv jkvbq'],
    ['zh', 'asdfgh zxcvb'],
  ])('finds nothing for what means nothing: %s %s', async (language, says) => {
    const reply = await shopper(app, language)(says);
    expect(reply.cards ?? []).toEqual([]);
  });

  /** What is said before: nothing, a search that shows products, and what asks a question. */
  const BEFORE = { 'at first': [], 'after results': ['red skis'], 'when asked': ['where is my order'] };

  it.each(
    Object.entries(BEFORE).flatMap(([when, before]) =>
      ODD.map((says) => [when, says.slice(0, 40), before, says] as const),
    ),
  )('%s, “%s” shows nothing as if it were asked for', async (_when, _start, before, says) => {
    const say = shopper(app);
    for (const words of before) await say(words);
    const { text, cards } = await say(says);
    expect(text.trim()).not.toBe('');
    expect(text).not.toMatch(/by its meaning|<script|undefined|\{\{|NaN/);
    expect([text, cards.map(({ title }) => title)]).toEqual([text, []]);
  });

  it.each(
    Object.entries(BEFORE).flatMap(([when, before]) =>
      PLAIN.map((says) => [when, says.slice(0, 40), before, says] as const),
    ),
  )('%s, “%s” is answered', async (_when, _start, before, says) => {
    const say = shopper(app);
    for (const words of before) await say(words);
    const { text } = await say(says);
    expect(text.trim()).not.toBe('');
    expect(text).not.toMatch(/undefined|\{\{|NaN/);
  });

  it('understands an emoji', async () => {
    expect((await shopper(app)('☂️')).cards?.[0]?.productId).toBe('umbrella');
  });

  it('lets a kind that was named stand before what is only near', async () => {
    const reply = await shopper(app)('a guitar to play in the rain');
    expect(reply.cards?.map(({ productId }) => productId)).toEqual(['guitar']);
  });
});
