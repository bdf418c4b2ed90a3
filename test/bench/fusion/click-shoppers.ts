import type { EncodedQuery, LoggedSearch, ModalityVectors } from '../../../src/domain';
import {
  byKind,
  type Dataset,
  EvaluationRandom,
  type Example,
  type Matrix,
  nearest,
  vectorsOf,
} from '../../../src/training';

/** Cards of a page. */
const PAGE = 6;
/** How right a product that the query does not ask for is to a shopper, and how right any is at most. */
const WRONG = 0.03;
const RIGHT = 0.8;
/** What a product that the shoppers favour not at all is worth beside one that they favour. */
const UNFAVOURED = 0.15;
/** Searches of one simulated shopper. */
const SEARCHES = 10;
export const ENCODER = 'simulated';

/** How right each product is for a query to simulated shoppers; the network is never told. */
export type Relevance = (example: Example, number: number) => number;

/**
 * What the queries ask for, and beside it a taste that all shoppers of the shop share and nobody says: of the products of a
 * kind they favour those that are more like one product of the shop, drawn by chance, than like another.
 */
export function hiddenRelevance({ items }: Dataset, seed: number): Relevance {
  const random = new EvaluationRandom(`taste/${seed}`);
  const looks = items.map(({ words, picture }) => words.map((value, i) => value + (picture?.[i] ?? 0)));
  const [loved, other] = [looks[random.below(looks.length)], looks[random.below(looks.length)]];
  const along = looks.map((look) =>
    look.reduce((sum, value, i) => sum + value * ((loved?.[i] ?? 0) - (other?.[i] ?? 0)), 0),
  );
  const beside = new Float64Array(items.length);
  for (const members of byKind(items).values()) {
    const mean = members.reduce((sum, number) => sum + (along[number] ?? 0), 0) / members.length;
    for (const number of members) beside[number] = (along[number] ?? 0) - mean;
  }
  const spread = Math.hypot(...beside) / Math.sqrt(beside.length);
  const favour = beside.map((value) => UNFAVOURED + (1 - UNFAVOURED) / (1 + Math.exp((-3 * value) / spread)));
  return ({ relevant }, number) => {
    const most = Math.max(...relevant.values());
    const asked = (relevant.get(number) ?? 0) / most;
    return WRONG + (RIGHT - WRONG) * asked * (favour[number] ?? 0);
  };
}

/** A query of a dataset's training part, and the page that a ranking shows for it. */
export interface ShownPage {
  readonly example: Example;
  readonly page: readonly { readonly number: number; readonly score: number; readonly sponsored: boolean }[];
}

/** What a ranking shows, one product a group. One page in eight has a sponsored first card, from below the page. */
export function shownPages(
  { items, train }: Dataset,
  { queries, products }: { readonly queries: Matrix; readonly products: Matrix },
  seed: number,
): ShownPage[] {
  const random = new EvaluationRandom(`pages/${seed}`);
  return train.map((example, at) => {
    const query = queries.data.subarray(at * queries.dimensions, (at + 1) * queries.dimensions);
    const groups = new Set<string>();
    const found = nearest(query, products, 100).filter(({ number }) => {
      const group = items[number]?.group ?? '';
      return groups.size < groups.add(group).size;
    });
    const organic = found.slice(0, PAGE).map((each) => ({ ...each, sponsored: false }));
    const paid = random.next() < 1 / 8 ? found[PAGE + random.below(4)] : undefined;
    return { example, page: paid ? [{ ...paid, sponsored: true }, ...organic.slice(0, PAGE - 1)] : organic };
  });
}

/**
 * Simulated shoppers click what is right to them where they look: at place k with probability `looks[k - 1]`, whatever is
 * there (the position-based model).
 */
export function* simulatedSearches(
  dataset: Dataset,
  pages: readonly ShownPage[],
  relevance: Relevance,
  looks: readonly number[],
  seed: number,
): Generator<LoggedSearch> {
  const random = new EvaluationRandom(`clicks/${seed}`);
  for (const [at, { example, page }] of pages.entries()) {
    yield {
      shopper: Math.floor(at / SEARCHES),
      at,
      query: encoded(vectorsOf(example, dataset)),
      places: page.map(({ number, score, sponsored }, i) => {
        const looked = random.next() < (looks[i] ?? 0);
        const clicked = looked && random.next() < relevance(example, number);
        const productId = dataset.items[number]?.product.id ?? '';
        return { productId, sponsored, place: i + 1, score, ...(clicked && { clicked: 'view' as const }) };
      }),
    };
  }
}

function encoded(vectors: ModalityVectors): EncodedQuery {
  return Object.fromEntries(
    Object.entries(vectors).map(([modality, vector]) => [modality, { encoder: ENCODER, space: ENCODER, vector }]),
  );
}
