import {
  type AttributeTagger,
  currentPrice,
  type HardFilters,
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
/** From how much of a product's price on, and up to how much of it, another price is near. */
const NEAR = { least: 0.5, most: 2 };
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
    if (n <= 0 || (kind === undefined && categoryOf(product) === undefined)) return [];
    const [size] = own.sizes;
    const { results } = await this.searcher.ranked(
      similarQuery(product, own, language),
      { offset: 0, limit: n * CANDIDATES_EACH },
      { signal, taste: () => Promise.resolve(undefined) },
      {},
      {
        except: product,
        filters: {
          availability: 'in_stock',
          ...(kind !== undefined && { kind }),
          ...(size !== undefined && { size }),
          ...near(product),
        },
      },
    );
    const fitting = results.filter(({ product: other }) => isAvailable(other) && this.fits(product, other));
    return fitting
      .map((result) => ({ result, worth: worthOf(result, product) }))
      .sort((a, b) => b.worth - a.worth)
      .slice(0, n)
      .map(({ result }) => result.product);
  }

  /** Of the same kind first of all, and for the same people? */
  private fits(product: Product, other: Product): boolean {
    const [own, its] = [this.tagger.tag(product), this.tagger.tag(other)];
    const [kind] = own.kinds;
    const isAlike = kind === undefined ? categoryOf(other) === categoryOf(product) : its.kinds[0] === kind;
    return isAlike && sameAudience(own, its);
  }
}

/** Where the lexicons know no kind, the shop's own category says it. */
function categoryOf({ productType, googleProductCategory }: Product): string | undefined {
  return productType ?? googleProductCategory;
}

/** The prices that are near a product's; any, where it has none. */
function near(product: Product): Pick<HardFilters, 'price'> {
  const price = currentPrice(product);
  if (!price || price.minor <= 0) return {};
  const of = (share: number) => ({ ...price, minor: Math.round(price.minor * share) });
  return { price: { min: of(NEAR.least), max: of(NEAR.most) } };
}

/** The score less the distance of the prices in doublings; prices of other currencies are not compared. */
function worthOf({ product: other, score }: RankedProduct, product: Product): number {
  const [price, own] = [currentPrice(other), currentPrice(product)];
  if (!price || !own || price.currency !== own.currency || price.minor <= 0 || own.minor <= 0) return score;
  return score - PRICE_WEIGHT * Math.abs(Math.log2(price.minor / own.minor));
}
