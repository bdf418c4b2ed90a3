import { type Bid, convertMoney, isAvailable, type Money, type RankedProduct } from '../domain';

/** Results of the ranking among which a sponsored one is sought. */
export const SPONSORED_DEPTH = 48;
/** What is paid for must be at least this share as relevant as the first result. */
const LEAST_RELEVANCE = 0.8;
/** How often a conversation may be shown one product in a paid place, and in how long, in milliseconds. */
const MOST_SHOWN = 2;
const CAP_WINDOW = 24 * 3600 * 1000;

/** A paid place that was taken, as the conversation remembers it. */
export interface SponsoredShown {
  readonly productId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What decides who gets a page's paid place. */
export interface Auction {
  readonly bids: readonly Bid[];
  /** An amount in the shop's currency; undefined for a currency without a rate. */
  readonly worth: (amount: Money) => number | undefined;
  readonly shown: readonly SponsoredShown[];
  readonly now: number;
}

/** A page, and how many results of the ranking it used up. */
export interface SponsoredPage {
  readonly results: readonly RankedProduct[];
  readonly used: number;
}

/** What amounts are worth in a currency, in its minor units; `rates` are its units for one of another. */
export function worthIn(currency: string, rates: Readonly<Record<string, number>>): Auction['worth'] {
  return (amount) => {
    const rate = amount.currency === currency ? 1 : rates[amount.currency];
    return rate === undefined ? undefined : convertMoney(amount, currency, rate).minor;
  };
}

/** What of earlier paid places still counts. */
export function stillCounting(shown: readonly SponsoredShown[], now: number): SponsoredShown[] {
  return shown.filter(({ at }) => at > now - CAP_WINDOW);
}

/**
 * A page of a ranking with at most one paid place in it. The product comes from the ranking itself, from further down than
 * its place; it never takes the first place of a search, and never stands above a result that has all that was asked for
 * where it lacks something. The highest bid × relevance wins.
 */
export function sponsoredPage(
  ranked: readonly RankedProduct[],
  { offset, size }: { readonly offset: number; readonly size: number },
  { bids, worth, shown, now }: Auction,
): SponsoredPage {
  const page = ranked.slice(offset, offset + size);
  const plain = { results: page, used: page.length };
  const amounts = new Map(bids.map(({ productId, amount }) => [productId, worth(amount) ?? 0]));
  const counting = stillCounting(shown, now);
  const least = LEAST_RELEVANCE * (ranked[0]?.score ?? 0);
  const firstPlace = Math.max(1, offset);
  const afterExact = ranked.reduce((place, result, index) => (isExact(result) ? index + 1 : place), 0);
  let best: { from: number; place: number; value: number; score: number } | undefined;
  for (let from = firstPlace; from < ranked.length; from++) {
    const result = ranked[from];
    const amount = (result && amounts.get(result.product.id)) ?? 0;
    if (!result || amount <= 0 || result.score < least || !isAvailable(result.product)) continue;
    const place = isExact(result) ? firstPlace : Math.max(firstPlace, afterExact);
    if (place >= from || place >= offset + size) continue;
    if (counting.filter(({ productId }) => productId === result.product.id).length >= MOST_SHOWN) continue;
    const value = amount * result.score;
    if (!best || value > best.value || (value === best.value && result.score > best.score)) {
      best = { from, place, value, score: result.score };
    }
  }
  const winner = best && ranked[best.from];
  if (!best || !winner) return plain;
  const others = page.filter((result) => result !== winner);
  const at = best.place - offset;
  const results = [...others.slice(0, at), { ...winner, sponsored: true as const }, ...others.slice(at)].slice(0, size);
  return { results, used: best.from < offset + page.length ? page.length : Math.min(page.length, size - 1) };
}

function isExact({ why }: RankedProduct): boolean {
  return why.missing.length === 0;
}
