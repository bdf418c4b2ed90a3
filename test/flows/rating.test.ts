import { mugShop } from './support/mug-shop';
import { lastConversation, shopper } from './support/shopper';

const DAY = 24 * 3600 * 1000;
let now = Date.UTC(2026, 10, 27, 12);
const shop = mugShop(() => now);
const counts = () => Object.fromEntries(shop.app.statistics.satisfactionWithBot(0));
const told = () =>
  shop.app.privacy.find({ conversation: lastConversation() }).map((scope) => shop.app.privacy.read(scope).data.ratings);

/** A question or an order, thanks or goodbye, how the score is asked, the score, yes, and a comment. */
const TALKS: readonly [string, readonly [string, string][]][] = [
  [
    'en',
    [
      ['what is your return policy', '30 days'],
      ['thanks', 'How well did I help you, from 1 to 5?'],
      ['4', 'add a few words'],
      ['yes', 'write it here'],
      ['quick and clear', 'noted'],
    ],
  ],
  [
    'zh',
    [
      ['订单号V-1002 lin@example.com', '已打包'],
      ['再见', '请打1到5分'],
      ['５分', '补充几句'],
      ['好的', '写在这里'],
      ['很快', '记下'],
    ],
  ],
  [
    'es',
    [
      ['¿dónde está mi pedido V-1003? maria@example.com', 'entregado'],
      ['gracias', 'del 1 al 5'],
      ['★★★', 'añadir'],
      ['sí', 'Escríbelas'],
      ['bien', 'anotado'],
    ],
  ],
];

it.each(TALKS)('%s: asks once after it served, and keeps score and comment', async (locale, talk) => {
  const say = shopper(shop.app, locale, `u-${locale}`);
  for (const [text, answer] of talk)
    expect([text, (await say(text)).text]).toEqual([text, expect.stringContaining(answer)]);
  const [, , [score = ''] = [], , [comment] = []] = talk;
  const value = score.startsWith('★') ? 3 : Number(score.normalize('NFKC')[0]);
  expect(told()).toEqual([[expect.objectContaining({ score: value, comment, language: locale })]]);
  // Once a day in a conversation.
  await say(talk[0]?.[0] ?? '');
  expect((await say(talk[1]?.[0] ?? '')).text).not.toContain(talk[1]?.[1]);
  now += DAY;
  await say(talk[0]?.[0] ?? '');
  expect((await say(talk[1]?.[0] ?? '')).text).toContain(talk[1]?.[1]);
});

it('counts the scores', () => expect(counts()).toEqual({ 3: 1, 4: 1, 5: 1 }));

it('any other message lets the question go, and a no ends it', async () => {
  const say = shopper(shop.app, 'en', 'w');
  await say('what is your return policy');
  await say('thanks');
  expect((await say('red mug')).cards).toHaveLength(1);
  await say('4');
  expect(told()).toEqual([[]]);
  const other = shopper(shop.app, 'en', 'v');
  await other('what is your return policy');
  await other('bye');
  await other('5');
  expect((await other('no thanks')).text).toContain('noted');
  expect(told()).toEqual([[expect.objectContaining({ score: 5, comment: null })]]);
});

it('is not asked where nothing was served, nor after a search that came later', async () => {
  const say = shopper(shop.app, 'en');
  await say('red mug');
  expect((await say('thanks')).text).not.toContain('from 1 to 5');
  await say('what is your return policy');
  await say('red mug');
  expect((await say('bye')).text).not.toContain('from 1 to 5');
});
