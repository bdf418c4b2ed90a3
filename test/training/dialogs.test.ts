import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_ATTRIBUTES, type Product, type Reply, type StructuredQuery, VitrineError } from '../../src/domain';
import { loadKnowledge } from '../../src/knowledge';
import {
  answers,
  type DialogScript,
  type DialogShop,
  type DialogTruth,
  formatDialogs,
  meetsGoal,
  type PlayedDialog,
  playDialog,
  readDialogs,
  reportDialogs,
  type ShopperMessage,
  slotsOf,
  toldIn,
  wilsonInterval,
} from '../../src/training';
import { dialogFigures, dialogPage } from '../../src/training/report/dialog-page';
import { product } from '../support/data-dir';

const FIXTURES = join(__dirname, '..', 'fixtures', 'dialogs');
const passages = loadKnowledge(join(__dirname, '..', '..', 'dialogs', 'knowledge'));

const mug = (id: string, fields: Partial<Product>): Product =>
  product({ id, title: id, productType: 'mug', price: { minor: 1_000, currency: 'EUR' }, ...fields });
const PRODUCTS = new Map(
  [
    mug('red', { color: 'red', material: 'steel' }),
    mug('green', { color: 'green', material: 'steel', gender: 'male', ageGroup: 'adult' }),
    mug('green-kids', {
      color: 'green',
      gender: 'unisex',
      ageGroup: 'kids',
      salePrice: { minor: 900, currency: 'EUR' },
    }),
  ].map((each) => [each.id, each]),
);

/** What an assistant does in a turn; the last is repeated. */
type Act = Partial<DialogTruth> & {
  readonly text?: string;
  readonly shows?: readonly string[];
  readonly facet?: NonNullable<Reply['question']>['facet'];
  readonly pays?: string;
  readonly heard?: string;
  readonly fails?: VitrineError;
};

/** A shop whose assistant follows a list, and what was said to it. */
function scripted(acts: readonly Act[], shop: Partial<DialogShop> = {}) {
  const said: ShopperMessage[] = [];
  const open: DialogShop['open'] = async () => {
    let act: Act = {};
    return {
      say: async (message) => {
        act = acts[Math.min(said.length, acts.length - 1)] ?? {};
        said.push(message);
        if (act.fails) throw act.fails;
        const cards = (act.shows ?? []).map((productId) => ({ productId }) as Reply['cards'][number]);
        const reply: Reply = {
          language: 'en',
          text: act.text ?? '',
          cards,
          suggestions: [],
          ...(act.facet && { question: { facet: act.facet, values: [] } }),
          ...(act.pays !== undefined && { link: { title: '', text: '', label: '', url: act.pays } }),
          ...(act.heard !== undefined && { heard: { text: act.heard, sure: true } }),
        };
        return [reply];
      },
      truth: async () => ({ handoff: 'bot', ...act }),
    };
  };
  const unused = (name: string) => () => {
    throw new Error(`${name} was not to be called`);
  };
  const made: DialogShop = {
    open,
    product: (id) => PRODUCTS.get(id),
    kindOf: ({ productType }) => productType,
    passages,
    orderState: unused('orderState'),
    paidBy: (url) => JSON.parse(url),
    photoOf: unused('photoOf'),
    spoken: unused('spoken'),
    ...shop,
  };
  return { shop: made, said };
}

const find: DialogScript = {
  id: 'x',
  language: 'en',
  goal: { kind: 'find', item: { kind: 'mug', color: 'green' } },
  via: 'words',
  opening: 'mugs',
  answers: { color: 'green please', other: 'whatever' },
  refinements: ['in green', 'not red'],
  choose: 'number {n}',
  // biome-ignore lint/suspicious/noThenProperty: a list
  then: ['tell me more'],
};
const buy: DialogScript = {
  ...find,
  goal: { kind: 'buy', item: { kind: 'mug', color: 'green' }, quantity: 2 },
  // biome-ignore lint/suspicious/noThenProperty: a list
  then: ['two of them', 'check out'],
};
const pays = (...lines: readonly (readonly [string, number])[]) =>
  JSON.stringify(lines.map(([productId, quantity]) => ({ productId, quantity })));

describe('the simulated shopper', () => {
  const LIST = ['red', 'green'];
  const table: [
    name: string,
    script: DialogScript,
    acts: readonly Act[],
    said: string[],
    result: Partial<PlayedDialog>,
  ][] = [
    [
      'refines until the right product is shown, and picks it by its number',
      find,
      [{ shows: ['red'] }, { shows: LIST }, { shows: ['green'], focus: 'green' }, {}],
      ['mugs', 'in green', 'number 2', 'tell me more'],
      { reachedAt: 3 },
    ],
    [
      'answers what it is asked before it refines, but picks what it sees at once',
      find,
      [{ shows: ['red'], facet: 'color' }, { shows: LIST, facet: 'size' }, { focus: 'green' }, {}],
      ['mugs', 'green please', 'number 2', 'tell me more'],
      { reachedAt: 3 },
    ],
    [
      'says "other" to a question that is not foreseen',
      find,
      [{ facet: 'brand' }, { shows: ['red'] }],
      ['mugs', 'whatever', 'in green', 'not red'],
      { miss: 'not shown' },
    ],
    [
      'says its choice once more, in the same list, where another product was picked',
      find,
      [{ shows: LIST }, { shows: ['red'], focus: 'red' }, { focus: 'green' }, {}],
      ['mugs', 'number 2', 'number 2', 'tell me more'],
      { reachedAt: 3 },
    ],
    [
      'is not content with the right product in view when it chose in vain',
      find,
      [{ shows: LIST }],
      ['mugs', 'number 2', 'number 2', 'in green', 'not red'],
      { miss: 'not picked' },
    ],
    [
      'goes to check-out, answers on variants, and counts pieces of the right product only',
      buy,
      [{ shows: LIST }, { focus: 'green' }, { asks: 'color' }, {}, { pays: pays(['green', 2]) }],
      ['mugs', 'number 2', 'two of them', 'green please', 'check out'],
      { reachedAt: 5 },
    ],
    [
      'wants the number of pieces',
      buy,
      [{ shows: LIST }, { focus: 'green' }, { pays: pays(['green', 1]) }],
      ['mugs', 'number 2', 'two of them', 'check out'],
      { miss: 'other basket' },
    ],
    [
      'wants nothing else beside them',
      buy,
      [{ shows: LIST }, { focus: 'green' }, { pays: pays(['green', 2], ['red', 1]) }],
      ['mugs', 'number 2', 'two of them', 'check out'],
      { miss: 'other basket' },
    ],
    [
      'misses the check-out',
      buy,
      [{ shows: LIST }, { focus: 'green' }, {}],
      ['mugs', 'number 2', 'two of them', 'check out'],
      { miss: 'no check-out' },
    ],
    [
      'gives up after so many turns',
      { ...find, answers: { color: 'green please' } },
      [{ shows: ['red'], facet: 'color' }],
      ['mugs', ...Array<string>(13).fill('green please')],
      { miss: 'not shown' },
    ],
    [
      'says once more what met a fault, and stops at the second, of which it tells the code alone',
      find,
      [{ shows: ['red'] }, { fails: new VitrineError('TURN_TIMEOUT', 'in green') }],
      ['mugs', 'in green', 'in green'],
      { miss: 'fault', fault: 'TURN_TIMEOUT' },
    ],
    [
      'goes on after one fault',
      find,
      [{ fails: new VitrineError('TURN_TIMEOUT', 'mugs') }, { shows: LIST }, { focus: 'green' }, {}],
      ['mugs', 'mugs', 'number 2', 'tell me more'],
      { reachedAt: 3, fault: 'TURN_TIMEOUT' },
    ],
    [
      'counts a person who is offered to who wants none',
      { ...find, refinements: [] },
      [{ asks: 'person' }, {}],
      ['mugs', 'whatever'],
      { miss: 'not shown', unwantedPerson: true },
    ],
    [
      'calls a person',
      { ...find, goal: { kind: 'person' }, refinements: [] },
      [{ asks: 'person' }, { handoff: 'queued' }],
      ['mugs', 'whatever', 'tell me more'],
      { reachedAt: 2, unwantedPerson: false },
    ],
    [
      'misses a person who is only talked about',
      { ...find, goal: { kind: 'person' }, refinements: [] },
      [{ text: 'A colleague is coming.' }],
      ['mugs', 'tell me more'],
      { miss: 'no person' },
    ],
  ];
  it.each(table)('%s', async (_, script, acts, words, result) => {
    const { shop, said } = scripted(acts);
    const played = await playDialog(shop, script);
    expect(said.map(({ text }) => text)).toEqual(words);
    expect(played).toMatchObject(result);
    expect(played.reachedAt === undefined).toBe(played.miss !== undefined);
  });

  it('speaks, and writes what was misheard or cannot be spoken', async () => {
    const voice = Buffer.from('sound');
    const spoken = { ...find, via: 'voice', opening: 'I am looking for a green mug' } as const;
    const rows: [heard: string | undefined, sound: Buffer | undefined, how: PlayedDialog['voice'], said: string[]][] = [
      ['i am looking for the green mug', voice, 'spoken', ['', 'in green', 'not red']],
      ['a mooring fork', voice, 'again', ['', spoken.opening, 'in green', 'not red']],
      [undefined, voice, 'again', ['', spoken.opening, 'in green', 'not red']],
      [undefined, undefined, 'typed', [spoken.opening, 'in green', 'not red']],
    ];
    for (const [heard, sound, how, words] of rows) {
      const { shop, said } = scripted([heard === undefined ? {} : { heard }], { spoken: async () => sound });
      expect((await playDialog(shop, spoken)).voice).toBe(how);
      expect(said.map(({ text }) => text)).toEqual(words);
      expect(said[0]?.voice).toBe(sound);
    }
  });

  it('sends a photo with its opening', async () => {
    const asked: unknown[] = [];
    const photoOf: DialogShop['photoOf'] = async (...what) => {
      asked.push(what);
      return Buffer.from('photo');
    };
    const { shop, said } = scripted([{ shows: ['green'] }, { focus: 'green' }], { photoOf });
    const played = await playDialog(shop, { ...find, via: 'photo', shown: { kind: 'mug', color: 'red' } });
    expect(asked).toEqual([[{ kind: 'mug', color: 'red' }, 'x']]);
    expect(said[0]).toMatchObject({ text: 'mugs', photo: Buffer.from('photo') });
    expect(played).toMatchObject({ kind: 'find by photo', reachedAt: 2 });
  });

  it('takes an order for told where its number and its state are said', async () => {
    const order: DialogScript = {
      ...find,
      goal: { kind: 'order', order: { number: 'V-1', email: 'a@example.com' } },
      // biome-ignore lint/suspicious/noThenProperty: a list
      then: ['V-1', 'a@example.com'],
    };
    const orderState = async () => 'on its way';
    const acts: Act[] = [{ asks: 'order' }, { asks: 'order', text: 'V-1?' }, { text: 'Order V-1: on its way.' }];
    const { shop, said } = scripted(acts, { orderState });
    expect(await playDialog(shop, order)).toMatchObject({ kind: 'order', reachedAt: 3 });
    expect(said.map(({ text }) => text)).toEqual(['mugs', 'V-1', 'a@example.com']);
    const wrong = scripted([{ text: 'Order V-1: cancelled.' }], { orderState });
    expect(await playDialog(wrong.shop, order)).toMatchObject({ miss: 'order not told' });
    const none = scripted([{}], { orderState: async () => undefined });
    await expect(playDialog(none.shop, order)).rejects.toMatchObject({ code: 'EVALUATION_INVALID' });
  });

  it('takes a question for answered where the right passage is told with its source', async () => {
    const question: DialogScript = { ...find, goal: { kind: 'returns', topic: 'return period' } };
    const told = (place: number) => {
      const passage = passages.filter(({ file, language }) => file === 'returns' && language === 'fr')[place];
      return { text: `${passage?.text}\n${passage?.heading}` };
    };
    const played = (script: DialogScript, act: Act) => playDialog(scripted([act]).shop, script);
    expect(await played(question, told(0))).toMatchObject({ kind: 'question', reachedAt: 1 });
    expect(await played(question, told(4))).toMatchObject({ miss: 'other answer' });
    expect(await played(question, {})).toMatchObject({ miss: 'not answered' });
    const unknown: DialogScript = { ...question, goal: { kind: 'returns', topic: 'something else' } };
    expect(await played(unknown, told(4))).toMatchObject({ reachedAt: 1, byFileOnly: true });
  });
});

it('judges products by what a goal names', () => {
  const item = { kind: 'mug' } as const;
  const rows: [goal: Parameters<typeof meetsGoal>[2], right: string[]][] = [
    [item, ['red', 'green', 'green-kids']],
    [{ ...item, color: 'green', material: 'steel' }, ['green']],
    [{ ...item, audience: 'male' }, ['green']],
    [{ ...item, audience: 'female' }, []],
    [{ ...item, audience: 'kids' }, ['green-kids']],
    [{ ...item, maxPrice: { amount: '9', currency: 'EUR' } }, ['green-kids']],
    [{ ...item, maxPrice: { amount: '10.00', currency: 'EUR' } }, ['red', 'green', 'green-kids']],
    [{ ...item, maxPrice: { amount: '10', currency: 'USD' } }, []],
    [{ kind: 'cup' }, []],
  ];
  for (const [goal, right] of rows) {
    const met = [...PRODUCTS.values()].filter((each) => meetsGoal(each, each.productType, goal));
    expect(met.map(({ id }) => id)).toEqual(right);
  }
});

it('tells which attributes of a goal a query holds', () => {
  const query: StructuredQuery = {
    text: '',
    language: 'en',
    wanted: { ...NO_ATTRIBUTES, colors: ['white'], kids: true, sizes: ['XL'] },
    unwanted: NO_ATTRIBUTES,
    price: { max: { minor: 6_000, currency: 'EUR' } },
    inStockOnly: false,
    onSaleOnly: false,
    sort: 'relevance',
    keywords: '',
    freeText: '',
  };
  const goal = {
    ...{ kind: 'bag', color: 'white', material: 'wool', size: 'xl', pattern: 'dotted' },
    ...{ audience: 'male' as const, maxPrice: { amount: '50', currency: 'EUR' } },
  };
  const held = { color: 'held', material: 'missing', size: 'held', audience: 'other', price: 'other' };
  expect(slotsOf(goal, query, undefined)).toEqual({ ...held, kind: 'missing', pattern: 'missing' });
  // What the words say counts before what was seen.
  const seen = { photos: 1, kind: 'bag', colors: ['red'], pattern: 'plain' };
  expect(slotsOf(goal, query, seen)).toEqual({ ...held, kind: 'held', pattern: 'other' });
  expect(slotsOf({ kind: 'bag' }, undefined, undefined)).toEqual({ kind: 'missing' });
});

it('knows what the topics of validation mean, in every language', () => {
  for (const { id, goal, language } of readDialogs(FIXTURES, 'validation')) {
    if (goal.kind !== 'returns' && goal.kind !== 'delivery') continue;
    const own = passages.filter((passage) => passage.language === language);
    const right = own.filter((passage) => answers(passage, goal, passages) !== undefined);
    expect({ id, files: right.map(({ file }) => file) }).toEqual({ id, files: right.map(() => goal.kind) });
    expect(right.length === 1 || right.length === 2).toBe(true);
    for (const passage of right) {
      expect(answers(passage, goal, passages)).toBe('topic');
      expect(toldIn(`${passage.text} (${passage.heading})`, passages)).toBe(passage);
    }
  }
});

it('reads every conversation, and tells what is wrong with one without repeating it', () => {
  const scripts = readDialogs(FIXTURES, 'validation');
  expect(scripts).toHaveLength(128);
  expect(new Set(scripts.map(({ id }) => id)).size).toBe(128);
  expect(readDialogs(FIXTURES, 'validation', ['de']).map(({ language }) => language)).toEqual(Array(16).fill('de'));
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-scripts-'));
  mkdirSync(join(folder, 'validation'));
  const rows: [line: string, says: string][] = [
    ['{"id":"secret words', 'validation/de.jsonl, line 2: it is not JSON'],
    ['{"secret words":1}', 'validation/de.jsonl, line 2: what is wrong: id, language, goal'],
    [JSON.stringify({ ...find, opening: 1, secret: 'secret words' }), 'line 2: what is wrong: opening, the line'],
  ];
  for (const [line, says] of rows) {
    writeFileSync(join(folder, 'validation', 'de.jsonl'), `\n${line}\n`);
    expect(() => readDialogs(folder, 'validation', ['de'])).toThrow(says);
    expect(() => readDialogs(folder, 'validation', ['de'])).not.toThrow('secret');
  }
  rmSync(folder, { recursive: true });
  expect(() => readDialogs(folder, 'validation', ['de'])).toThrow('validation/de.jsonl cannot be read');
});

it('puts a 95 % interval by Wilson around a share', () => {
  // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  const rows = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const;
  for (const [successes, trials, low, high] of rows) {
    const found = wilsonInterval(successes, trials);
    expect(found?.low).toBeCloseTo(low, 4);
    expect(found?.high).toBeCloseTo(high, 4);
  }
  expect(wilsonInterval(0, 0)).toBeNull();
});

describe('the report', () => {
  const SECRET = 'in green';
  const played = async () => {
    const missed = await playDialog(scripted([{ shows: ['red'], facet: 'brand' }, { shows: ['red'] }]).shop, find);
    const acts: Act[] = [{ shows: ['red'] }, { shows: ['green'] }, { focus: 'green' }, {}];
    const reached = await playDialog(scripted(acts).shop, { ...find, id: 'y', language: 'de' });
    return [missed, reached];
  };

  it('counts by language and kind', async () => {
    const report = reportDialogs('validation', await played());
    expect(report.overall).toMatchObject({ n: 2, reached: 1, turnsToSuccess: 3, unwantedPerson: 0 });
    expect(report.overall.questions).toBe(1 / 8);
    expect(report.overall.slots).toBe(0);
    expect(report.overall.misses).toEqual({ 'not shown': 1 });
    expect(Object.keys(report.byLanguage)).toEqual(['en', 'de']);
    expect(report.byLanguage.de?.success?.mean).toBe(1);
    expect(Object.keys(report.byKind)).toEqual(['find by words']);
    expect(reportDialogs('validation', []).overall).toMatchObject({ n: 0, success: null, questions: null });
  });

  it('shows words of validation, and never of what is held out', async () => {
    const dialogs = await played();
    const texts = (set: 'validation' | 'held-out') => {
      const report = reportDialogs(set, dialogs);
      return [formatDialogs(report), dialogPage(report, new Date(0)), JSON.stringify(report)];
    };
    for (const text of texts('validation')) expect(text).toContain(SECRET);
    for (const text of texts('held-out')) expect(text).not.toContain(SECRET);
    for (const text of texts('held-out').slice(0, 2)) expect(text).toContain('not shown');
  });

  it('is a page without scripts, and a table for a spreadsheet', async () => {
    const [missed] = await played();
    if (!missed) throw new Error('nothing was played');
    const turns = [{ purpose: 'opening', said: '<script>', replies: [{ text: '<b>', products: [] }] }] as const;
    const report = reportDialogs('validation', [{ ...missed, turns }]);
    const page = dialogPage(report, new Date(0));
    expect(page).not.toMatch(/<script|<b>/);
    expect(page).toContain('&lt;script&gt;');
    const [head, ...rows] = dialogFigures(report).trim().split('\n');
    expect(head).toBe(
      'set,by,name,n,reached,turnsToSuccess,questions,slots,wrongSlots,unwantedPerson,success,success_low,success_high,misses',
    );
    expect(rows.map((row) => row.split(',').slice(0, 5).join())).toEqual([
      'validation,language,en,1,0',
      'validation,language,all,1,0',
      'validation,kind,find by words,1,0',
    ]);
  });
});
