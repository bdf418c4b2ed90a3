import { type Constraint, NO_ATTRIBUTES, type StructuredQuery } from '../../src/domain';
import type { Candidate } from '../../src/retrieval/candidates';
import { CatalogueWords } from '../../src/retrieval/facts';
import { MET, matchConstraints } from '../../src/retrieval/match';
import { type RankContext, rank } from '../../src/retrieval/rank';
import { DEFAULT_WEIGHTS } from '../../src/retrieval/rank-weights';
import { EvaluationRandom } from '../../src/training';
import { product, withTemporaryApp } from '../support/data-dir';

const GROUPS = new Map([
  ['mug', 'kitchen'],
  ['bowl', 'kitchen'],
  ['coat', 'clothing'],
]);
const WORDS = ['warm', 'round', 'light'];

/** Words, prices and attributes drawn at random; few values, so that results often meet the same things. */
function randomCase(random: EvaluationRandom) {
  const pick = <T>(values: readonly T[]): T => values[random.below(values.length)] as T;
  const some = <T>(values: readonly T[], share: number): T[] => values.filter(() => random.next() < share);
  const attributes = () => {
    const kinds = [pick([...GROUPS.keys()])];
    return {
      ...NO_ATTRIBUTES,
      kinds,
      groups: kinds.map((kind) => GROUPS.get(kind) ?? ''),
      colors: some(['red', 'blue'], 0.5),
      materials: some(['wool', 'steel'], 0.4),
      brands: some(['Aurora', 'Zephyr'], 0.4),
      kids: random.next() < 0.3,
    };
  };
  const wanted = { ...attributes(), groups: [] };
  const query: StructuredQuery = {
    text: '',
    language: 'en',
    wanted: { ...wanted, kinds: random.next() < 0.7 ? wanted.kinds : [] },
    unwanted: NO_ATTRIBUTES,
    ...(random.next() < 0.4 && { price: { max: { minor: 500, currency: 'EUR' } } }),
    inStockOnly: false,
    onSaleOnly: random.next() < 0.2,
    sort: 'relevance',
    keywords: '',
    freeText: '',
  };
  const candidates = Array.from(
    { length: 24 },
    (_, i): Candidate => ({
      id: `p${i}`,
      group: `p${i}`,
      titleWords: new Set(some(WORDS, 0.5)),
      facts: {
        attributes: attributes(),
        price: random.below(1_000),
        available: random.next() < 0.9,
        onSale: random.next() < 0.3,
        rating: random.next() * 5,
        reviews: random.below(300),
      },
      keywordScore: random.next() * 4,
      similarity: random.next(),
      photoText: undefined,
      photoPicture: undefined,
      fused: undefined,
      affinity: random.next() < 0.9 ? random.next() * 2 - 1 : undefined,
    }),
  );
  const words = some(WORDS, 0.5).map((word) => ({ surface: word, tokens: [word], free: true }));
  const favourites = new Map([['Aurora', random.next()]]);
  const context = (weight: number): RankContext => ({
    query,
    words: words as unknown as RankContext['words'],
    catalogue: new CatalogueWords(),
    products: 24,
    groupOfKind: GROUPS,
    weights: { ...DEFAULT_WEIGHTS, history: { ...DEFAULT_WEIGHTS.history, weight, brand: weight } },
    favourites,
    hasVector: true,
    hasPhoto: false,
    hasFused: false,
    certainty: 1,
  });
  return { query, candidates, context };
}

it('never lifts what lacks an explicit constraint over what meets it (2,000 random cases, weights up to 100 times as large)', () => {
  const random = new EvaluationRandom(7);
  let lifted = 0;
  for (let round = 0; round < 2_000; round++) {
    const { query, candidates, context } = randomCase(random);
    const weight = DEFAULT_WEIGHTS.history.weight * (round % 2 === 0 ? 1 : 100);
    const place = (ranked: ReturnType<typeof rank>) =>
      new Map(ranked.map(({ candidate }, index) => [candidate.id, index]));
    const plainly = place(rank(candidates, context(0)));
    const ranked = rank(candidates, context(weight));
    const places = place(ranked);
    expect(places.size).toBe(plainly.size);
    for (const above of ranked) {
      for (const below of ranked) {
        const [a, b] = [above.candidate.id, below.candidate.id];
        const passed = (places.get(a) ?? 0) < (places.get(b) ?? 0) && (plainly.get(a) ?? 0) > (plainly.get(b) ?? 0);
        if (!passed) continue;
        lifted += 1;
        const [has, lost] = [above, below].map(({ candidate }) => matchConstraints(query, candidate.facts, GROUPS));
        expect(above.candidate.facts.available || !below.candidate.facts.available).toBe(true);
        for (const constraint of Object.keys(has ?? {}) as Constraint[]) {
          if ((has?.[constraint] ?? 1) < MET) expect(lost?.[constraint]).toBeLessThan(MET);
        }
      }
    }
  }
  // Otherwise nothing was tested.
  expect(lifted).toBeGreaterThan(2_000);
});

it('leaves the scores as they are, whatever the taste', () => {
  const { candidates, context } = randomCase(new EvaluationRandom(3));
  const scores = (weight: number) =>
    new Map(rank(candidates, context(weight)).map(({ candidate, score }) => [candidate.id, score]));
  expect(scores(1)).toEqual(scores(0));
});

/** Two axes: red things and blue things. */
const encoder = {
  id: 'colors@1',
  space: 'colors',
  dimensions: 2,
  maxBatch: 16,
  parallel: false,
  encode: async (texts: readonly string[]) =>
    texts.map((text) => (/blue/i.test(text) ? Float32Array.of(0, 1) : Float32Array.of(1, 0))),
};

it('puts first what the shopper likes, says so, and keeps to a colour that was asked for', async () => {
  await withTemporaryApp(
    async (app) => {
      app.products.upsert(
        ['red', 'blue'].flatMap((color) =>
          [1, 2, 3].map((n) => product({ id: `${color}-${n}`, title: `Mug ${color} ${n}`, color })),
        ),
      );
      await app.indexer.sync({});
      const search = async (text: string, history?: Float32Array) => {
        const query = app.parser.parse(text, { ...(await app.retriever.facts()), language: 'en' });
        const { results } = await app.retriever.search({ query, limit: 6, ...(history && { history }) });
        return results;
      };
      const ids = (results: Awaited<ReturnType<typeof search>>) =>
        results.map(({ product: { id } }) => id.split('-')[0]).join(' ');
      expect(ids(await search('mug', Float32Array.of(0, 1)))).toBe('blue blue blue red red red');
      expect(ids(await search('mug', Float32Array.of(1, 0)))).toBe('red red red blue blue blue');
      expect(ids(await search('red mug', Float32Array.of(0, 1)))).toBe('red red red blue blue blue');
      const [first, , , last] = await search('mug', Float32Array.of(0, 1));
      expect([first?.why.history, last?.why.history]).toEqual([1, undefined]);
      // A taste of another encoder's width says nothing.
      const other = await search('mug', new Float32Array(7).fill(1));
      expect(other).toEqual(await search('mug'));
    },
    { encoder },
  );
});

it('looks at the shelf: vectors, neighbours, the best rated, what matches', async () => {
  await withTemporaryApp(
    async (app) => {
      app.products.upsert([
        product({ id: "o'red", title: 'Red mug', color: 'red', rating: 5, reviewCount: 1 }),
        product({ id: 'blue', title: 'Blue mug', color: 'blue', rating: 4.6, reviewCount: 300 }),
        product({ id: 'gone', title: 'Blue bowl', color: 'blue', quantity: 0, rating: 5, reviewCount: 900 }),
        product({ id: 'teapot', title: 'Red steel teapot', color: 'red', material: 'steel' }),
      ]);
      await app.indexer.sync({});
      const { retriever } = app;
      const vectors = await retriever.vectors(["o'red", 'blue', 'unknown']);
      expect([...vectors].sort()).toEqual([
        ['blue', Float32Array.of(0, 1)],
        ["o'red", Float32Array.of(1, 0)],
      ]);
      const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);
      expect(ids(await retriever.near(Float32Array.of(0, 1), 1))).toEqual(['blue']);
      expect(ids(await retriever.near(Float32Array.of(1, 0, 0), 5))).toEqual([]);
      expect(ids(await retriever.rated(2))).toEqual(['blue', "o'red"]);
      const matching = (colors: string[], materials: string[]) =>
        retriever.matching({ kinds: ['mug', 'bowl', 'teapot'], colors, materials }, 10);
      expect(ids(await matching(['blue'], ['steel'])).sort()).toEqual(['blue', 'teapot']);
      expect(ids(await matching([], [])).sort()).toEqual(['blue', "o'red", 'teapot']);
      expect(await retriever.matching({ kinds: [], colors: ['red'], materials: [] }, 10)).toEqual([]);
    },
    { encoder },
  );
});
