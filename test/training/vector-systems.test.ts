import { vectorSystem } from '../../src/training';
import { product, query } from './fixtures';

const vec = (...values: number[]) => Float32Array.from(values);
const products = [product('a', { itemGroupId: 'g' }), product('b', { itemGroupId: 'g' }), product('c'), product('d')];

describe('vectorSystem', () => {
  const system = vectorSystem({
    name: 'v',
    products,
    vectors: [[vec(0, 1)], [vec(0.6, 0.8)], [vec(0, 1), vec(0.8, 0.6)], []],
    encode: async ({ text }) => (text === 'x' ? vec(1, 0) : undefined),
  });

  it('ranks by cosine, the nearest vector of a product, one product a group', async () => {
    const { results, timings } = await system.search(query('x', {}), 10);
    expect(results.map(({ id, score }) => [id, Number(score.toFixed(6))])).toEqual([
      ['c', 0.8],
      ['b', 0.6],
    ]);
    expect(Object.keys(timings ?? {})).toEqual(['encode', 'search']);
    expect((await system.search(query('x', {}), 1)).results).toHaveLength(1);
  });

  it('finds nothing for a query without a vector', async () => {
    expect(await system.search(query('y', {}), 10)).toEqual({ results: [] });
  });

  it('keeps equal scores in the order of ids', async () => {
    const same = vectorSystem({
      name: 's',
      products: [product('z'), product('y')],
      vectors: [[vec(1, 0)], [vec(1, 0)]],
      encode: async () => vec(1, 0),
    });
    expect((await same.search(query('x', {}), 2)).results.map(({ id }) => id)).toEqual(['y', 'z']);
  });
});
