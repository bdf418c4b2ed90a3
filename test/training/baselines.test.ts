import { bm25System, languageOfScript, randomSystem, wordsOf } from '../../src/training';
import { product, query } from './fixtures';

const ask = (text: string) => query(text, { x: 1 });

describe('bm25System', () => {
  const system = bm25System([
    product('p1', { title: 'Red shoe' }),
    product('p2', { title: 'Blue shoe', description: 'SHOE!' }),
  ]);

  it('matches hand-computed scores', async () => {
    // N 2, mean length 2.5; "red": df 1, idf ln 2; p1: 2.2 / (1 + 1.2 (0.25 + 0.75 · 0.8)) = 2.2 / 2.02
    const red = await system.search(ask('red'), 10);
    expect(red.results).toEqual([{ id: 'p1', score: expect.closeTo((Math.log(2) * 2.2) / 2.02, 12) }]);
    // "shoe": df 2, idf ln 1.2; p2: tf 2, 4.4 / (2 + 1.2 (0.25 + 0.75 · 1.2)) = 4.4 / 3.38
    const shoe = await system.search(ask('shoe'), 10);
    expect(shoe.results).toEqual([
      { id: 'p2', score: expect.closeTo((Math.log(1.2) * 4.4) / 3.38, 12) },
      { id: 'p1', score: expect.closeTo((Math.log(1.2) * 2.2) / 2.02, 12) },
    ]);
  });

  it('finds nothing for unknown words and for a photo', async () => {
    expect((await system.search(ask('hat constructor __proto__'), 10)).results).toEqual([]);
    const photo = { photo: '/x.jpg', modality: 'photo', relevant: new Map([['p1', 1]]) };
    expect((await system.search(photo, 10)).results).toEqual([]);
  });

  it('reads all languages, breaks ties by id and returns one product a group', async () => {
    const twins = bm25System([
      product('z', { texts: { de: { title: 'Schuh' } } }),
      product('b', { itemGroupId: 'g', texts: { de: { title: 'Schuh' } } }),
      product('a', { itemGroupId: 'g', texts: { de: { title: 'Schuh' } } }),
    ]);
    expect((await twins.search(ask('schuh'), 10)).results.map(({ id }) => id)).toEqual(['a', 'z']);
    expect((await twins.search(ask('schuh'), 1)).results).toHaveLength(1);
  });
});

describe('randomSystem', () => {
  const products = Array.from({ length: 50 }, (_, i) => product(`p${i}`, { itemGroupId: `g${i % 20}` }));

  it('repeats itself for a seed, differs by seed and query, returns one product a group', async () => {
    const ids = async (seed: number, text: string) =>
      (await randomSystem(products, seed).search(ask(text), 100)).results.map(({ id }) => id);
    const first = await ids(1, 'a');
    expect(await ids(1, 'a')).toEqual(first);
    expect(await ids(2, 'a')).not.toEqual(first);
    expect(await ids(1, 'b')).not.toEqual(first);
    expect(first).toHaveLength(20);
    expect(new Set(first.map((id) => Number(id.slice(1)) % 20)).size).toBe(20);
  });

  it('gives at most k, best first', async () => {
    const { results } = await randomSystem(products, 1).search(ask('a'), 5);
    expect(results).toHaveLength(5);
    expect(results.map(({ score }) => score)).toEqual([...results.map(({ score }) => score)].sort((a, b) => b - a));
  });
});

describe('wordsOf', () => {
  it('cuts by script', () => {
    expect(wordsOf('Red, SHOES!')).toEqual(['red', 'shoes']);
    expect(wordsOf('红色连衣裙').length).toBeGreaterThan(1);
    expect(wordsOf('赤いワンピース').join('')).toBe('赤いワンピース');
    expect(['shoe', '裙子', 'ワンピース', 'платье'].map(languageOfScript)).toEqual(['en', 'zh', 'ja', 'ru']);
  });
});
