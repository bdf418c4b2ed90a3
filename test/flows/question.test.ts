import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app';
import type { Language } from '../../src/domain';
import { temporaryConfig, withTemporaryApp } from '../support/data-dir';
import { mugShop } from './support/mug-shop';
import { shopper } from './support/shopper';

const shop = mugShop();

/** What is said, and a part of what the answer says, in each language. */
const TALKS: readonly [Language, readonly [string, string][]][] = [
  [
    'en',
    [
      ['How long does delivery take?', '3 to 5 working days'],
      ['do you have free shipping', '€50 or more'],
      ['red mug', 'red'],
      ['What is your return policy?', 'within 30 days'],
      ['where do I enter my discount code', 'One code counts per order'],
      ['How can I pay?', 'From “Payment”: How can I pay?'],
      ['what is the guarantee', '2 years'],
      ['do you ship to Norway', 'Switzerland, Norway'],
      ['which shoe size do I need', '24 cm is EU 38'],
    ],
  ],
  [
    'zh',
    [
      ['多久能到', '3至5个工作日'],
      ['满多少包邮', '满50欧元'],
      ['红色马克杯', '红'],
      ['可以退货吗', '30天内'],
      ['货到付款可以吗', '不支持货到付款'],
      ['保修几年', '2年法定保修'],
      ['你们的退款多久到账？', '来自《退货与退款》：退款多久到账？'],
    ],
  ],
  [
    'es',
    [
      ['¿Cuánto tarda el envío?', '3 a 5 días laborables'],
      ['¿cuánto cuesta el envío?', '4,90 €'],
      ['taza roja', 'rojo'],
      ['política de devoluciones', '30 días'],
      ['¿aceptan PayPal?', 'Aceptamos Visa'],
      ['¿tiene garantía?', '2 años'],
    ],
  ],
  [
    'fr',
    [
      ['Quel est le délai de retour ?', '30 jours'],
      ['livraison gratuite', '50 €'],
    ],
  ],
  [
    'de',
    [
      ['Kann ich auf Rechnung kaufen?', '30 Tagen'],
      ['Was kostet der Versand?', '4,90 €'],
    ],
  ],
  [
    'ja',
    [
      ['返品できますか', '30日以内'],
      ['送料はいくらですか', '4.90ユーロ'],
    ],
  ],
  [
    'pt',
    [
      ['Qual é o prazo de devolução?', '30 dias'],
      ['quanto é o frete', '4,90 €'],
    ],
  ],
  [
    'ru',
    [
      ['я хочу вернуть товар', 'Откройте ссылку'],
      ['сколько стоит доставка', '4,90 €'],
    ],
  ],
];

it.each(TALKS)('%s: answers with the shop’s own words, whatever the channel’s language', async (language, talk) => {
  const say = shopper(shop.app, language === 'en' ? 'de' : 'en');
  for (const [text, answer] of talk) {
    const reply = await say(text);
    expect([text, reply.text]).toEqual([text, expect.stringContaining(answer)]);
    expect([text, reply.language]).toEqual([text, language]);
  }
});

it('says that it does not know, names what may be meant, and gets a person', async () => {
  const say = shopper(shop.app, 'en');
  const reply = await say('Do you deliver by drone to the moon?');
  expect(reply.text).toContain("The shop's information doesn't tell me that.");
  expect(reply.text).toContain('Shall I get a person for you?');
  const offered = reply.suggestions.map(({ title }) => title);
  expect(offered.slice(-2)).toEqual(['Yes', 'No']);
  const [heading] = offered;
  expect(offered.length).toBeGreaterThan(2);
  expect((await say(heading ?? '')).text).toContain(`From “Delivery”: ${heading}`);
  await say('Do you deliver by drone to the moon?');
  expect((await say('yes')).text).toContain('number 1 in the queue');
  // Nobody who waits is offered a person again.
  expect((await say('Do you deliver by drone to the moon?')).text).not.toContain('Shall I get a person');
});

it('a product that is named is looked for where the files do not know', async () => {
  const reply = await shopper(shop.app, 'en')('Do you deliver the red mug by drone to the moon?');
  expect(reply.cards).toHaveLength(1);
});

it('says that an answer is in the shop’s language only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-knowledge-'));
  mkdirSync(join(folder, 'en'));
  writeFileSync(join(folder, 'en', 'returns.md'), '# Returns\n## How long?\nYou have 30 days.\n');
  try {
    await withTemporaryApp(
      async (english) => {
        await english.indexer.sync({ rebuild: true });
        const reply = await shopper(english, 'es')('¿puedo devolver esto?');
        expect(reply.text).toBe('Esto solo lo tengo en inglés:\nYou have 30 days.\nDe «Returns»: How long?');
        expect(reply.language).toBe('es');
      },
      {},
      { MODELS: 'none', KNOWLEDGE_DIR: folder },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('stops the start with the name of a broken file', () => {
  const broken = temporaryConfig({ MODELS: 'none', KNOWLEDGE_DIR: 'locales' });
  expect(() => createApp(broken)).toThrow(expect.objectContaining({ code: 'KNOWLEDGE_BROKEN' }));
  rmSync(broken.DATA_DIR, { recursive: true, force: true });
});
