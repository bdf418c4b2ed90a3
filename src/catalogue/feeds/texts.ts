import type { LocalisedText, ReviewExcerpt } from '../../domain';
import { cleanLine, cleanText, cutText, quote, REPLACEMENT } from './clean';
import { plainText } from './html';
import type { Issues } from './issues';
import { languageTag, textsKey } from './languages';
import { MOST_DESCRIPTION, MOST_LANGUAGES, MOST_REVIEW, MOST_REVIEWS, MOST_TITLE } from './limits';
import type { RawReview, RawText } from './raw';
import { parseRating } from './values';

const WORTH_REMEMBERING = 1_000;
const MOST_REMEMBERED = 2 * MOST_LANGUAGES;

/**
 * Cleans and bounds texts. What would be cut away is not cleaned first, and long texts that variants share are cleaned
 * once, so that the work stays in proportion to the feed's size.
 */
export class TextCleaner {
  private readonly bodies = new Map<string, string>();
  private lastReviews: { raw: readonly RawReview[]; kept: readonly ReviewExcerpt[] } = { raw: [], kept: [] };

  constructor(private readonly issues: Issues) {}

  /** Text on one line, markup kept as it is. */
  line(field: string, raw: string | undefined, most: number): string | undefined {
    return raw ? this.bounded(field, cleanLine(cutText(raw, most * 4)), most) : undefined;
  }

  /** Text of several lines, without HTML. */
  body(field: string, raw: string | undefined): string | undefined {
    return raw ? this.bounded(field, this.cleanBody(raw), MOST_DESCRIPTION) : undefined;
  }

  /** Titles and descriptions by language; of two for one language the first is kept. */
  localised(raw: readonly RawText[]): Record<string, LocalisedText> {
    const texts: Record<string, LocalisedText> = {};
    for (const { language, part, text } of raw) {
      const key = textsKey(language);
      if (!key) {
        this.issues.warn(part, `not a language: ${quote(language)}`);
      } else if (!texts[key] && Object.keys(texts).length >= MOST_LANGUAGES) {
        this.issues.warn(part, `only the first ${MOST_LANGUAGES} languages are kept`);
        break;
      } else if (!texts[key]?.[part]) {
        const name = `${part}[${key}]`;
        const kept = part === 'title' ? this.line(name, text, MOST_TITLE) : this.body(name, text);
        if (kept) texts[key] = { ...texts[key], [part]: kept };
      }
    }
    return texts;
  }

  reviews(raw: readonly RawReview[]): readonly ReviewExcerpt[] {
    if (raw !== this.lastReviews.raw) this.lastReviews = { raw, kept: this.readReviews(raw) };
    return this.lastReviews.kept;
  }

  private readReviews(raw: readonly RawReview[]): ReviewExcerpt[] {
    const kept: ReviewExcerpt[] = [];
    for (const review of raw) {
      if (kept.length >= MOST_REVIEWS) {
        this.issues.warn('reviews', `only the first ${MOST_REVIEWS} are kept`);
        break;
      }
      const text = cutText(cleanText(cutText(plainText(review.text), MOST_REVIEW * 2)), MOST_REVIEW);
      if (!text) continue;

      const rating = this.issues.parsed(
        'reviews',
        review.rating,
        (value) => parseRating(value, 1),
        'not a rating from 1 to 5',
      );
      const language = this.issues.parsed('reviews', review.language, languageTag, 'not a language');
      kept.push({ text, ...(rating !== undefined && { rating }), ...(language && { language }) });
    }
    return kept;
  }

  private cleanBody(raw: string): string {
    const known = this.bodies.get(raw);
    if (known !== undefined) return known;
    const text = cleanText(cutText(plainText(raw), MOST_DESCRIPTION * 2));
    if (raw.length < WORTH_REMEMBERING) return text;
    if (this.bodies.size >= MOST_REMEMBERED) this.bodies.clear();
    this.bodies.set(raw, text);
    return text;
  }

  private bounded(field: string, text: string, most: number): string | undefined {
    if (text.includes(REPLACEMENT)) {
      this.issues.warn(field, `has bytes that are not text in the feed's encoding: ${quote(text)}`);
    }
    if (text.length <= most) return text || undefined;
    this.issues.warn(field, `cut to ${most} characters`);
    return cutText(text, most);
  }
}
