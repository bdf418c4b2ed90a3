import type { Language } from '../../src/domain';
import { mugShop } from './support/mug-shop';
import { lastConversation, shopper } from './support/shopper';

let now = Date.UTC(2026, 10, 27, 12);
const shop = mugShop(() => now);

/** What is said, and a part of what the answer says, in each language. */
const TALKS: readonly [Language, readonly [string, string][]][] = [
  [
    'en',
    [
      ["where's my parcel?", 'tell me your order number'],
      ['V-1001', 'With which e-mail address'],
      ['red mug', 'red'],
      ['what is your return policy', '30 days'],
      ['ada@example.com', 'Order V-1001: on its way.'],
      ['where is my order 1002', 'find no order|With which e-mail'],
      ['cancel', 'What else may I do'],
      ['V-1003 maria@example.com', 'delivered'],
      ['where on earth is my parcel', 'tell me your order number'],
    ],
  ],
  [
    'zh',
    [
      ['我的包裹到哪了', '请告诉我订单号'],
      ['我的邮箱是lin@example.com', '您的订单号是多少'],
      ['订单号V-1002', '已打包'],
      ['查订单', '请告诉我订单号'],
      ['取消', '好的'],
    ],
  ],
  [
    'es',
    [
      ['¿dónde está mi pedido V-1003?', '¿Con qué correo'],
      ['maria@example.com', 'entregado'],
      ['quiero rastrear mi pedido', 'Dime por favor'],
      ['es v1003, maria@example.com.', 'GLS20261003'],
    ],
  ],
  [
    'fr',
    [
      ['où est ma commande V-1004 jean@example.com', 'payée'],
      ["Bonjour, je n'ai toujours rien reçu", 'Indiquez-moi votre numéro de commande'],
      // The answer to a question is that, though it asks for more.
      ['V-1004, sinon un remboursement', 'Avec quelle adresse'],
      ['jean@example.com', 'payée'],
    ],
  ],
  ['de', [['Wo bleibt mein Paket? V-1005, hans@example.com', 'storniert']]],
  ['ja', [['注文V-1006はどこですか yuki@example.com', '配送中']]],
  ['pt', [['cadê meu pedido V-1007 ana@example.com', 'devolvido']]],
  ['ru', [['где мой заказ V-1008? olga@example.com', 'деньги возвращены']]],
];

it.each(TALKS)('%s: shows an order to who names number and e-mail', async (language, talk) => {
  const say = shopper(shop.app, 'en');
  for (const [text, answer] of talk) {
    expect([text, (await say(text)).text]).toEqual([text, expect.stringMatching(answer)]);
  }
  expect(shop.app.conversations.load(lastConversation()).state).toMatchObject({ language });
});

it('says the same of a wrong number and a wrong address, and looks nothing up after five for a quarter of an hour', async () => {
  const say = shopper(shop.app, 'en');
  const wrong = await say('where is my order V-1001 lin@example.com');
  expect(wrong.text).toContain('I find no order with this number and this e-mail address');
  expect((await say('V-9999 ada@example.com')).text).toBe(wrong.text);
  // What was wrong is not remembered: the right address alone is asked for its number.
  expect((await say('ada@example.com')).text).toContain('What is your order number?');
  for (const number of ['V-1002', 'V-1003']) expect((await say(`${number} ada@example.com`)).text).toBe(wrong.text);
  const refused = await say('V-1004 ada@example.com');
  expect(refused.text).toContain("I can't look up any more orders");
  expect(refused.suggestions.map(({ title }) => title)).toEqual(['Yes', 'No']);
  expect((await say('V-1001 ada@example.com')).text).toBe(refused.text);
  now += 16 * 60_000;
  expect((await say('V-1001 ada@example.com')).text).toContain('on its way');
});

it('asks again for what is no number, and lets other words go', async () => {
  const say = shopper(shop.app, 'en');
  await say('track my order');
  expect((await say('A1')).text).toContain('tell me your order number');
  expect((await say('red mug')).cards).toHaveLength(1);
  // Without a question before, a number is a wish like any other.
  expect((await shopper(shop.app, 'en')('1001')).text).not.toContain('e-mail address did you order');
});
