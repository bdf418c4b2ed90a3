import type { Product } from '../domain';

/** The currency that most of a batch's prices are in. */
export function usualCurrency(products: readonly Product[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { price } of products) if (price) counts.set(price.currency, (counts.get(price.currency) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
