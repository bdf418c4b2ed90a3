import { bm25System, type LabelledQuery } from '../../src/training';
import { compareSystems, formatComparison } from '../bench/compare';
import { attributesOf, gridOf } from '../bench/compare-fields';
import { miniSearchLibrary, processTerm } from '../bench/compare-minisearch';
import { oramaLibrary } from '../bench/compare-orama';
import type { TunableLibrary } from '../bench/compare-tuning';
import { product, query } from './fixtures';

const products = [
  product('s1', {
    title: 'Red leather shoe',
    description: 'For walking',
    itemGroupId: 'shoe',
    color: 'red',
    texts: { zh: { title: '红色皮鞋' }, ja: { title: '赤い革靴' }, de: { title: 'Roter Lederschuh' } },
  }),
  product('s2', {
    title: 'Blue leather shoe',
    itemGroupId: 'shoe',
    color: 'blue',
    texts: { zh: { title: '蓝色皮鞋' } },
  }),
  product('h', {
    title: 'Straw hat',
    brand: 'Sombra',
    texts: { zh: { title: '草帽' }, fr: { title: 'Chapeau d’été' } },
  }),
  product('t', { title: 'Teapot', texts: { zh: { title: '茶壶' }, ja: { title: '急須' }, ru: { title: 'Чайник' } } }),
];
const queries: LabelledQuery[] = [
  query('red shoes', { s1: 2, s2: 1 }),
  query('sombra', { h: 1 }),
  query('茶壶', { t: 1 }, 'zh-CN'),
  query('急須', { t: 1 }, 'ja'),
  query('чайники', { t: 1 }, 'ru'),
  { ...query('like this', { t: 1 }), photo: '/t.jpg', modality: 'text+photo' },
];
const validation = [query('blue shoe', { s2: 1 }), query('草帽', { h: 1 }, 'zh'), query('sombra', { h: 1 })];

/** Asks a library with its documented settings. */
async function asker<S>(library: TunableLibrary<S>) {
  const search = await library.build(products, queries);
  const [documented] = library.grid;
  if (!documented) throw new Error('the grid is empty');
  return (question: LabelledQuery) => search(question, 10, documented);
}

describe('the libraries', () => {
  it.each(['MiniSearch', 'Orama'])(
    '%s finds by texts of a language and attributes, one product a group',
    async (name) => {
      const ask = name === 'MiniSearch' ? await asker(miniSearchLibrary) : await asker(oramaLibrary);
      expect((await ask(query('red shoes', {}))).map(({ id }) => id)).toEqual(['s1']);
      expect((await ask(query('SOMBRA', {})))[0]?.id).toBe('h');
      expect((await ask(query('茶壶', {}, 'zh')))[0]?.id).toBe('t');
      expect((await ask(query('急須', {}, 'ja')))[0]?.id).toBe('t');
      expect((await ask(query('чайник', {}, 'ru')))[0]?.id).toBe('t');
      expect(await ask(query('zzzzzzzz', {}))).toEqual([]);
    },
  );

  it('fold terms without breaking kana and Cyrillic', () => {
    expect(['ÉTÉ', 'が', 'й', 'Ｗ'].map(processTerm)).toEqual(['ete', 'が', 'й', 'w']);
    expect(attributesOf(product('x', { color: 'red', ageGroup: 'kids' }))).toEqual({ color: 'red', ageGroup: 'kids' });
  });

  it('try the documented settings first', () => {
    expect(gridOf<{ a: number; b: string }>({ a: [1, 2], b: ['x', 'y'] })[1]).toEqual({ a: 1, b: 'y' });
    expect(miniSearchLibrary.grid[0]).toMatchObject({ fuzzy: 0.2, prefix: true });
    expect(oramaLibrary.grid[0]).toMatchObject({ tolerance: 1, threshold: 1 });
  });
});

describe('compareSystems', () => {
  const vitrine = { ...bm25System(products), name: 'Vitrine' };

  it('reports scores and paired differences by language, and the settings', async () => {
    const report = await compareSystems({ products, queries, validation, vitrine, seed: 1 });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.systems).toEqual(['Vitrine', 'MiniSearch', 'Orama']);
    expect(report.leftOut).toEqual({ notText: 1, unknown: 0, validation: 1 });
    expect(Object.keys(report.byLanguage)).toEqual(['en', 'ja', 'ru', 'zh']);
    expect(report.byLanguage.en?.n).toBe(2);
    expect(report.overall.n).toBe(5);
    for (const [name, library] of Object.entries({ MiniSearch: miniSearchLibrary, Orama: oramaLibrary })) {
      expect(report.settings[name]).toMatchObject({ tunedOn: 2, tried: library.grid.length, byLanguage: {} });
      const difference = report.overall.differences[name];
      const means = ['Vitrine', name].map((system) => report.overall.ndcg[system]?.mean ?? Number.NaN);
      expect(difference?.difference).toBeCloseTo((means[0] ?? 0) - (means[1] ?? 0), 10);
      expect(difference?.above).toBe((difference?.low ?? 0) > 0);
    }
    // Orama stems Russian, plain BM25 does not
    expect(report.byLanguage.ru?.ndcg.Orama?.mean).toBe(1);
    expect(report.byLanguage.ru?.differences.Orama).toMatchObject({ difference: -1, pValue: 1, above: false });

    const text = formatComparison(report);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
    expect(text).toContain('Orama: best of 36 settings on 2 validation queries');
  });

  it('never tunes on the queries that it reports', async () => {
    const same = await compareSystems({ products, queries, validation: queries, vitrine, seed: 1 });
    expect(same.settings.Orama).toMatchObject({ tunedOn: 0, tried: 1, overall: oramaLibrary.grid[0] });
  });
});
