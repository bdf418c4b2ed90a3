import {
  type Attributes,
  type AttributeTagger,
  currentPrice,
  isAvailable,
  type Product,
  type RankedProduct,
  type SubstituteFinder,
} from '../domain';
import { sameAudience } from './mix';
import type { Searcher } from './searcher';
import { similarQuery } from './similar';

/** Products that are looked at for one that is shown. */
const CANDIDATES_EACH = 8;
/** What a price twice or half as high takes off a score, which is mostly between 0.35 and 1. */
const PRICE_WEIGHT = 0.2;

/** Finds substitutes by the search for what is like a product, with what must hold as filters. */
export class Substitutes implements SubstituteFinder {
  constructor(
    private readonly searcher: Pick<Searcher, 'ranked'>,
    private readonly tagger: AttributeTagger,
  ) {}

  async substitutes(
    product: Product,
    n: number,
    { language = 'en', signal = new AbortController().signal }: Parameters<SubstituteFinder['substitutes']>[2] = {},
  ): Promise<readonly Product[]> {
    const own = this.tagger.tag(product);
    const [kind] = own.kinds;
    if (kind === undefined || n <= 0) return [];
    const [size] = own.sizes;
    const { results } = await this.searcher.ranked(
      similarQuery(product, own, language),
      { offset: 0, limit: n * CANDIDATES_EACH },
      { signal, taste: () => Promise.resolve(undefined) },
      {},
      { except: product, filters: { kind, availability: 'in_stock', ...(size !== undefined && { size }) } },
    );
    const fitting = results.filter(({ product: other }) => isAvailable(other) && fits(own, this.tagger.tag(other)));
    return fitting
      .map((result) => ({ result, worth: worthOf(result, product) }))
      .sort((a, b) => b.worth - a.worth)
      .slice(0, n)
      .map(({ result }) => result.product);
  }
}

/** The same kind first of all, and for the same people. */
function fits(own: Attributes, other: Attributes): boolean {
  return own.kinds[0] === other.kinds[0] && sameAudience(own, other);
}

/** The score less the distance of the prices in doublings; prices of other currencies are not compared. */
function worthOf({ product: other, score }: RankedProduct, product: Product): number {
  const [price, own] = [currentPrice(other), currentPrice(product)];
  if (!price || !own || price.currency !== own.currency || price.minor <= 0 || own.minor <= 0) return score;
  return score - PRICE_WEIGHT * Math.abs(Math.log2(price.minor / own.minor));
}
