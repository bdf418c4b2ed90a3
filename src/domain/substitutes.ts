import type { Language } from './language';
import type { Product } from './product';

/** What can be bought in the place of a product. */
export interface SubstituteFinder {
  /**
   * Other items of the product's kind (its category, where the lexicons don't know it), size and audience that are in stock and cost at least half and at most twice as much,
   * at most `n`, the best first: by how like it they are, and by how near in price. None where its kind isn't known, or where
   * nothing meets all of that.
   *
   * @param language of the titles that are compared; the feed's own where it is missing
   */
  substitutes(
    product: Product,
    n: number,
    options?: { readonly language?: Language; readonly signal?: AbortSignal },
  ): Promise<readonly Product[]>;
}
