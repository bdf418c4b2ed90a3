import { decodeGreedily, decodeWords, type SymbolLogs } from '../../../src/encoders/speech/ctc';
import { withFigures } from '../../../src/encoders/speech/number-words';
import { pinyinOf } from '../../../src/encoders/speech/pinyin';
import { type WordFile, WordList } from '../../../src/encoders/speech/word-list';

const LETTERS = ['', ' ', ...'abcdefghijklmnopqrstuvwxyz'];
const NUMBER = new Map(LETTERS.map((letter, i) => [letter, i]));
const spell = (word: string) => [...word].map((letter) => NUMBER.get(letter) ?? 0);
const file = (words: Record<string, number>, pairs: WordFile['pairs'] = []): WordFile => ({
  words,
  pairs,
  numbers: {},
  currencies: [],
});
const OPTIONS = { space: 1, letters: LETTERS, open: true };

/** A network's answer: each letter of `text` for two frames, a blank after it; `doubts` make another letter as likely. */
function logsOf(text: string, doubts: Readonly<Record<number, string>> = {}): SymbolLogs {
  const rows = [...text].flatMap((letter, i) => {
    const row = new Array<number>(LETTERS.length).fill(Math.log(1e-5));
    const other = doubts[i];
    row[NUMBER.get(letter) ?? 0] = Math.log(other ? 0.45 : 0.95);
    if (other) row[NUMBER.get(other) ?? 0] = Math.log(0.5);
    const blank = new Array<number>(LETTERS.length).fill(Math.log(1e-5));
    blank[0] = Math.log(0.99);
    return [row, row, blank];
  });
  return { data: rows.flat(), frames: rows.length, symbols: LETTERS.length };
}

it('reads letters as they are where nothing speaks against it', () => {
  const logs = logsOf('red shoe');
  expect(decodeGreedily(logs, LETTERS).text).toBe('red shoe');
  expect(decodeGreedily(logs, LETTERS).clarity).toBeCloseTo(0.95, 5);
  expect(decodeWords(logs, new WordList('en', file({ red: 5, shoe: 5 }), [], spell, LETTERS), OPTIONS).words).toEqual([
    'red',
    'shoe',
  ]);
});

it('keeps doubled letters apart by the blank between them', () => {
  const list = new WordList('en', file({ boot: 1, bot: 1 }), [], spell, LETTERS);
  expect(decodeWords(logsOf('boot'), list, OPTIONS).words).toEqual(['boot']);
  expect(decodeWords(logsOf('bot'), list, OPTIONS).words).toEqual(['bot']);
});

it('lets known words decide where a letter was unclear', () => {
  const unclear = logsOf('red dress', { 2: 't' });
  const list = new WordList('en', file({ red: 50, dress: 50, trees: 1 }), [], spell, LETTERS);
  expect(decodeGreedily(unclear, LETTERS).text).toBe('ret dress');
  expect(decodeWords(unclear, list, OPTIONS).words).toEqual(['red', 'dress']);
});

it('lets the word before decide between words that sound alike', () => {
  const homophones = { 裙子: 5, 群子: 50, 穿: 5, 一: 20 };
  const spellChinese = (word: string) => spell(pinyinOf(word));
  const said = logsOf(`${pinyinOf('穿')} ${pinyinOf('裙子')}`);
  const closed = { ...OPTIONS, open: false };
  const alone = new WordList('zh', file(homophones), [], spellChinese, LETTERS);
  expect(decodeWords(said, alone, closed).words).toEqual(['穿', '群子']);
  const paired = new WordList('zh', file(homophones, [['穿', '裙子', -0.05]]), [], spellChinese, LETTERS);
  expect(decodeWords(said, paired, closed).words).toEqual(['穿', '裙子']);
});

it('writes words that nobody listed where they are clear, and knows those of the catalogue', () => {
  const weights = { language: 0.5, word: 1, unknown: -6, unknownLetter: -0.6 };
  const list = new WordList('en', file({ red: 50, shoe: 50 }), [], spell, LETTERS);
  expect(decodeWords(logsOf('zorblax shoe'), list, { ...OPTIONS, weights }).words).toEqual(['zorblax', 'shoe']);
  const doubtful = logsOf('kestrel', { 3: 'p' });
  const shop = new WordList('en', file({ red: 50, shoe: 50 }), ['kestrel'], spell, LETTERS);
  expect(decodeWords(doubtful, shop, { ...OPTIONS, weights }).words).toEqual(['kestrel']);
});

it('hears nothing in nothing', () => {
  const list = new WordList('en', file({ red: 50 }), [], spell, LETTERS);
  const silence = { data: [], frames: 0, symbols: LETTERS.length };
  expect(decodeWords(silence, list, OPTIONS).words).toEqual([]);
  expect(decodeGreedily(silence, LETTERS)).toEqual({ text: '', sound: 0, clarity: 0 });
});

it.each([
  ['under fifty euros', 'under 50 euros'],
  ['size forty one', 'size 41'],
  ['one red dress', 'one red dress'],
  ['under two euros', 'under 2 euros'],
  ['one hundred twenty euros or less', '120 euros or less'],
])('writes the numbers of %s as figures', (said, written) => {
  const numbers = {
    one: 1,
    two: 2,
    fifty: 50,
    forty: 40,
    'forty one': 41,
    'one hundred': 100,
    'one hundred twenty': 120,
  };
  expect(withFigures(said.split(' '), numbers, new Set(['euros']), ' ').join(' ')).toBe(written);
});
