import type { Language } from '../../src/domain';
import { parse } from '../support/parse';

it.each<[Language, string, string]>([
  ['es', 'bufandita', 'scarf'],
  ['es', 'mochilitas rojas', 'backpack red'],
  ['es', 'azulito', 'blue'],
  ['es', 'vestidito', 'dress'],
  ['pt', 'azulzinho', 'blue'],
  ['pt', 'vestidinho', 'dress'],
  ['pt', 'bolsinha', 'handbag'],
  ['de', 'Täschchen', 'bags'],
  ['ru', 'шарфик', 'scarf'],
  ['ru', 'сумочка', 'handbag'],
  ['ru', 'кружечка', 'mug'],
  ['ru', 'красненький', 'red'],
  ['ru', 'платьице', 'dress'],
  // Words that only end like small ones.
  ['es', 'cita', ''],
  ['pt', 'galinha', ''],
  ['pt', 'vizinha', ''],
  ['en', 'scarfito', ''],
])('%s: “%s” is a small %s', (language, text, expected) => {
  const { wanted, freeText } = parse(text, language);
  expect([...wanted.kinds, ...wanted.groups, ...wanted.colors].join(' ')).toBe(expected);
  expect(freeText).toBe(expected === '' ? text : '');
});

it.each<[Language, string, string, true | undefined]>([
  ['es', 'rosa', 'rose pink', true],
  ['fr', 'rose', 'rose pink', true],
  ['es', 'mochila rosa', 'backpack pink', undefined],
  ['fr', 'sac à dos rose', 'backpack pink', undefined],
  ['en', 'rose', 'rose', undefined],
  ['es', 'roja', 'red', undefined],
])('%s: “%s” names %s; a kind that may be a colour: %s', (language, text, expected, either) => {
  const { wanted, eitherKind } = parse(text, language);
  expect([...wanted.kinds, ...wanted.colors].join(' ')).toBe(expected);
  expect(eitherKind).toBe(either);
});
