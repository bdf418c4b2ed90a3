import type { Constraint } from '../domain';
import type { HistoryWeights } from './personal';

/**
 * Weights of the merge. Those of similarity are chosen on validation queries (`npm run bench -- weights`), the others are
 * set by hand; held-out queries were never looked at for them.
 */
export interface RankWeights {
  readonly constraints: Readonly<Record<Constraint, number>>;
  /** A free word found in the title, beside the constraints. */
  readonly word: number;
  /** BM25, relative to the best of the candidates. */
  readonly keyword: number;
  /** The similarity of vectors where the query names a kind … */
  readonly similarity: number;
  /** … and where it doesn't: then meaning is most of what there is to go by. */
  readonly similarityAlone: number;
  /** Cosines at which similarity counts as 0 and as 1. */
  readonly cosine: { readonly low: number; readonly high: number };
  /** What nothing but a vector found must be at least this similar (0–1) to be a result. */
  readonly leastSimilarity: number;
  /** … and at least this share as similar as the most similar one. */
  readonly nearShare: number;
  /**
   * What the most similar one must reach (0–1) where nothing but a vector found anything: by an emoji, by one word, and by
   * several words. Letters that mean nothing are near to something, too. Of the described queries that are answered by
   * meaning alone none below has a right answer.
   */
  readonly leastAlone: { readonly emoji: number; readonly word: number; readonly words: number };
  /** How like the photo a product is, where one was sent. */
  readonly photo: PhotoWeights;
  /** How near the fused vectors are, where fusion weights are trained. */
  readonly fused: FusedWeights;
  /** What is left of the words' weights where it is unsure that they were said. */
  readonly certainty: CertaintyWeights;
  /** What the shopper liked before. */
  readonly history: HistoryWeights;
  /** How far something that is sold out sinks. */
  readonly soldOut: number;
  /** How much the best rating lifts. */
  readonly rating: number;
}

/** Words that may be misheard: set by hand, to be chosen on validation recordings. */
export interface CertaintyWeights {
  /** Share of its weight that a kind keeps which was read out of a misspelling; it keeps out nothing then. */
  readonly guess: number;
  /** Share of their weight that constraints and words keep at certainty 0; at 1 they keep all of it. */
  readonly least: number;
  /** Certainty below which a kind that was heard keeps out nothing that is near by its vector. */
  readonly trusted: number;
}

/**
 * Weights of the fused vectors' cosine, by what the query is made of: chosen on validation queries with weights trained on the
 * demo catalogue (`npm run -s bench -- fusion weights`). Words alone gain nothing.
 */
export interface FusedWeights {
  readonly words: number;
  readonly photo: number;
  readonly both: number;
  /** Cosines that count as 0 and as 1. */
  readonly cosine: { readonly low: number; readonly high: number };
}

/** Weights of a photo: chosen on validation photos (`npm run bench -- photos weights`). */
export interface PhotoWeights {
  /** Beside words; a photo alone needs no weight. */
  readonly weight: number;
  /** What of their weights constraints, free words, BM25 and the similarity of words keep beside a photo. */
  readonly beside: {
    readonly constraints: number;
    readonly word: number;
    readonly keyword: number;
    readonly similarity: number;
  };
  /** Cosines of the photo with a picture, and with a text, at which it counts as 0 and as 1. */
  readonly picture: { readonly low: number; readonly high: number };
  readonly text: { readonly low: number; readonly high: number };
  /** Share of the picture; the rest is the words'. A product without pictures has its words alone. */
  readonly pictureShare: number;
  /** A result is at least this much like the photo (0–1) … */
  readonly least: number;
  /** … and at least this share as much as the one that is most like it. */
  readonly nearShare: number;
}

export const DEFAULT_WEIGHTS: RankWeights = {
  constraints: {
    kind: 5,
    group: 3,
    color: 2,
    material: 1.5,
    pattern: 1.5,
    size: 0.7,
    brand: 2.5,
    audience: 1,
    condition: 1,
    price: 2,
    inStock: 1,
    onSale: 1,
    unwanted: 2,
  },
  word: 1.2,
  keyword: 1,
  similarity: 1.5,
  similarityAlone: 9,
  cosine: { low: 0.1, high: 0.8 },
  leastSimilarity: 0.35,
  nearShare: 0.7,
  leastAlone: { emoji: 0.57, word: 0.5, words: 0.485 },
  photo: {
    weight: 7,
    beside: { constraints: 1.5, word: 0.3, keyword: 0.3, similarity: 0.3 },
    // Below 1, pictures that are nearly the same would tie.
    picture: { low: 0.1, high: 1 },
    text: { low: 0, high: 0.7 },
    pictureShare: 0.65,
    least: 0.25,
    nearShare: 0.5,
  },
  fused: { words: 0, photo: 2, both: 3, cosine: { low: 0.1, high: 1 } },
  certainty: { guess: 0.4, least: 0.4, trusted: 0.6 },
  history: { weight: 0.09, brand: 0.1, like: { cosine: 0.65, share: 0.7 } },
  soldOut: 0.12,
  rating: 0.02,
};
