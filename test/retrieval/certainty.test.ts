import type { TextEncoder } from '../../src/domain';
import { product, withTemporaryApp } from '../support/data-dir';

/** Knows lamps from everything else. */
const encoder: TextEncoder = {
  id: 'lamps@1',
  space: 'lamps',
  dimensions: 2,
  maxBatch: 16,
  parallel: false,
  encode: async (texts) => texts.map((text) => (/lamp/i.test(text) ? Float32Array.of(0, 1) : Float32Array.of(1, 0))),
};

it('counts words less, and their vector more, the less sure it is that they were said', async () => {
  await withTemporaryApp(
    async (app) => {
      app.products.upsert([
        product({ id: 'mug', title: 'Red mug', color: 'red' }),
        product({ id: 'lamp', title: 'Table lamp', color: 'white' }),
      ]);
      await app.indexer.sync({});
      const query = app.parser.parse('red mug', { ...(await app.retriever.facts()), language: 'en' });
      // The words say mug, the voice lamp.
      const ranked = async (certainty?: number) => {
        const vector = Float32Array.of(0.6, 0.8);
        const { results } = await app.retriever.search({
          query,
          vector,
          limit: 5,
          ...(certainty !== undefined && { certainty }),
        });
        return results;
      };
      const [typed, sure, unsure] = [await ranked(), await ranked(1), await ranked(0.3)];
      expect(sure).toEqual(typed);
      expect(typed.map(({ product: { id } }) => id)).toEqual(['mug']);
      expect(unsure.map(({ product: { id } }) => id)).toEqual(['mug', 'lamp']);
      const gap = (unsure[0]?.score ?? 0) - (unsure[1]?.score ?? 0);
      const surer = await ranked(0.55);
      expect(gap).toBeLessThan((surer[0]?.score ?? 0) - (surer[1]?.score ?? 0));
    },
    { encoder },
  );
});

it('tells the catalogue’s words, most used first, and the same array until the index changes', async () => {
  await withTemporaryApp(
    async (app) => {
      app.products.upsert([
        product({ id: '1', title: 'Zebra mug', brand: 'Åsa' }),
        product({ id: '2', title: 'Mug with a handle' }),
      ]);
      await app.indexer.sync({});
      const { words, brands } = await app.retriever.facts();
      expect(words[0]).toBe('mug');
      expect(words).toContain('zebra');
      expect(brands).toEqual(['Åsa']);
      expect((await app.retriever.facts()).words).toBe(words);
    },
    { encoder },
  );
});
