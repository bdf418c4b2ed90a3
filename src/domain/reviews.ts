import type { Product, ReviewExcerpt } from './product';

/** From so many stars on a reviewer is content. */
const CONTENT = 4;

/** What reviewers say of a product: everything is the feed's, or counted from the feed. */
export interface ReviewSummary {
  /** Mean rating, 0–5: the feed's own or, where it gives none, of the reviews that it holds. */
  readonly average?: number;
  /** How many reviews the average rests on, where that is known. */
  readonly count?: number;
  /** Reviews whose text the feed holds. */
  readonly texts: number;
  /** How many of those give 1, 2, 3, 4 and 5 stars; those without stars count nowhere. */
  readonly stars: readonly [number, number, number, number, number];
  /** How many of those give 4 stars or more. */
  readonly content: number;
  /** At most two, unlike each other where there are such: in the shopper's language or, where none is, in others. */
  readonly quotes: readonly ReviewExcerpt[];
}

/** Sums up the reviews of a product for a shopper's language. */
export function summaryOf({ rating, reviewCount, reviews }: Product, language: string): ReviewSummary {
  const given = reviews.flatMap((review) => review.rating ?? []);
  const count = (star: number) => given.filter((each) => Math.round(each) === star).length;
  const own = given.length > 0 ? given.reduce((sum, each) => sum + each, 0) / given.length : undefined;
  const average = rating ?? own;
  const rests = rating === undefined ? given.length : reviewCount;
  return {
    ...(average !== undefined && { average }),
    ...(average !== undefined && rests !== undefined && { count: rests }),
    texts: reviews.length,
    stars: [count(1), count(2), count(3), count(4), count(5)],
    content: given.filter((each) => each >= CONTENT).length,
    quotes: quotesOf(reviews, language),
  };
}

/** The longest says most; one of another tone is worth more than a second of the same. */
function quotesOf(reviews: readonly ReviewExcerpt[], language: string): ReviewExcerpt[] {
  const own = reviews.filter((review) => languageIn(review) === language);
  const pool = [...(own.length > 0 ? own : reviews)].sort((a, b) => b.text.length - a.text.length);
  const [first, ...others] = pool;
  if (!first) return [];
  const other = others.find((each) => isContent(each) !== isContent(first)) ?? others[0];
  return other ? [first, other] : [first];
}

const languageIn = ({ language }: ReviewExcerpt): string | undefined => language?.split('-')[0]?.toLowerCase();

const isContent = ({ rating }: ReviewExcerpt): boolean | undefined =>
  rating === undefined ? undefined : rating >= CONTENT;
