import {
  cannedFor,
  filled,
  hasWords,
  openSlot,
  orderIn,
  slashBefore,
  textOf,
} from '../../../src/web/agent/composer/canned';
import { entry } from './samples';

it.each([
  ['/', 1, { from: 0, query: '' }],
  ['/hi', 3, { from: 0, query: 'hi' }],
  ['Well, /hi', 9, { from: 6, query: 'hi' }],
  ['line\n/hi', 8, { from: 5, query: 'hi' }],
  ['您好 /订单', 6, { from: 3, query: '订单' }],
  ['/hi there', 3, { from: 0, query: 'hi' }],
  ['/hi there', 9, undefined],
  ['and/or', 6, undefined],
  ['https://x', 9, undefined],
  ['', 0, undefined],
])('the shortcut in %j before character %i is %j', (text, caret, expected) => {
  expect(slashBefore(text, caret)).toEqual(expected);
});

const reply = (shortcut: string, title: string) => ({ id: shortcut, shortcut, title, texts: {} });
const ALL = [reply('order', 'Where is it'), reply('bye', 'Goodbye'), reply('back', 'Return an order')];

it.each([
  ['', ['back', 'bye', 'order']],
  ['b', ['back', 'bye']],
  ['ORD', ['order', 'back']],
  ['good', ['bye']],
  ['xyz', []],
])('%j finds %j: shortcuts first, then titles', (query, found) => {
  expect(cannedFor(ALL, query).map(({ shortcut }) => shortcut)).toEqual(found);
});

it('speaks the shopper’s language, else English, else what there is', () => {
  const texts = { en: 'Hello', zh: '您好' };
  const greeting = { ...reply('hi', 'Greeting'), texts };
  expect(textOf(greeting, 'zh')).toBe('您好');
  expect(textOf(greeting, 'ru')).toBe('Hello');
  expect(textOf({ ...greeting, texts: { de: 'Hallo' } }, 'ru')).toBe('Hallo');
  expect(textOf({ ...greeting, texts: {} }, 'ru')).toBe('');
});

it('fills what is known and points at what is not', () => {
  const text = filled('Hello {{ name }}, I am {{agent}} of {{shop}}. {{toString}}', { agent: 'Anna', shop: 'A$&B' });
  expect(text).toBe('Hello {{ name }}, I am Anna of A$&B. {{toString}}');
  expect(openSlot(text)).toEqual({ from: 6, to: 16, name: 'name' });
  expect(openSlot('No slots { here }')).toBeUndefined();
});

it.each([
  ['my order is A-10023456, please', 'A-10023456'],
  ['#20260001', '20260001'],
  ['order 123-4567890-1234567?', '123-4567890-1234567'],
  ['since 2026-11-20', undefined],
  ['DE 99 for 1234', undefined],
  ['nothing', undefined],
])('the order in %j is %j', (text, order) => {
  const entries = [entry(1, { text: 'order 77777' }), entry(2, { speaker: 'agent', text: 'order 88888' })];
  expect(orderIn([...entries, entry(3, { text })])).toBe(order ?? '77777');
});

it.each([
  ['', false],
  [' \n\t', false],
  ['\u200b\u200d\ufeff\u202e', false],
  ['\u200b好', true],
  ['👨‍👩‍👧', true],
  ['?', true],
])('%j says something: %s', (text, expected) => {
  expect(hasWords(text)).toBe(expected);
});
