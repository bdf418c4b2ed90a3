import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetOtherPhoto, migrateState, openIn, storedState } from '../../src/dialog';

const NOW = Date.UTC(2026, 10, 27, 12);
const MINUTE = 60_000;
/** What version 1 wrote of a conversation over the demo: a search, a refinement, a basket, a search, and a question on an order. */
const recorded = JSON.parse(readFileSync(join(__dirname, '../fixtures/states/v1.json'), 'utf8'));
const { asking, version: _version, ...fields } = recorded;

it('reads what version 1 wrote: its question is one that is open', () => {
  const open = [{ question: { about: 'order' }, at: NOW, turns: 0, choices: [] }];
  expect(migrateState(recorded, 'en', NOW)).toEqual({ ...fields, version: 2, open });
});

it('is written so that version 1 reads it, and read again as it was', () => {
  const state = migrateState(recorded, 'en', NOW);
  const stored = JSON.parse(JSON.stringify(storedState(state)));
  // All that version 1 looked at: the version, and what it knew.
  expect(stored).toMatchObject({ ...fields, version: 1, asking });
  expect(migrateState(stored, 'en', NOW + MINUTE)).toEqual(state);
  // Version 1 answered the question and asked another one, or none; what it didn't know it kept.
  const which = { about: 'which', command: { action: 'add', language: 'es', references: [] } };
  expect(migrateState({ ...stored, asking: which }, 'en', NOW).open?.map(({ question }) => question)).toEqual([which]);
  const { asking: _asking, ...answered } = stored;
  expect(migrateState(answered, 'en', NOW).open).toBeUndefined();
});

it('keeps fields that it does not know, and reads its own version', () => {
  const state = { version: 2, language: 'de', courtesy: { name: 'Ana' } };
  expect(migrateState(state, 'en', NOW)).toEqual(state);
});

it.each([
  ['nothing', undefined, { version: 2, language: 'fr' }],
  ['a later version', { version: 3, language: 'de', lastSearch: 'of another form' }, { version: 2, language: 'de' }],
  ['an earlier version than any', { version: 0, language: 'ja' }, { version: 2, language: 'ja' }],
  ['no version', { language: 'ru' }, { version: 2, language: 'ru' }],
  ['a version that is none', { version: 'constructor', language: 'xx' }, { version: 2, language: 'fr' }],
  ['a list', [1, 2], { 0: 1, 1: 2 }],
  ['a text', 'state', { version: 2, language: 'fr' }],
  ['null', null, { version: 2, language: 'fr' }],
])('begins anew with %s', (_name, stored, expected) => {
  const state = migrateState(stored, 'fr', NOW);
  expect(state).toEqual(Array.isArray(stored) ? { version: 2, language: 'fr' } : expected);
});

it.each([
  ['lastSearch', { text: 7 }],
  ['lastSearch', { text: 'mug', language: 'xx', shown: 6 }],
  ['shown', 'mug'],
  ['shown', [{ id: 'mug' }]],
  ['steps', [{ at: 'today' }]],
  ['lastProduct', 5],
  ['asking', { about: 'weather' }],
  ['asking', 'order'],
  ['order', 'V-1001'],
  ['orderTries', ['yesterday']],
  ['moods', {}],
  ['sponsored', [{ productId: 1, at: 2 }]],
])('of a broken state it leaves out what is broken: %s', (name, value) => {
  const stored = { ...recorded, [name]: value };
  const state = migrateState(stored, 'en', NOW);
  expect(state).toMatchObject({ version: 2, language: 'es' });
  expect(state).not.toHaveProperty(name === 'asking' ? 'open' : name);
  const kept = name === 'shown' ? 'lastSearch' : 'shown';
  expect(state[kept]).toEqual(recorded[kept]);
  expect(() => openIn(forgetOtherPhoto(state, undefined), NOW)).not.toThrow();
});

it('lets a question go by after a quarter of an hour', () => {
  const state = migrateState(recorded, 'en', NOW);
  expect(openIn(state, NOW + 14 * MINUTE)).toHaveLength(1);
  expect(openIn(state, NOW + 15 * MINUTE)).toEqual([]);
});
