import type { Product } from '../../src/domain';
import {
  bestThreshold,
  evaluate,
  formatReport,
  halfOf,
  type LabelledQuery,
  METRICS,
  REPORT_WIDTH,
  reportPage,
} from '../../src/training';
import { RUN } from '../support/reports';
import { inOrder, pairsOf, product, query, scripted } from './fixtures';

const products: Product[] = ['a', 'b', 'c', 'd'].map((id) => product(id));
const queries: LabelledQuery[] = [
  query('one', { a: 1 }),
  query('two', { b: 2 }, 'de-AT'),
  { ...query('three', { c: 1 }), photo: '/c.jpg', modality: 'text+photo' },
];
const good = scripted('good', { one: inOrder('a', 'd'), two: inOrder('b', 'd'), three: inOrder('c', 'd') });
const bad = scripted('bad', { one: inOrder('d', 'a'), two: [], three: inOrder('d') });

describe('evaluate', () => {
  it('reports every metric overall, by modality, by language and by both, as plain JSON', async () => {
    const progress: unknown[] = [];
    const onProgress = (...step: unknown[]) => progress.push(step);
    const report = await evaluate({ systems: [good, bad], queries, products, seed: 1, onProgress });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report).toMatchObject({
      queries: 3,
      products: 4,
      groups: 4,
      k: 100,
      thresholdFrom: 'two-fold cross-fitting',
    });
    const [first, second] = report.systems;
    expect(Object.keys(first?.overall.metrics ?? {})).toEqual([...METRICS]);
    expect(first?.overall.metrics['ndcg@10']).toEqual({ mean: 1, low: 1, high: 1 });
    expect(first?.overall.metrics['judged@10']?.mean).toBe(0.5);
    expect(first?.overall.metrics.auc?.mean).toBe(1);
    expect(second?.overall.metrics.mrr?.mean).toBeCloseTo(0.5 / 3, 12);
    expect(second?.overall.metrics['accuracy@1']?.mean).toBe(0);
    expect(first?.overall.metrics['right@1']).toEqual({ mean: 1, low: 1, high: 1 });
    expect(second?.overall.metrics['right@1']?.mean).toBe(0);
    expect(second?.overall.metrics['right@5']?.mean).toBeCloseTo(1 / 3, 12);
    expect(second?.overall.metrics['judged@10']?.mean).toBe(0.25); // the empty answer is left out
    expect(Object.entries(first?.byLanguage ?? {}).map(([name, { n }]) => [name, n])).toEqual([
      ['de', 1],
      ['en', 2],
    ]);
    expect(Object.keys(first?.byModality ?? {})).toEqual(['text', 'text+photo']);
    expect(first?.byModalityAndLanguage.text?.de?.n).toBe(1);
    expect(Object.keys(first?.latency ?? {})).toEqual(['index', 'total']);
    expect(first?.latency.index).toEqual({ n: 3, p50: 2, p95: 2 });
    expect(progress).toHaveLength(6);
    expect(progress.at(-1)).toEqual([6, 6, 'bad']);
  });

  it('draws curves, tells kinds apart and compares by modality', async () => {
    const kindOf = jest.fn(({ id }: Product) => (id === 'd' ? 'other' : 'letter'));
    const report = await evaluate({
      systems: [{ ...good, about: 'knows it' }, bad],
      queries,
      products,
      seed: 1,
      kindOf,
    });
    const [first, second] = report.systems;
    expect(first?.about).toBe('knows it');
    expect(first?.curves.recall).toEqual(Array.from({ length: 20 }, () => 1));
    expect(second?.curves.recall.slice(0, 2)).toEqual([0, 1 / 3]);
    expect(first?.curves.roc.at(-1)).toEqual([1, 1]);
    expect(first?.curves.precisionRecall[0]).toEqual([1, 1]);
    expect(first?.confusion).toMatchObject({ n: 3, right: 3, kinds: [] });
    expect(second?.confusion).toMatchObject({ n: 3, right: 0, kinds: ['letter', 'other'] });
    expect(kindOf.mock.calls.length).toBeLessThanOrEqual(products.length);
    expect(Object.keys(report.differences[0]?.byModality ?? {})).toEqual(['text', 'text+photo']);
    expect(report.differences[0]?.byModality['text+photo']?.difference).toBe(1);
    const found = report.differences[0];
    const mean = (found?.byModality.text?.difference ?? 0) / 2 + 1 / 2;
    expect(found?.overModalities.difference).toBeCloseTo(mean, 12);
    expect(found?.overall.difference).not.toBeCloseTo(mean, 2);
  });

  it('says how many shoppers are made up', async () => {
    const liked = { ...query('two', { b: 2 }), history: ['a'], modality: 'text+history', simulated: true as const };
    const run = (asked: LabelledQuery[]) => evaluate({ systems: [good], queries: asked, products, seed: 1 });
    const [none, one] = [await run(queries), await run([...queries, liked])];
    expect([none.simulated, one.simulated]).toEqual([0, 1]);
    expect(formatReport(none)).not.toContain('simulated');
    expect(formatReport(one)).toContain('The shoppers of 1 query, and what they liked, are simulated.');
    expect(reportPage(one, RUN)).toContain('are simulated');
  });

  it('is the same for the same seed', async () => {
    const run = async () =>
      (await evaluate({ systems: [bad], queries, products, seed: 's' })).systems.map(({ overall }) => overall);
    expect(await run()).toEqual(await run());
  });

  it('chooses the threshold on validation queries and leaves out those that are tested', async () => {
    const system = scripted('s', {
      one: [
        { id: 'a', score: 0.9 },
        { id: 'd', score: 0.8 },
      ],
      check: [
        { id: 'b', score: 0.5 },
        { id: 'd', score: 0.4 },
      ],
    });
    const report = await evaluate({
      systems: [system],
      queries: [query('one', { a: 1 })],
      validation: [query('check', { b: 1 }), query('one', { a: 1 })],
      products,
      seed: 1,
    });
    expect(report.thresholdFrom).toBe('validation');
    expect(report.warnings.validationLeftOut).toBe(1);
    expect(report.systems[0]?.thresholds).toEqual([0.5]);
    expect(report.systems[0]?.overall.metrics.precision?.mean).toBe(0.5);
  });

  it('cross-fits: the threshold of a half comes from the other', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `query ${i}`);
    const scoreOf = (name: string) => 1 + names.indexOf(name);
    const system = scripted(
      's',
      Object.fromEntries(
        names.map((name) => [
          name,
          [
            { id: 'a', score: scoreOf(name) },
            { id: 'b', score: 0 },
          ],
        ]),
      ),
    );
    const report = await evaluate({
      systems: [system],
      queries: names.map((name) => query(name, { a: 1 })),
      products,
      seed: 1,
    });
    const chosenOn = (half: number) =>
      bestThreshold(names.filter((name) => halfOf(name) === half).map((name) => pairsOf([scoreOf(name)], [0])));
    expect(report.systems[0]?.thresholds).toEqual([chosenOn(1), chosenOn(0)]);
    expect(chosenOn(0)).not.toBe(chosenOn(1));
  });

  it('counts labels of unknown products, and refuses when all are unknown', async () => {
    const report = await evaluate({
      systems: [good],
      queries: [query('one', { a: 1, gone: 3 }), query('lost', { gone: 1, away: 1 })],
      products,
      seed: 1,
    });
    expect(report.queries).toBe(1);
    expect(report.warnings.unknown).toEqual({ products: 2, examples: ['gone', 'away'], labels: 3, queriesLeftOut: 1 });
    expect(report.systems[0]?.overall.metrics['ndcg@10']?.mean).toBe(1);
    const lost = evaluate({ systems: [good], queries: [query('lost', { gone: 1 })], products, seed: 1 });
    await expect(lost).rejects.toMatchObject({ code: 'EVALUATION_INVALID' });
  });

  it('has no AUC for one class only', async () => {
    const report = await evaluate({
      systems: [scripted('s', { one: inOrder('a') })],
      queries: [query('one', { a: 1 })],
      products: [product('a')],
      seed: 1,
    });
    expect(report.systems[0]?.overall.metrics.auc).toBeNull();
    expect(report.systems[0]?.overall.metrics['recall@1']?.mean).toBe(1);
  });

  it('lets a fault of a system through', async () => {
    const failing = { name: 'f', search: async () => Promise.reject(new Error('broken')) };
    await expect(evaluate({ systems: [failing], queries, products, seed: 1 })).rejects.toThrow('broken');
  });
});

describe('formatReport', () => {
  it('fits the terminal, whatever the names', async () => {
    const many = Array.from({ length: 8 }, (_, i) => ({
      ...good,
      name: `${i} a very long name of a system \u001b[31m`,
    }));
    const text = formatReport(
      await evaluate({
        systems: [...many, bad],
        queries,
        products: [...products],
        validation: [query('one', {})],
        seed: 1,
      }),
    );
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(REPORT_WIDTH);
    expect(text).not.toContain('\u001b');
    for (const part of [
      'nDCG@10 by language',
      'nDCG@10 by modality',
      'Latency in ms',
      'two-fold',
      '1.000 [1.000, 1.000]',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('leaves the modalities out when there is one', async () => {
    const text = formatReport(await evaluate({ systems: [good], queries: queries.slice(0, 2), products, seed: 1 }));
    expect(text).not.toContain('modality');
  });
});
