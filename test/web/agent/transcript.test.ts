import { partsOf } from '../../../src/web/agent/transcript/links';
import { rowsOf } from '../../../src/web/agent/transcript/rows';
import { entry } from './samples';

const link = (url: string) => ({ text: url, url });

it.each([
  ['plain', [{ text: 'plain' }]],
  ['', []],
  ['see https://a.example/x?y=1.', [{ text: 'see ' }, link('https://a.example/x?y=1'), { text: '.' }]],
  ['(http://a.example)', [{ text: '(' }, link('http://a.example'), { text: ')' }]],
  ['请看 https://a.example/商品。谢谢', [{ text: '请看 ' }, link('https://a.example/商品。谢谢')]],
  ['https://a.example https://b.example', [link('https://a.example'), { text: ' ' }, link('https://b.example')]],
  ['javascript:alert(1)', [{ text: 'javascript:alert(1)' }]],
  ['[x](javascript:alert(1))', [{ text: '[x](javascript:alert(1))' }]],
  ['<a href="https://a.example">', [{ text: '<a href="' }, link('https://a.example'), { text: '">' }]],
  ['ftp://a.example data:text/html,x //a.example', [{ text: 'ftp://a.example data:text/html,x //a.example' }]],
  ['https://', [{ text: 'https://' }]],
])('%j has the links %j', (text, parts) => {
  expect(partsOf(text)).toEqual(parts);
});

it('does not hang on a text that is all address', () => {
  const text = 'https://'.repeat(20_000);
  expect(
    partsOf(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});

it('puts days between entries, and names a speaker once for what they say in a row', () => {
  const day = new Date(2026, 10, 27, 12).getTime();
  const minute = 60_000;
  const rows = rowsOf([
    entry(1, { at: day - 24 * 60 * minute }),
    entry(2, { at: day }),
    entry(3, { at: day + minute }),
    entry(4, { at: day + 10 * minute }),
    entry(5, { at: day + 10 * minute, speaker: 'agent', agentId: 'anna' }),
    entry(6, { at: day + 11 * minute, speaker: 'agent', agentId: 'ben' }),
    entry(7, { at: day + 11 * minute, speaker: 'agent', agentId: 'ben', isPrivate: true }),
  ]);
  const drawn = rows.map((row) =>
    row.kind === 'day' ? '--' : `${row.first ? '[' : ''}${row.entry.sequence}${row.last ? ']' : ''}`,
  );
  expect(drawn.join(' ')).toBe('-- [1] -- [2 3] [4] [5] [6] [7]');
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});
