import type { Constraint, Sort, StructuredQuery } from '../domain';
import type { Candidate } from './candidates';
import type { CatalogueWords } from './facts';
import type { QueryWord } from './keywords';
import { MET, matchConstraints } from './match';
import { personalise } from './personal';
import type { PhotoWeights, RankWeights } from './rank-weights';
import type { Scored } from './scored';

/** What words keep where there is no photo. */
const WHOLE: PhotoWeights['beside'] = { constraints: 1, word: 1, keyword: 1, similarity: 1 };

export interface RankContext {
  readonly query: StructuredQuery;
  readonly words: readonly QueryWord[];
  readonly catalogue: CatalogueWords;
  readonly products: number;
  readonly groupOfKind: ReadonlyMap<string, string>;
  readonly weights: RankWeights;
  /** The query has a vector: what the vector leg didn't find counts as unlike. */
  readonly hasVector: boolean;
  /** A photo was sent. */
  readonly hasPhoto: boolean;
  /** The query has a fused vector, and the index too. */
  readonly hasFused: boolean;
  /** How sure it is that the words were said, 0–1. */
  readonly certainty: number;
  /** Brands that the shopper likes; see `Taste`. */
  readonly favourites?: ReadonlyMap<string, number>;
}

/** Scores all candidates, best first. */
export function rank(candidates: readonly Candidate[], context: RankContext): Scored[] {
  let best = 0;
  for (const { keywordScore } of candidates) best = Math.max(best, keywordScore);
  const wordWeights = context.words.map((word) => (word.free ? rarity(word, context) : 0));
  const scored = worthRanking(candidates, context).map((candidate) => score(candidate, best, wordWeights, context));
  const ranked = order(scored, context.query.sort);
  if (context.query.sort !== 'relevance') return ranked;
  // A photo says what is wanted, whoever makes it.
  const favourites = context.hasPhoto ? undefined : context.favourites;
  return personalise(ranked, { words: context.words, weights: context.weights.history, favourites });
}

/**
 * Something is always nearest to a vector. So what only a vector found is a result where no known kind was asked for or
 * nothing of that kind is there, if it is near enough, and not much further away than the nearest.
 */
function worthRanking(candidates: readonly Candidate[], context: RankContext): readonly Candidate[] {
  const { hasVector, hasPhoto, weights, query } = context;
  const [kind] = query.wanted.kinds;
  const isOfKind = ({ facts }: Candidate) => kind !== undefined && facts.attributes.kinds.includes(kind);
  if (hasPhoto) return likePhoto(candidates, weights.photo, isOfKind);
  if (!hasVector) return candidates;
  const isSure = context.certainty >= weights.certainty.trusted && !query.guessedKind;
  const hasKind = isSure && candidates.some(isOfKind);
  let nearest = 0;
  for (const { similarity } of candidates) nearest = Math.max(nearest, similarityOf(similarity, weights));
  const isAlone = kind === undefined && candidates.every(({ keywordScore }) => keywordScore === 0);
  const said = (['emoji', 'word'] as const)[context.words.length] ?? 'words';
  if (isAlone && nearest < weights.leastAlone[said]) return [];
  const least = Math.max(weights.leastSimilarity, nearest * weights.nearShare);
  return candidates.filter(
    (candidate) =>
      candidate.keywordScore > 0 ||
      isOfKind(candidate) ||
      (!hasKind && similarityOf(candidate.similarity, weights) >= least),
  );
}

/** What is like the photo, or of the kind that the words beside it name. */
function likePhoto(
  candidates: readonly Candidate[],
  weights: PhotoWeights,
  isOfKind: (candidate: Candidate) => boolean,
): readonly Candidate[] {
  let nearest = 0;
  for (const candidate of candidates) nearest = Math.max(nearest, photoLikeness(candidate, weights));
  const least = Math.max(weights.least, nearest * weights.nearShare);
  return candidates.filter((candidate) => isOfKind(candidate) || photoLikeness(candidate, weights) >= least);
}

/** How like the photo a product is, 0–1: its best picture and its words together. */
function photoLikeness({ photoPicture, photoText }: Candidate, weights: PhotoWeights): number {
  const picture = photoPicture === undefined ? undefined : spread(photoPicture, weights.picture);
  const text = photoText === undefined ? undefined : spread(photoText, weights.text);
  if (picture === undefined || text === undefined) return picture ?? text ?? 0;
  return weights.pictureShare * picture + (1 - weights.pictureShare) * text;
}

/** A cosine between 0 (unlike) and 1 (the same), as the encoder's cosines are spread. */
function similarityOf(cosine: number | undefined, weights: RankWeights): number {
  return cosine === undefined ? 0 : spread(cosine, weights.cosine);
}

function spread(cosine: number, { low, high }: { readonly low: number; readonly high: number }): number {
  return Math.min(1, Math.max(0, (cosine - low) / (high - low)));
}

/** Inverse document frequency between 0 and 1; a word that the catalogue lacks can't be found and weighs little. */
function rarity(word: QueryWord, { catalogue, products }: RankContext): number {
  const count = word.tokens.reduce((most, token) => Math.max(most, catalogue.words.get(token) ?? 0), 0);
  if (count === 0) return 0.3;
  return Math.max(0.1, Math.log(1 + products / count) / Math.log(1 + products));
}

/** What the fused vectors count for a query; 0: they need not be looked at. */
export function fusedWeight({
  weights: { fused },
  hasPhoto,
  query,
}: Pick<RankContext, 'weights' | 'hasPhoto' | 'query'>): number {
  if (!hasPhoto) return fused.words;
  return query.text.trim() === '' ? fused.photo : fused.both;
}

function score(candidate: Candidate, best: number, wordWeights: readonly number[], context: RankContext): Scored {
  const { query, words, weights } = context;
  const matches = matchConstraints(query, candidate.facts, context.groupOfKind);
  const { least } = weights.certainty;
  const trust = least + (1 - least) * context.certainty;
  // A photo says better what it is.
  const guess = context.hasPhoto ? 0 : weights.certainty.guess;
  const kept = context.hasPhoto ? weights.photo.beside : WHOLE;
  let sum = 0;
  let total = 0;
  let exact = true;
  for (const [constraint, match] of Object.entries(matches) as [Constraint, number][]) {
    const guessed = constraint === 'kind' && query.guessedKind;
    const weight = (guessed ? guess : 1) * trust * kept.constraints * weights.constraints[constraint];
    sum += weight * match;
    total += weight;
    if (match < MET) exact = false;
  }
  words.forEach((word, i) => {
    const weight = trust * weights.word * kept.word * (wordWeights[i] ?? 0);
    total += weight;
    if (word.tokens.some((token) => candidate.titleWords.has(token))) sum += weight;
  });
  if (best > 0) {
    const weight = trust * weights.keyword * kept.keyword;
    sum += (weight * candidate.keywordScore) / best;
    total += weight;
  }
  if (context.hasVector) {
    const alone = query.wanted.kinds.length === 0 && !context.hasPhoto;
    const weight = alone ? weights.similarityAlone : weights.similarity * kept.similarity;
    sum += weight * similarityOf(candidate.similarity, weights);
    total += weight;
  }
  if (context.hasPhoto) {
    sum += weights.photo.weight * photoLikeness(candidate, weights.photo);
    total += weights.photo.weight;
  }
  if (context.hasFused) {
    const weight = fusedWeight(context);
    sum += weight * (candidate.fused === undefined ? 0 : spread(candidate.fused, weights.fused.cosine));
    total += weight;
  }
  const { facts } = candidate;
  const prior = weights.rating * (facts.rating / 5) * Math.min(1, Math.log10(1 + facts.reviews) / 3);
  const value = (total > 0 ? sum / total : 0) + prior - (facts.available ? 0 : weights.soldOut);
  return { candidate, matches, score: value, exact };
}

function order(scored: Scored[], sort: Sort): Scored[] {
  const byScore = (a: Scored, b: Scored) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1);
  if (sort === 'relevance' || sort === 'newest') return scored.sort(byScore);
  const value = ({ candidate: { facts } }: Scored): number => {
    if (sort === 'rating') return -facts.rating;
    if (facts.price === null) return Number.MAX_SAFE_INTEGER;
    return sort === 'price_ascending' ? facts.price : -facts.price;
  };
  // A sort wish orders what was asked for; what only comes close stays behind it. Sold out still sinks.
  return scored.sort(
    (a, b) =>
      Number(b.exact) - Number(a.exact) ||
      (a.exact
        ? Number(b.candidate.facts.available) - Number(a.candidate.facts.available) || value(a) - value(b)
        : 0) ||
      byScore(a, b),
  );
}

/** One product a group, the best of it; `group` order follows the ranking. */
export function onePerGroup(ranked: readonly Scored[]): Scored[] {
  const seen = new Set<string>();
  return ranked.filter(({ candidate }) => {
    if (seen.has(candidate.group)) return false;
    seen.add(candidate.group);
    return true;
  });
}
