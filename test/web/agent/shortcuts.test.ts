import english from '../../../locales/en/agent.json';
import { type Press, SHORTCUTS, shortcutOf } from '../../../src/web/agent/keys/shortcuts';

const press = (fields: Partial<Press>): Press => ({
  key: '',
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  inText: false,
  ...fields,
});

it.each([
  ['a letter', { key: 'c', code: 'KeyC' }, true, 'claim'],
  ['a capital one', { key: 'C', code: 'KeyC' }, true, 'claim'],
  ['a letter while writing', { key: 'c', code: 'KeyC', inText: true }, true, undefined],
  ['a letter where they are off', { key: 'c', code: 'KeyC' }, false, undefined],
  ['Alt and a letter while writing', { key: 'ç', code: 'KeyC', altKey: true, inText: true }, false, 'claim'],
  ['a question mark', { key: '?', code: 'Slash' }, true, 'help'],
  ['the browser’s own', { key: 'c', code: 'KeyC', ctrlKey: true }, true, undefined],
  ['the system’s own', { key: 'c', code: 'KeyC', metaKey: true }, true, undefined],
  ['the right Alt key of German keyboards', { key: '[', code: 'Digit8', ctrlKey: true, altKey: true }, true, undefined],
  ['any other', { key: 'q', code: 'KeyQ' }, true, undefined],
])('%s', (_, fields, singleKeys, id) => {
  expect(shortcutOf(press(fields), singleKeys)).toBe(id);
});

it('no key does two things, and each is explained', () => {
  const keys = SHORTCUTS.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { text } of SHORTCUTS) expect(english[text]).not.toBe('');
});
