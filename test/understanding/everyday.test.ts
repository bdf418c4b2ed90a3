import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import type { Language, StructuredQuery } from '../../src/domain';
import { GrammarCommands, LexiconParser, LexiconPhrases, loadCommands, loadLexicons } from '../../src/understanding';

const LOCALES = join(packageRoot(), 'locales');
const lexicons = loadLexicons(LOCALES);
const phrases = new LexiconPhrases(lexicons);
const commands = new GrammarCommands(loadCommands(LOCALES));
const parser = new LexiconParser(lexicons, { CNY: 0.12, JPY: 0.0056 });

/** What is asked for by kind, colour, material, condition and price, what is refused, and the words that are left. */
function told({ wanted, unwanted, price, sort, freeText }: StructuredQuery): string {
  const values = [...wanted.kinds, ...wanted.colors, ...wanted.materials, ...wanted.conditions];
  return [
    ...values,
    ...[...unwanted.colors, ...unwanted.materials].map((value) => `!${value}`),
    ...(price?.max ? [`..${price.max.minor}`] : []),
    ...(sort === 'relevance' ? [] : [sort]),
    ...(freeText ? [`"${freeText}"`] : []),
  ].join(' ');
}

describe('what shoppers say is taken as they mean it', () => {
  it.each<[Language, string, string]>([
    // Only another one is wanted.
    ['en', 'I need a new backpack', 'backpack'],
    ['en', 'new backpack', 'backpack new'],
    ['es', 'quiero una mochila nueva', 'backpack'],
    ['pt', 'quero uma mochila nova', 'backpack'],
    ['pt', 'mochila de novo', 'backpack'],
    ['de', 'ich brauche einen neuen Rucksack', 'backpack'],
    ['ru', 'нужен новый рюкзак', 'backpack'],
    // What is refused may stand before the "no".
    ['de', 'rot nicht', '!red'],
    ['de', 'nicht rot', '!red'],
    ['de', 'Rucksack\nrot nicht\nbilliger', 'backpack !red price_ascending'],
    ['es', 'en azul no, mejor verde', 'green !blue'],
    ['pt', 'azul não, verde', 'green !blue'],
    ['zh', '红色的不要', '!red'],
    ['fr', 'sac à dos noir pas lourd', 'backpack black "lourd"'],
    ['es', 'zapatos de vestir no de cuero', 'dress-shoes !leather'],
    // Words of the language are no misspelt goods.
    ['en', 'hey, I need something for school books', '"school books"'],
    ['es', 'hola busco algo para una boda', '"boda"'],
    ['fr', 'des baskets pour courir stp', 'running-shoes "courir"'],
    ['de', 'für die Schule', '"Schule"'],
    ['pt', 'tem maior?', '"maior"'],
    ['en', 'bakpack', 'backpack "bakpack"'],
    // Amounts stand right behind Chinese and Japanese words.
    ['zh', '预算200块以内吧', '..2400'],
    ['zh', '双肩包200元以内', 'backpack ..2400'],
    ['ja', 'リュック5000円以下', 'backpack ..2800'],
    ['en', 'not too expensive', 'price_ascending'],
    ['zh', '便宜点儿的', 'price_ascending'],
    ['ja', '高すぎ', 'price_ascending'],
    ['ja', 'もっと安いのないの', 'price_ascending'],
    ['ru', 'дорого', 'price_ascending'],
    // Who comes back says so, and greets.
    ['en', 'nevermind, back to the backpacks', 'backpack'],
    ['ru', 'вернись к рюкзакам', 'backpack'],
    ['zh', '你好，双肩包', 'backpack'],
  ])('%s: %s', (language, text, expected) => {
    expect(told(parser.parse(text, { currency: 'EUR', brands: [], language }))).toBe(expected);
  });

  it.each<[Language, string, string]>([
    ['en', 'no, not that one', 'more'],
    ['zh', '不是这个', 'more'],
    ['es', 'no, esas no', 'more'],
    ['fr', 'non, pas ça', 'more'],
    ['de', 'nee, die nicht', 'more'],
    ['ja', 'それじゃない', 'more'],
    ['pt', 'essa não', 'more'],
    ['ru', 'нет, не то', 'more'],
    ['en', "no wait don't", 'cancel'],
    ['de', 'nee lass', 'cancel'],
    ['ru', 'забей', 'cancel'],
  ])('%s: %s', (language, text, intent) => {
    expect(phrases.recognise(text, language)).toEqual({ intent, language });
  });

  it.each<[Language, string, string]>([
    ['en', 'the other one', 'select other'],
    ['zh', '另一个', 'select other'],
    ['es', 'la otra', 'select other'],
    ['de', 'die andere', 'select other'],
    ['en', 'does it come in red?', 'stock pronoun'],
    ['en', 'how much is that together', 'basket'],
    ['es', '¿cuánto es todo junto?', 'basket'],
    ['en', "ok I'll take it", 'add'],
    ['fr', 'je le prends', 'add'],
    ['zh', '那就这个，加购物车', 'add pronoun'],
    ['fr', 'finalement deux', 'quantity'],
    ['ru', 'давай два', 'quantity'],
    ['fr', 'laisse, je veux voir mon panier', 'basket'],
    ['pt', 'o que o pessoal fala dela?', 'reviews pronoun'],
  ])('%s: %s', (language, text, expected) => {
    const command = commands.recognise(text, language);
    expect([command?.action, ...(command?.references ?? []).map(({ kind }) => kind)].join(' ')).toBe(expected);
  });
});
