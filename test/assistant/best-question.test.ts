import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../src/app';
import { variantsIn } from '../../src/assistant';
import { bestQuestion, type Splittable } from '../../src/assistant/best-question';
import { packageRoot } from '../../src/config';
import { type Facet, type Language, NO_ATTRIBUTES, type RankedProduct, type StructuredQuery } from '../../src/domain';
import { demoApp, product } from '../support/data-dir';

let app: App;
beforeAll(() => {
  app = demoApp();
});
afterAll(() => app.close());

/** Openings of validation conversations: those that a question helps name several kinds by one word. */
it.each([
  ['zh-v03', 'kind', 'badminton-racket'],
  ['es-v03', 'kind', 'swim-goggles'],
  ['de-v03', 'kind', 'table-tennis-bat'],
  ['ja-v03', 'kind', 'watch'],
  ['ru-v03', 'kind', 'sunglasses'],
  ['en-v04', undefined, undefined],
  ['zh-v04', undefined, undefined],
  ['es-v04', undefined, undefined],
] as const)('%s asks for %s', async (id, facet, among) => {
  const language = id.slice(0, 2) as Language;
  const file = join(packageRoot(), 'test/fixtures/dialogs/validation', `${language}.jsonl`);
  const talks = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; opening: string });
  const { opening = '' } = talks.find((talk) => talk.id === id) ?? {};
  const { results, query } = await app.search(opening, { language, limit: 48 });
  const question = bestQuestion(results.map(splittable), query, new Set());
  expect(question?.facet).toBe(facet);
  if (among) expect(question?.values).toContain(among);
});

const splittable = (result: RankedProduct): Splittable => ({
  result,
  variants: variantsIn(app.products)(result.product).map((each) => ({
    product: each,
    attributes: app.tagger.tag(each),
  })),
});

const QUERY: StructuredQuery = {
  ...{ text: 'bag', language: 'en', keywords: 'bag', freeText: '' },
  ...{ wanted: NO_ATTRIBUTES, unwanted: NO_ATTRIBUTES },
  ...{ inStockOnly: false, onSaleOnly: false, sort: 'relevance' },
};
/** Backpacks of colours and materials, all equally good. */
const made = (looks: readonly (readonly [color: string, material: string])[], score = 1) =>
  looks.map(([color, material], index) =>
    splittable({
      product: product({ id: `made-${index}`, title: 'Backpack', color, material }),
      score,
      why: { words: [], attributes: {}, missing: [] },
    }),
  );
const ask = (results: readonly Splittable[], ...skip: Facet[]) => bestQuestion(results, QUERY, new Set(skip));
const EIGHT = ['red', 'blue', 'red', 'blue', 'green', 'black', 'green', 'black'].map(
  (color, index) => [color, index < 4 ? 'leather' : 'cotton'] as const,
);

it('asks for the facet whose answer tells most, else for the next, and for none that tells little', () => {
  expect(ask(made(EIGHT))).toEqual({ facet: 'color', values: ['red', 'blue', 'green', 'black'] });
  // Two materials, which fewer shoppers mind, tell less than one bit.
  expect(ask(made(EIGHT), 'color')).toBeUndefined();
  expect(ask(made(EIGHT.map(([, material]) => ['red', material])))).toBeUndefined();
});

it('asks nothing where there are few good results, however many others there are', () => {
  expect(ask(made(EIGHT.slice(0, 6)))).toBeUndefined();
  expect(ask([...made(EIGHT.slice(0, 6)), ...made(EIGHT, 0.5)])).toBeUndefined();
});

it('weighs results by their score', () => {
  const [values] = [
    ask([
      ...made(EIGHT),
      ...made(
        [
          ['white', 'wool'],
          ['white', 'wool'],
        ],
        0.8,
      ),
    ])?.values,
  ];
  expect(values).toEqual(['red', 'blue', 'green', 'black']);
});
