import { currentPrice, type Money, type ProductStore, type ProfileStore, type ShopperId } from '../domain';

export interface PurchasesOptions {
  readonly profiles: Pick<ProfileStore, 'events'>;
  readonly products: Pick<ProductStore, 'getMany'>;
  /** An amount in units of the shop's currency; undefined for a currency without a rate. */
  readonly worth: (amount: Money) => number | undefined;
}

/** What shoppers bought, as far as they let the shop remember it. */
export class Purchases {
  constructor(private readonly options: PurchasesOptions) {}

  /** At today's prices; products that are no longer sold count nothing. */
  valueOf(shopper: ShopperId): number {
    const { profiles, products, worth } = this.options;
    const bought = profiles.events(shopper).filter(({ kind }) => kind === 'purchase');
    return bought
      .flatMap(({ productId }) => products.getMany([productId]))
      .reduce((sum, product) => {
        const price = currentPrice(product);
        return sum + ((price && worth(price)) ?? 0);
      }, 0);
  }
}
