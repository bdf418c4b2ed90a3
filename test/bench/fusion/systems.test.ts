import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ModalityVectors, VitrineError } from '../../../src/domain';
import { EQUAL, initialWeights, SumFusion } from '../../../src/fusion';
import { saveWeights } from '../../../src/tensor';
import { catalogueGroups, EvaluationRandom, judgeQueries, vectorSystem } from '../../../src/training';
import { vector } from '../../fusion/support';
import { product, query } from '../../training/fixtures';
import { contendersOf } from './contenders';
import type { EncodedSet } from './encoded';
import { searchWeights } from './lambda';
import { patiently } from './patience';
import { FusedCatalogue } from './ranking';
import { MEASURES, meanScores, type QueryScore, scoreQueries, without } from './scores';

const DIMENSIONS = 16;
const products = Array.from({ length: 40 }, (_, i) =>
  product(`p${String(i).padStart(2, '0')}`, { itemGroupId: `g${i >> 1}` }),
);
const catalogue = catalogueGroups(products);
const sum = new SumFusion('test', DIMENSIONS);

describe('FusedCatalogue', () => {
  const inputs = products.map(
    (_, i): ModalityVectors => (i === 7 ? {} : { words: vector(`w${i % 30}`), photo: vector(`p${i % 30}`) }),
  );

  it('ranks as vectorSystem does, equal scores included', async () => {
    const fused = await sum.fuse(inputs.map((each) => (each.words ? each : { words: vector('none') })));
    const system = (asked: Float32Array) =>
      vectorSystem({
        name: 'v',
        products,
        vectors: fused.map((each, i) => (i === 7 ? [] : [each.vector])),
        encode: async () => asked,
      });
    const ranking = await FusedCatalogue.of(sum, { products, catalogue }, inputs);
    for (let seed = 0; seed < 25; seed++) {
      const asked = vector(`asked ${seed}`);
      const { results } = await system(asked).search(query('x', {}), 10);
      const found = ranking.nearest(asked, 10);
      expect(found.map(({ id }) => id)).toEqual(results.map(({ id }) => id));
      for (const [i, { score }] of found.entries()) expect(score).toBeCloseTo(results[i]?.score ?? 0, 5);
    }
  });
});

describe('scores', () => {
  const inputs = products.map((_, i): ModalityVectors => ({ words: vector(`w${i}`) }));
  const { judged } = judgeQueries(
    [query('a', { p03: 3, p10: 1 }), query('b', { p02: 3, p03: 1 }), query('c', { p05: 1 })],
    catalogue,
  );
  const asked: ModalityVectors[] = [{ words: vector('w3') }, { words: vector('w3') }, {}];

  it('are those of a ranking; a query without vectors finds nothing', async () => {
    const ranking = await FusedCatalogue.of(sum, { products, catalogue }, inputs);
    const queries = judged.map((each, i) => ({ ...each, vectors: asked[i] ?? {} }));
    const [right, wrong, none] = await scoreQueries(sum, ranking, catalogue, queries);
    expect(right).toMatchObject({ 'R@1': 1, 'right@1': 1, 'right@5': 1 });
    // p02 is asked for, and its variant p03 is shown in its place.
    expect(wrong).toMatchObject({ 'R@1': 1, 'right@1': 0, 'right@5': 0 });
    expect(Object.values(none ?? {}).every((value) => value === 0)).toBe(true);
  });

  it('are means over seeds, query by query', () => {
    const run = (...values: number[]) =>
      values.map((value) => Object.fromEntries(MEASURES.map((measure) => [measure, value])) as QueryScore);
    expect(meanScores([run(0, 1), run(1, 1)]).map((each) => each['nDCG@10'])).toEqual([0.5, 1]);
  });

  it('leave modalities out', () => {
    expect(Object.keys(without({ words: vector('a'), photo: vector('b') }, ['photo', 'voice']))).toEqual(['words']);
  });
});

describe('contendersOf', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-contenders-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const save = (name: string, kind: 'attention' | 'weighted', space = 'test') =>
    saveWeights(join(folder, name), initialWeights(kind, DIMENSIONS, 1), {
      id: name,
      kind,
      space,
      dimensions: String(DIMENSIONS),
    });

  it('reads seeds of each kind, and what was trained without a modality', async () => {
    await save('attention-2.safetensors', 'attention');
    await save('attention-1.safetensors', 'attention');
    await save('weighted-1.safetensors', 'weighted');
    await save('attention-without-photo-1.safetensors', 'attention');
    await save('notes.safetensors', 'attention', 'another');
    const found = contendersOf(folder, 'test', DIMENSIONS);
    expect(found.map(({ name, lacking, fusions }) => [name, lacking, fusions.length])).toEqual([
      ['plain sum', undefined, 1],
      ['fixed lambda', undefined, 1],
      ['weighted', undefined, 1],
      ['attention', undefined, 2],
      ['attention without photo', 'photo', 1],
    ]);
  });

  it('refuses weights of another space', async () => {
    await save('attention-3.safetensors', 'attention', 'another');
    expect(() => contendersOf(folder, 'test', DIMENSIONS)).toThrow('attention-3.safetensors');
  });
});

describe('searchWeights', () => {
  it('turns down what only disturbs, and beats equal weights', async () => {
    const random = new EvaluationRandom('noise');
    const inputs = products.map((_, i): ModalityVectors => ({ words: vector(`w${i}`), photo: vector(`p${i}`) }));
    const labelled = products.map(({ id }) => query(`about ${id}`, { [id]: 1 }));
    const { judged } = judgeQueries(labelled, catalogue);
    const queries = judged.map((each, i) => ({
      ...each,
      vectors: { words: vector(`w${i}`), photo: vector(`noise ${random.next()}`) },
    }));
    const set: EncodedSet = { products, catalogue, inputs, queries, space: 'test', dimensions: DIMENSIONS };
    const lines: string[] = [];
    const { words, photo, voice } = await searchWeights(set, (line) => lines.push(line));
    expect(photo).toBeLessThan(words);
    expect(voice).toBe(EQUAL.voice);
    const scores = lines.map((line) => Number(line.split(': ')[1]));
    expect(scores.at(-1)).toBeGreaterThan(scores[0] ?? 1);
  });
});

describe('patiently', () => {
  const failing = (code: 'ENCODER_FAILED' | 'MODEL_MISSING', times: number) => {
    let calls = 0;
    return async () => {
      calls++;
      if (calls <= times) throw new VitrineError(code, 'no');
      return calls;
    };
  };

  it.each([
    ['ENCODER_FAILED', 2, 3],
    ['ENCODER_FAILED', 6, 'no'],
    ['MODEL_MISSING', 1, 'no'],
  ] as const)('tries again what a busy machine failed: %s, %d times', async (code, times, expected) => {
    const answer = patiently(failing(code, times), 0).catch((error: Error) => error.message);
    expect(await answer).toBe(expected);
  });
});
