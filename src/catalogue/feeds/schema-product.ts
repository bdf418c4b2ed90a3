import { firstText, isObject, listOf, nameOf, own, textOf } from './json';
import type { FieldName, RawProduct, RawReview, RawText } from './raw';
import { offerFields } from './schema-offers';

type Fields = Partial<Record<FieldName, string>>;
interface Draft {
  fields: Fields;
  images: string[];
  reviews: RawReview[];
  texts: RawText[];
}

const GTINS = ['gtin', 'gtin13', 'gtin14', 'gtin12', 'gtin8'] as const;

/** A schema.org Product or ProductGroup as raw fields; its `item_group_id` is what it says about its group. */
export function rawProduct(node: unknown): Draft {
  const fields: Fields = { ...offerFields(node) };
  const texts: RawText[] = [];
  const set = (name: FieldName, value: string | undefined) => {
    if (value !== undefined) fields[name] = value;
  };
  set('language', firstText(node, 'inLanguage'));
  for (const part of ['title', 'description'] as const) {
    readTexts(own(node, part === 'title' ? 'name' : 'description'), part, fields, texts);
  }
  set('id', firstText(node, 'sku', 'productID', '@id'));
  set('link', firstText(node, 'url'));
  set('brand', firstText(node, 'brand', 'manufacturer'));
  set('gtin', firstText(node, ...GTINS));
  set('product_type', firstText(node, 'category'));
  set('color', firstText(node, 'color'));
  set('size', firstText(node, 'size'));
  set('material', firstText(node, 'material'));
  set('pattern', firstText(node, 'pattern'));
  set(
    'item_group_id',
    firstText(node, 'inProductGroupWithID') ?? firstText(own(node, 'isVariantOf'), 'productGroupID', '@id'),
  );
  if (!fields.condition) set('condition', firstText(node, 'itemCondition'));
  audience(own(node, 'audience'), set);
  ratings(own(node, 'aggregateRating'), set);
  const [first, ...images] = listOf(own(node, 'image')).flatMap(imageOf);
  set('image_link', first);
  return { fields, images, reviews: listOf(own(node, 'review')).flatMap(reviewOf), texts };
}

/** What the variant doesn't say itself is taken from its group. */
export function inherit(variant: RawProduct, group: RawProduct): RawProduct {
  const { id, ...common } = group.fields;
  const fields: Fields = { ...common, ...variant.fields };
  fields.item_group_id ??= id ?? '';
  if (variant.fields.price && !variant.fields.sale_price) delete fields.sale_price;
  const pictured = variant.fields.image_link !== undefined;
  return {
    fields,
    images: pictured ? variant.images : group.images,
    reviews: variant.reviews.length > 0 ? variant.reviews : group.reviews,
    texts: [...variant.texts, ...group.texts],
  };
}

/** The first title is the product's own and, unless `inLanguage` does, says its language; others are texts. */
function readTexts(value: unknown, part: RawText['part'], fields: Fields, texts: RawText[]): void {
  for (const entry of listOf(value)) {
    const text = textOf(entry);
    const language = textOf(own(entry, '@language'));
    if (text === undefined) continue;
    const isOwn =
      part === 'title' || language === undefined || fields.language === undefined || language === fields.language;
    if (fields[part] === undefined && isOwn) {
      fields[part] = text;
      if (language !== undefined) fields.language ??= language;
    } else if (language !== undefined) {
      texts.push({ language, part, text });
    }
  }
}

type Setter = (name: FieldName, value: string | undefined) => void;

function audience(value: unknown, set: Setter): void {
  const [people] = listOf(value);
  set('gender', firstText(people, 'suggestedGender'));
  const age = own(people, 'suggestedAge');
  const years = Number(
    textOf(own(people, 'suggestedMinAge')) ?? textOf(isObject(age) ? own(age, 'minValue') : age) ?? Number.NaN,
  );
  const scale = own(age, 'unitCode') === 'MON' ? 12 : 1;
  if (years >= 0) set('age_group', ageGroup(years / scale));
}

/** Google's bounds, in years. */
function ageGroup(years: number): string {
  if (years < 0.25) return 'newborn';
  if (years < 1) return 'infant';
  if (years < 5) return 'toddler';
  return years < 13 ? 'kids' : 'adult';
}

function ratings(value: unknown, set: Setter): void {
  const [rating] = listOf(value);
  set('rating', outOfFive(rating));
  set('review_count', firstText(rating, 'reviewCount', 'ratingCount'));
}

/** `ratingValue`, brought to a scale of five where `bestRating` is another. */
function outOfFive(rating: unknown): string | undefined {
  const value = textOf(own(rating, 'ratingValue'));
  const best = Number(textOf(own(rating, 'bestRating')) ?? 5);
  if (value === undefined || best === 5 || !(best > 0)) return value;
  const scaled = (Number(value.replace(',', '.')) * 5) / best;
  return Number.isFinite(scaled) ? String(Math.round(scaled * 100) / 100) : value;
}

function imageOf(value: unknown): string[] {
  const address = textOf(value) ?? firstText(value, 'contentUrl', 'url');
  return address === undefined ? [] : [address];
}

function reviewOf(value: unknown): RawReview[] {
  const text = textOf(own(value, 'reviewBody')) ?? textOf(own(value, 'description'));
  if (text === undefined) return [];
  const rating = outOfFive(own(value, 'reviewRating'));
  const language = nameOf(own(value, 'inLanguage'));
  return [{ text, ...(rating !== undefined && { rating }), ...(language !== undefined && { language }) }];
}
