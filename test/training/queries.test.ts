import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VitrineError } from '../../src/domain';
import { queryKey, readLabelledQueries, reportedLanguage } from '../../src/training';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-queries-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: string) {
  const file = join(folder, 'queries.jsonl');
  writeFileSync(file, content);
  return readLabelledQueries(file);
}

function faultOf(content: string): VitrineError {
  try {
    read(content);
  } catch (error) {
    if (error instanceof VitrineError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('readLabelledQueries', () => {
  it('reads texts, paths relative to the file, a BOM, blank lines and Windows line ends', () => {
    const queries = read(
      '\uFEFF{"text":"red shoe","lang":"en","relevant":{"a":1,"b":0.5}}\r\n\r\n  \n{"text":"so","photo":"p/x.jpg","relevant":{"c":3}}\n{"voice":"v.wav","relevant":{"c":1}}',
    );
    expect(queries).toEqual([
      { text: 'red shoe', lang: 'en', modality: 'text', relevant: new Map(Object.entries({ a: 1, b: 0.5 })) },
      { text: 'so', photo: join(folder, 'p/x.jpg'), modality: 'text+photo', relevant: new Map([['c', 3]]) },
      { voice: join(folder, 'v.wav'), modality: 'voice', relevant: new Map([['c', 1]]) },
    ]);
  });

  it('lets a query name its modality', () => {
    const [own, derived] = read(
      '{"text":"in blue","photo":"x.jpg","modality":"composed","relevant":{"a":1}}\n{"text":"x","modality":null,"relevant":{"a":1}}',
    );
    expect([own?.modality, derived?.modality]).toEqual(['composed', 'text']);
    expect(read('{"text":"x","modality":"text + 历史","relevant":{"a":1}}')[0]?.modality).toBe('text + 历史');
  });

  it('reads what a shopper liked, and whether the shopper is made up', () => {
    const [own, none] = read(
      '{"text":"x","history":["a","b"],"simulated":true,"relevant":{"a":1}}\n{"text":"x","history":null,"simulated":false,"relevant":{"a":1}}',
    );
    const relevant = new Map([['a', 1]]);
    expect(own).toEqual({ text: 'x', history: ['a', 'b'], simulated: true, modality: 'text+history', relevant });
    expect(none).toEqual({ text: 'x', modality: 'text', relevant });
  });

  it('tells queries apart by their history', () => {
    const asked = { text: 'x', photo: '/a/p.jpg' };
    expect(queryKey({ ...asked, history: ['a'] })).not.toBe(queryKey(asked));
    expect(queryKey({ ...asked, history: ['a'] })).toBe(queryKey({ text: 'x', photo: '/b/p.jpg', history: ['a'] }));
  });

  it('takes any id as a plain id', () => {
    const [first] = read('{"text":"x","relevant":{"__proto__":2,"constructor":1,"toString":3}}');
    expect(first?.relevant).toEqual(
      new Map([
        ['__proto__', 2],
        ['constructor', 1],
        ['toString', 3],
      ]),
    );
    expect(read('{"__proto__":{"lang":"de"},"text":"x","relevant":{"a":1}}')[0]?.lang).toBeUndefined();
  });

  const good = '{"text":"x","relevant":{"a":1}}';
  it.each([
    ['{"text":"x"}', 'line 1: "relevant" is missing'],
    [`${good}\n\n{"relevant":{"a":1}}`, 'line 3: it has neither "text" nor "photo" nor "voice"'],
    [`${good}\nhello`, 'line 2: it is not JSON'],
    ['[1]', 'line 1: it is not a JSON object'],
    ['null', 'line 1: it is not a JSON object'],
    ['{"text":"x","relevant":{"a":0}}', 'line 1: the gain of product "a" must be a finite number above 0'],
    ['{"text":"x","relevant":{"a":-1}}', 'line 1: the gain of product "a"'],
    ['{"text":"x","relevant":{"a":1e999}}', 'line 1: the gain of product "a"'],
    ['{"text":"x","relevant":{"a":"1"}}', 'line 1: the gain of product "a"'],
    ['{"text":"x","relevant":{}}', 'line 1: "relevant" names no product'],
    ['{"text":"x","relevant":["a"]}', 'line 1: "relevant" must be an object'],
    ['{"text":" ","relevant":{"a":1}}', 'line 1: "text" must be a text'],
    ['{"text":"x","lang":7,"relevant":{"a":1}}', 'line 1: "lang" must be a text'],
    ['{"text":"x","history":"a","relevant":{"a":1}}', 'line 1: "history" must be a list of product ids'],
    ['{"text":"x","history":[],"relevant":{"a":1}}', 'line 1: "history" must be a list'],
    ['{"text":"x","history":["a",1],"relevant":{"a":1}}', 'line 1: "history" must be a list'],
    ['{"history":["a"],"relevant":{"a":1}}', 'line 1: it has neither "text"'],
    ['{"text":"x","modality":7,"relevant":{"a":1}}', 'line 1: "modality" must be a name of at most 40'],
    ['{"text":"x","modality":"<b>","relevant":{"a":1}}', 'line 1: "modality" must be a name'],
    ['{"text":"x","modality":" ","relevant":{"a":1}}', 'line 1: "modality" must be a name'],
    [`{"text":"x","modality":"${'m'.repeat(41)}","relevant":{"a":1}}`, 'line 1: "modality" must be a name'],
    ['', 'line 1: the file holds no query'],
    ['\uFEFF\n \n', 'the file holds no query'],
  ])('refuses %j: %s', (content, reason) => {
    const fault = faultOf(content);
    expect(fault.code).toBe('EVALUATION_INVALID');
    expect(fault.message).toContain(reason);
  });

  it('keeps the words of the line out of the message', () => {
    expect(faultOf('secret wish').message).not.toContain('secret');
  });

  it('names a file that is not there', () => {
    expect(() => readLabelledQueries(join(folder, 'none.jsonl'))).toThrow(/none\.jsonl cannot be read/);
  });

  it('reports tags under their language', () => {
    expect(['zh-Hans-CN', 'it', undefined].map((lang) => reportedLanguage(lang ? { lang } : {}))).toEqual([
      'zh',
      'it',
      'und',
    ]);
  });
});
