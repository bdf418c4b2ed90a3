import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import type { Language, Product, Resolved } from '../../src/domain';
import {
  GrammarCommands,
  LexiconParser,
  LexiconReferences,
  LexiconTagger,
  loadCommands,
  loadLexicons,
} from '../../src/understanding';
import { product } from '../support/data-dir';

const LOCALES = join(packageRoot(), 'locales');
const lexicons = loadLexicons(LOCALES);
const commands = new GrammarCommands(loadCommands(LOCALES));
const resolver = new LexiconReferences(lexicons, new LexiconParser(lexicons, {}), new LexiconTagger(lexicons));

const euros = (units: number) => ({ minor: units * 100, currency: 'EUR' });
const SHOWN: readonly Product[] = [
  product({ id: 'red', title: 'Red backpack', color: 'red', brand: 'Aurora', price: euros(40), rating: 4.1 }),
  product({
    id: 'blue',
    title: 'Blue backpack',
    color: 'blue',
    brand: 'Solano',
    price: euros(30),
    salePrice: euros(20),
  }),
  product({ id: 'mug', title: 'Floral mug', color: 'green', brand: 'Aurora', price: euros(25), rating: 4.9 }),
];

const resolved = (text: string, language: Language, focus?: string): string => {
  const command = commands.recognise(text, language);
  if (!command) return 'no command';
  const pointed = { shown: SHOWN, focus: SHOWN.find(({ id }) => id === focus) };
  return told(
    resolver.resolve(command.references, pointed, { language, currency: 'EUR', brands: ['Aurora', 'Solano'] }),
  );
};

function told(found: Resolved): string {
  switch (found.kind) {
    case 'found':
      return found.products.map(({ id }) => id).join(' ');
    case 'unclear':
      return `which of ${found.among.map(({ id }) => id).join(' ')}`;
    case 'beyond':
      return `only ${found.shown}`;
    case 'unknown':
      return 'none';
  }
}

it.each<[Language, string, string]>([
  ['en', 'the second one', 'blue'],
  ['en', 'details of the last', 'mug'],
  ['en', 'number 4', 'only 3'],
  ['en', 'that red one', 'red'],
  ['en', 'add the Aurora one', 'which of red mug'],
  ['en', 'add the mug', 'mug'],
  ['en', 'add the floral one', 'mug'],
  ['en', 'add the yellow one', 'none'],
  ['en', 'the cheapest', 'blue'],
  ['en', 'the most expensive one', 'red'],
  ['en', 'the best rated one', 'mug'],
  ['en', 'tell me more about it', 'which of red blue mug'],
  ['en', 'compare 1 and 3', 'red mug'],
  ['en', 'compare them', 'red blue mug'],
  ['zh', '第二个', 'blue'],
  ['zh', '那个红色的', 'red'],
  ['zh', '最便宜的那个', 'blue'],
  ['zh', '把红色的加入购物车', 'red'],
  ['es', 'la última', 'mug'],
  ['es', 'ese rojo', 'red'],
  ['es', 'añade la azul al carrito', 'blue'],
  ['fr', 'ajoute la bleue au panier', 'blue'],
  ['de', 'leg den roten in den Warenkorb', 'red'],
  ['ja', 'あの赤いの', 'red'],
  ['pt', 'bota a vermelha no carrinho', 'red'],
  ['ru', 'добавь красный в корзину', 'red'],
])('%s: “%s” is %s', (language, text, expected) => {
  expect(resolved(text, language)).toBe(expected);
});

it.each<[Language, string, string]>([
  ['en', 'tell me more about it', 'blue'],
  ['en', 'add to cart', 'blue'],
  ['en', 'compare it with number 3', 'blue mug'],
  ['zh', '加入购物车', 'blue'],
  ['es', 'al carrito', 'blue'],
])('%s: “%s” is what is talked of', (language, text, expected) => {
  expect(resolved(text, language, 'blue')).toBe(expected);
});

describe('variants', () => {
  const variants = ['red', 'blue'].flatMap((color) =>
    ['M', 'L', '41'].map((size) => product({ id: `${color}-${size}`, title: 'Thing', color, size })),
  );
  it.each<[Language, string, string]>([
    ['en', 'M', 'red-M blue-M'],
    ['en', "he's a 41", 'red-41 blue-41'],
    ['en', 'medium please, in blue', 'blue-M'],
    ['en', 'XL', ''],
    ['en', 'blue in XL', ''],
    ['en', 'green', ''],
    ['en', 'whatever', ''],
    ['en', "I'm not sure", ''],
    ['zh', '蓝色，L码', 'blue-L'],
    ['es', 'la roja en talla L', 'red-L'],
    ['de', 'in Blau und Größe 41', 'blue-41'],
    ['ru', 'красный, M', 'red-M'],
  ])('%s: “%s” picks %s', (language, text, expected) => {
    expect(
      resolver
        .pick(text, variants, language)
        .map(({ id }) => id)
        .join(' '),
    ).toBe(expected);
  });
});
