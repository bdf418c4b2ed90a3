import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import type { Language } from '../../src/domain';
import { LexiconParser, loadLexicons } from '../../src/understanding';

const parser = new LexiconParser(loadLexicons(join(packageRoot(), 'locales')), {});
const under = (euros: number) => ({ max: { minor: euros * 100, currency: 'EUR' } });

/** The conversation's language, a message in two, and what is wanted. */
const MIXED: readonly [Language, string, object][] = [
  ['en', 'quiero una mochila red under 30', { kinds: ['backpack'], colors: ['red'], price: under(30) }],
  ['en', 'I want a red mochila de cuero', { kinds: ['backpack'], colors: ['red'], materials: ['leather'] }],
  ['en', 'red backpack menos de 30 euros', { kinds: ['backpack'], colors: ['red'], price: under(30) }],
  ['en', 'black 背包', { kinds: ['backpack'], colors: ['black'] }],
  ['en', 'blaue Tasse under 20', { kinds: ['mug'], colors: ['blue'], price: under(20) }],
  ['zh', '我想买 running shoes 黑色', { kinds: ['running-shoes'], colors: ['black'] }],
  ['zh', 'red 背包 under 50 euros', { kinds: ['backpack'], colors: ['red'], price: under(50) }],
  ['zh', 'leather 钱包 棕色', { materials: ['leather'], colors: ['brown'] }],
  ['zh', '想要 mochila roja', { kinds: ['backpack'], colors: ['red'] }],
  ['zh', 'size M 的 red T-shirt', { kinds: ['t-shirt'], colors: ['red'], sizes: ['M'] }],
  ['ja', '日本語で backpack 赤い', { kinds: ['backpack'], colors: ['red'] }],
  ['ja', '赤い backpack under 30 euros', { kinds: ['backpack'], colors: ['red'], price: under(30) }],
  ['ja', '青い mug under 20', { kinds: ['mug'], colors: ['blue'], price: under(20) }],
  [
    'es',
    'busco running shoes negros under 50 euros',
    { kinds: ['running-shoes'], colors: ['black'], price: under(50) },
  ],
  ['es', 'zapatillas running shoes azules talla M', { kinds: ['running-shoes'], colors: ['blue'], sizes: ['M'] }],
  ['fr', 'un sac à dos red moins de 30 euros', { kinds: ['backpack'], colors: ['red'], price: under(30) }],
  ['de', 'rote backpack unter 40 Euro', { kinds: ['backpack'], colors: ['red'], price: under(40) }],
  ['pt', 'quero uma mochila red até 30 euros', { kinds: ['backpack'], colors: ['red'], price: under(30) }],
  ['ru', 'хочу red рюкзак до 30 евро', { kinds: ['backpack'], colors: ['red'], price: under(30) }],
  ['ru', 'ищу running shoes черные under 60', { kinds: ['running-shoes'], colors: ['black'], price: under(60) }],
];

it.each(MIXED)('%s: %s', (language, text, wanted) => {
  const { wanted: attributes, price } = parser.parse(text, { language, currency: 'EUR', brands: [] });
  expect({ ...attributes, price }).toMatchObject(wanted);
});
