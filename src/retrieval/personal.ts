import { CONSTRAINTS, type Constraint } from '../domain';
import type { QueryWord } from './keywords';
import { MET } from './match';
import type { Scored } from './scored';

/** Weights of the shopper's taste: chosen on simulated shoppers (`npm run bench -- history weights`). */
export interface HistoryWeights {
  /** How far the most liked of the results is lifted over the least liked, in scores. */
  readonly weight: number;
  /** How far a result is lifted that is of the one brand that the shopper ever liked, in scores; others by their share. */
  readonly brand: number;
  /** A result is told to be like what the shopper liked from this cosine on, and this far between least and most (0–1). */
  readonly like: { readonly cosine: number; readonly share: number };
}

/** Whose taste orders what. */
export interface Personal {
  readonly words: readonly QueryWord[];
  readonly weights: HistoryWeights;
  /** Brands that the shopper likes; see `Taste`. */
  readonly favourites?: ReadonlyMap<string, number> | undefined;
}

/** Results that taste may reorder; nobody pages further. */
const MOST = 400;
/** Cosines of one result list lie close together: they are told apart by where they lie between the least and the most. */
const LEAST_SPREAD = 0.08;
/** Bits of what a result lacks: the constraints', one for being sold out, then free words'. */
const SOLD_OUT = CONSTRAINTS.length;
const MOST_WORDS = 30 - SOLD_OUT;

/**
 * The ranking with what is like the shopper's taste further up. A result passes another only where it lacks nothing of what
 * was asked for that the other has: no constraint, and no word in the title. Nor does what is sold out pass what can be had.
 * Scores stay those of the query.
 */
export function personalise(ranked: readonly Scored[], { words, weights, favourites }: Personal): Scored[] {
  const affinities = ranked.slice(0, MOST).flatMap(({ candidate }) => candidate.affinity ?? []);
  if (affinities.length === 0 && !favourites?.size) return [...ranked];
  let [low, high] = [1, -1];
  for (const affinity of affinities) [low, high] = [Math.min(low, affinity), Math.max(high, affinity)];
  const spread = Math.max(LEAST_SPREAD, high - low);
  const free = words.filter((word) => word.free).slice(0, MOST_WORDS);
  const entries = ranked.slice(0, MOST).map((scored) => {
    const { affinity } = scored.candidate;
    const liking = affinity === undefined ? 0 : (affinity - low) / spread;
    const brand = favouriteOf(scored, favourites);
    const isLike = affinity !== undefined && affinity >= weights.like.cosine && liking >= weights.like.share;
    return {
      value: scored.score + weights.weight * liking + weights.brand * brand.share,
      lacks: lackingOf(scored, free),
      scored: {
        ...scored,
        ...(isLike && { liking }),
        ...(brand.name !== undefined && { favourite: brand.name }),
      },
    };
  });
  // Insertion sort: every pass of one result by another is one that is allowed.
  for (let i = 1; i < entries.length; i++) {
    const entry = entries[i];
    if (!entry) continue;
    let at = i;
    for (; at > 0; at--) {
      const above = entries[at - 1];
      if (!above || above.value >= entry.value || (entry.lacks & ~above.lacks) !== 0) break;
      entries[at] = above;
    }
    entries[at] = entry;
  }
  return [...entries.map(({ scored }) => scored), ...ranked.slice(MOST)];
}

/** The brand of a result that the shopper likes most, and how much: 0 where they like none of it. */
function favouriteOf(
  { candidate }: Scored,
  favourites: Personal['favourites'],
): { readonly name?: string; readonly share: number } {
  let best: { name?: string; share: number } = { share: 0 };
  for (const name of candidate.facts.attributes.brands) {
    const share = favourites?.get(name) ?? 0;
    if (share > best.share) best = { name, share };
  }
  return best;
}

/** What of the query a result lacks, one bit each. */
function lackingOf({ matches, candidate }: Scored, free: readonly QueryWord[]): number {
  let lacks = candidate.facts.available ? 0 : 1 << SOLD_OUT;
  for (const [constraint, match] of Object.entries(matches) as [Constraint, number][]) {
    if (match < MET) lacks |= 1 << CONSTRAINTS.indexOf(constraint);
  }
  free.forEach((word, i) => {
    if (!word.tokens.some((token) => candidate.titleWords.has(token))) lacks |= 1 << (SOLD_OUT + 1 + i);
  });
  return lacks;
}
