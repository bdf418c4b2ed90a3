import type { FieldName, RawProduct, RawReview, RawText } from './raw';

/** What a column or element of a Google feed holds. */
export type Target =
  | { readonly kind: 'field'; readonly name: FieldName }
  | { readonly kind: 'images' }
  | { readonly kind: 'reviews' }
  | { readonly kind: 'text'; readonly part: RawText['part']; readonly language: string };

const FIELDS: readonly FieldName[] = [
  'id',
  'title',
  'description',
  'link',
  'image_link',
  'price',
  'sale_price',
  'availability',
  'quantity',
  'brand',
  'gtin',
  'google_product_category',
  'product_type',
  'color',
  'size',
  'material',
  'pattern',
  'gender',
  'age_group',
  'item_group_id',
  'condition',
  'rating',
  'review_count',
  'language',
];
const OTHER_NAMES: readonly (readonly [string, FieldName])[] = [
  ['sell_on_google_quantity', 'quantity'],
  ['inventory', 'quantity'],
  ['average_rating', 'rating'],
  ['product_rating', 'rating'],
  ['rating_count', 'review_count'],
  ['colour', 'color'],
];
const TARGETS = new Map<string, Target>([
  ...FIELDS.map((name) => [name, { kind: 'field', name }] as const),
  ...OTHER_NAMES.map(([other, name]) => [other, { kind: 'field', name }] as const),
  ['additional_image_link', { kind: 'images' }],
  ['reviews', { kind: 'reviews' }],
]);
const LOCALISED =
  /^(title|description)(?:\[([a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3})\]|_([a-z]{2}(?:[-_][a-z0-9]{2,4})?))$/;
const LONGEST_NAME = 60;

/** The target of a column or element name, however it is spelt: `Image Link`, `g:image_link`, `title[zh]`. */
export function targetOf(name: string): Target | undefined {
  const plain = normalise(name);
  const localised = LOCALISED.exec(plain);
  const language = localised?.[2] ?? localised?.[3];
  if (language === undefined) return TARGETS.get(plain);
  return { kind: 'text', part: localised?.[1] === 'title' ? 'title' : 'description', language };
}

function normalise(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .replaceAll('\ufeff', '')
    .trim()
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/[ -]/g, '_');
}

/** Collects what a Google feed says about one product; of two values for one field the first is kept. */
export class GoogleRecord implements RawProduct {
  readonly fields: Partial<Record<FieldName, string>> = {};
  readonly images: string[] = [];
  reviews: readonly RawReview[] = [];
  texts: RawText[] = [];
  readonly warnings: { field: string; reason: string }[] = [];

  add(target: Target, value: string): void {
    if (value === '') return;
    if (target.kind === 'field') this.fields[target.name] ??= value;
    else if (target.kind === 'images') this.addImages(value);
    else if (target.kind === 'reviews') this.addReviews(value);
    else this.texts.push({ language: target.language, part: target.part, text: value });
  }

  /** Addresses are separated by commas; one that has a comma of its own goes on with something that is no address. */
  private addImages(value: string): void {
    let address = false;
    for (const part of value.split(',')) {
      const piece = part.trim();
      const last = this.images.length - 1;
      const begins = /^[a-z][a-z0-9+.-]{0,20}:/i.test(piece);
      if (address && !begins && piece) {
        this.images[last] += `,${piece}`;
      } else if (piece) {
        address = begins;
        this.images.push(piece);
      }
    }
  }

  private addReviews(value: string): void {
    const reviews = parseReviews(value);
    if (reviews) this.reviews = reviews;
    else this.warnings.push({ field: 'reviews', reason: 'not a JSON array of {text, rating, language}' });
  }
}

function parseReviews(json: string): RawReview[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  const reviews: RawReview[] = [];
  for (const entry of parsed as unknown[]) {
    if (typeof entry !== 'object' || entry === null || !('text' in entry) || typeof entry.text !== 'string')
      return undefined;
    const rating = 'rating' in entry && isScalar(entry.rating) ? String(entry.rating) : undefined;
    const language = 'language' in entry && typeof entry.language === 'string' ? entry.language : undefined;
    reviews.push({
      text: entry.text,
      ...(rating !== undefined && { rating }),
      ...(language !== undefined && { language }),
    });
  }
  return reviews;
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
