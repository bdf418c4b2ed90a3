import {
  type EncodedQuery,
  type LoggedPlace,
  type LoggedSearch,
  MODALITIES,
  type Modality,
  type ProfileEventKind,
} from '../../domain';
import type { Dataset } from './dataset';
import { CLICKS, type Example } from './examples';
import { estimatePropensities, type ObservedPage, type ObservedPlace } from './propensities';
import { splitOf } from './split';

/** Searches of one shopper that count, the newest: nobody's taste is everybody's. */
export const MOST_OF_SHOPPER = 20;
/** Clicked searches and shoppers from which clicks say something. */
export const LEAST = { searches: 200, shoppers: 20 };
/** Who clicked more than this share of at least this many places looks for nothing: a bot, or a test. */
const GREEDY = { share: 0.6, places: 18 };
/** Pairs on validation items from which they count there. */
const LEAST_VALIDATION = 50;
/** What a click says, by what was done: as much as in a shopper's taste. */
const GRADES: Readonly<Record<ProfileEventKind, number>> = { view: 1, like: 2, purchase: 3 };
/** Propensities below it count as it, so that no click counts more than ten others. */
const LEAST_PROPENSITY = 0.1;

export interface ClickOptions {
  /** Of the encoders that serve, by what they encode; searches by others' vectors are passed over. */
  readonly encoders: Readonly<Partial<Record<Modality, string>>>;
  readonly space: string;
  /** False takes clicks as they are; to measure what the correction is worth. */
  readonly corrected?: boolean;
}

/** How many searches there were, and why some do not count. */
export interface ClickCounts {
  /** With a click on what was not sponsored. */
  readonly searches: number;
  readonly shoppers: number;
  /** Of other encoders. */
  readonly otherEncoders: number;
  /** Of shoppers who clicked nearly everything. */
  readonly greedy: number;
}

/** Queries of shoppers, and products that they clicked; no examples where there are too few clicks. */
export interface ClickExamples {
  readonly train: readonly Example[];
  readonly validation: readonly Example[];
  /** By place on a page, from 1 on (index 0); empty where there are too few clicks. */
  readonly propensities: readonly number[];
  readonly counts: ClickCounts;
}

/**
 * Makes pairs of a query and a clicked product of what shoppers searched and clicked; their vectors are added to the
 * dataset's. A pair's weight is its grade divided by how likely its place was looked at (inverse propensity scoring, clipped:
 * Joachims, Swaminathan and Schnabel, "Unbiased learning-to-rank with biased feedback", WSDM 2017), 1 on average. Sponsored
 * places teach nothing: who saw that a place was paid for looks at it in another way.
 */
export function clickExamples(
  searches: Iterable<LoggedSearch>,
  dataset: Pick<Dataset, 'items' | 'vectors'>,
  options: ClickOptions,
): ClickExamples {
  const { clicked, pages, counts } = sorted(searches, options);
  if (counts.searches < LEAST.searches || counts.shoppers < LEAST.shoppers)
    return { train: [], validation: [], propensities: [], counts };
  const propensities = estimatePropensities(pages);
  const numbers = new Map(dataset.items.map(({ product }, number) => [product.id, number]));
  const pairs = clicked.flatMap((search) => pairsOf(search, { numbers, dataset, propensities, options }));
  const split = (name: string) =>
    pairs.filter(({ relevant }) => [...relevant.keys()].every((number) => partOf(dataset, number) === name));
  const [train, validation] = [split('train'), split('validation')];
  return {
    train: evened(train),
    validation: validation.length < LEAST_VALIDATION ? [] : evened(validation),
    propensities,
    counts,
  };
}

/** Searches that count, of them those with a click that counts, and what they say of places. */
function sorted(searches: Iterable<LoggedSearch>, options: ClickOptions) {
  const clicked: LoggedSearch[] = [];
  const pages: ObservedPage[] = [];
  let [otherEncoders, greedy, shoppers] = [0, 0, 0];
  for (const own of byShopper(searches)) {
    const fitting = own.filter(({ query }) => fits(query, options)).slice(0, MOST_OF_SHOPPER);
    otherEncoders += own.filter(({ query }) => !fits(query, options)).length;
    const places = fitting.flatMap(organic);
    const clicks = places.filter((place) => place.clicked).length;
    if (places.length >= GREEDY.places && clicks > GREEDY.share * places.length) {
      greedy += fitting.length;
      continue;
    }
    const counting = fitting.filter((search) => organic(search).some((place) => place.clicked));
    clicked.push(...counting);
    shoppers += Number(counting.length > 0);
    for (const search of fitting) {
      const scale = MODALITIES.filter((modality) => search.query[modality]).join('+');
      pages.push(...pagesOf(search).map((places) => ({ scale, places })));
    }
  }
  const counts: ClickCounts = { searches: clicked.length, shoppers, otherEncoders, greedy };
  return { clicked, pages, counts };
}

function pairsOf(
  search: LoggedSearch,
  {
    numbers,
    dataset,
    propensities,
    options,
  }: {
    readonly numbers: ReadonlyMap<string, number>;
    readonly dataset: Pick<Dataset, 'items' | 'vectors'>;
    readonly propensities: readonly number[];
    readonly options: ClickOptions;
  },
): Example[] {
  const known = organic(search).flatMap(({ productId, place, clicked }) => {
    const number = numbers.get(productId);
    return number === undefined ? [] : [{ number, place, clicked }];
  });
  if (known.length < 2 || known.every(({ clicked }) => !clicked)) return [];
  const tokens = Object.fromEntries(
    MODALITIES.flatMap((modality) => {
      const encoded = search.query[modality];
      return encoded ? [[modality, dataset.vectors.add(encoded.vector)]] : [];
    }),
  );
  return known.flatMap(({ number, place, clicked }): Example[] => {
    if (!clicked) return [];
    const looked = Math.max(LEAST_PROPENSITY, propensities[place - 1] ?? LEAST_PROPENSITY);
    return [
      {
        type: CLICKS,
        tokens,
        relevant: new Map([[number, 1]]),
        kind: dataset.items[number]?.attributes.kinds[0] ?? '',
        weight: GRADES[clicked] / (options.corrected === false ? 1 : looked),
        shown: known.filter((other) => other.number !== number).map((other) => other.number),
      },
    ];
  });
}

/** With weights that are 1 on average: what they are beside one another counts. */
function evened(examples: readonly Example[]): Example[] {
  const mean = examples.reduce((total, { weight = 1 }) => total + weight, 0) / Math.max(1, examples.length);
  return examples.map((example) => ({ ...example, weight: (example.weight ?? 1) / mean }));
}

function organic({ places }: LoggedSearch): LoggedPlace[] {
  return places.filter(({ sponsored }) => !sponsored);
}

/** The places of each page that were not paid for, and of which the score is known. */
function pagesOf(search: LoggedSearch): ObservedPlace[][] {
  const pages: ObservedPlace[][] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const { place, sponsored, score, clicked } of search.places) {
    if (place <= last) pages.push([]);
    last = place;
    if (!sponsored && score !== undefined) pages.at(-1)?.push({ place, score, clicked: clicked !== undefined });
  }
  return pages;
}

function partOf({ items }: Pick<Dataset, 'items'>, number: number): string {
  return splitOf(items[number]?.group ?? '');
}

function fits(query: EncodedQuery, { encoders, space }: ClickOptions): boolean {
  const made = Object.entries(query) as [Modality, NonNullable<EncodedQuery[Modality]>][];
  return (
    made.length > 0 && made.every(([modality, each]) => each.space === space && each.encoder === encoders[modality])
  );
}

/** The searches of one shopper after another, as they come. */
function* byShopper(searches: Iterable<LoggedSearch>): Generator<LoggedSearch[]> {
  let own: LoggedSearch[] = [];
  for (const search of searches) {
    if (own[0] && own[0].shopper !== search.shopper) {
      yield own;
      own = [];
    }
    own.push(search);
  }
  if (own.length > 0) yield own;
}
