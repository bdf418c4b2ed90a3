import type { Money, Product } from '../../domain';
import { cleanLine, quote, REPLACEMENT } from './clean';
import { Issues } from './issues';
import { languageTag } from './languages';
import { MOST_ID, MOST_IMAGES, MOST_SHORT, MOST_TITLE } from './limits';
import { parsePrice } from './prices';
import type { FieldName, RawProduct } from './raw';
import { TextCleaner } from './texts';
import type { FeedRow, FieldIssue } from './types';
import * as values from './values';

type Draft = { -readonly [Key in keyof Product]: Product[Key] };
type Fields = RawProduct['fields'];

const RECOMMENDED = ['description', 'link', 'image_link', 'price', 'availability'] as const;
const SHORT = [
  ['brand', 'brand'],
  ['google_product_category', 'googleProductCategory'],
  ['product_type', 'productType'],
  ['color', 'color'],
  ['size', 'size'],
  ['material', 'material'],
  ['pattern', 'pattern'],
] as const;
const BAD_LINK = 'not an http(s) address';
const BAD_IMAGE = 'not an http(s) address or a path inside the feed’s folder';

/** Turns raw products into rows: checks, cleans and bounds every field in the same way for every format. */
export class ProductBuilder {
  private readonly issues = new Issues();
  private readonly texts = new TextCleaner(this.issues);

  /** `currency`: ISO 4217, for amounts that name none. */
  constructor(readonly currency: string) {}

  build(row: number, raw: RawProduct): FeedRow {
    const { fields } = raw;
    this.issues.start(raw.warnings);
    const id = identifier(fields.id);
    const title = this.texts.line('title', fields.title, MOST_TITLE);
    if (typeof id !== 'string' || !title) {
      const errors = typeof id === 'string' ? [] : [id];
      if (!title) errors.push({ field: 'title', reason: 'missing' });
      return { row, errors, warnings: this.issues.all };
    }
    const product: Draft = {
      id,
      title,
      additionalImageLinks: [],
      reviews: this.texts.reviews(raw.reviews),
      texts: this.texts.localised(raw.texts),
    };
    const description = this.texts.body('description', fields.description);
    if (description) product.description = description;
    this.fillLinks(product, raw);
    this.fillPrices(product, fields);
    this.fillFacts(product, fields);
    for (const name of RECOMMENDED) if (!fields[name]?.trim()) this.issues.warn(name, 'missing');
    return { row, product, errors: [], warnings: this.issues.all };
  }

  private fillLinks(product: Draft, raw: RawProduct): void {
    const link = this.issues.parsed('link', raw.fields.link, values.parseLink, BAD_LINK);
    if (link) product.link = link;
    const image = this.issues.parsed('image_link', raw.fields.image_link, values.parseImageLink, BAD_IMAGE);
    if (image) product.imageLink = image;
    const more = new Set<string>();
    for (const candidate of raw.images) {
      if (more.size >= MOST_IMAGES) {
        this.issues.warn('additional_image_link', `only the first ${MOST_IMAGES} are kept`);
        break;
      }
      const parsed = this.issues.parsed('additional_image_link', candidate, values.parseImageLink, BAD_IMAGE);
      if (parsed && parsed !== image) more.add(parsed);
    }
    if (more.size > 0) product.additionalImageLinks = [...more];
  }

  private fillPrices(product: Draft, fields: Fields): void {
    const price = this.money('price', fields.price);
    const sale = this.money('sale_price', fields.sale_price);
    if (price) product.price = price;
    if (!sale) return;
    if (price && (sale.currency !== price.currency || sale.minor >= price.minor)) {
      this.issues.warn('sale_price', `not lower than the price: ${quote(fields.sale_price ?? '')}`);
    } else {
      product.salePrice = sale;
    }
  }

  private money(field: FieldName, raw: string | undefined): Money | undefined {
    if (!raw?.trim()) return undefined;
    const money = parsePrice(raw, this.currency);
    if (!('reason' in money)) return money;
    this.issues.warn(field, money.reason);
    return undefined;
  }

  private fillFacts(product: Draft, fields: Fields): void {
    for (const [name, key] of SHORT) {
      const text = this.texts.line(name, fields[name], MOST_SHORT);
      if (text) product[key] = text;
    }
    const group = this.texts.line('item_group_id', fields.item_group_id, MOST_ID);
    if (group) product.itemGroupId = group;
    const set = <Key extends keyof Draft>(
      key: Key,
      field: FieldName,
      parse: (value: string) => Draft[Key] | undefined,
      problem: string,
    ) => {
      const value = this.issues.parsed(field, fields[field], parse, problem);
      if (value !== undefined) product[key] = value;
    };
    set('availability', 'availability', values.parseAvailability, 'unknown availability');
    set('quantity', 'quantity', values.parseCount, 'not a whole number from 0');
    set('gtin', 'gtin', values.parseGtin, 'not a GTIN (length or check digit)');
    set('gender', 'gender', values.parseGender, 'unknown gender');
    set('ageGroup', 'age_group', values.parseAgeGroup, 'unknown age group');
    set('condition', 'condition', values.parseCondition, 'unknown condition');
    set('rating', 'rating', parseMean, 'not a number from 0 to 5');
    set('reviewCount', 'review_count', values.parseCount, 'not a whole number from 0');
    set('language', 'language', languageTag, 'not a language');
  }
}

const parseMean = (value: string) => values.parseRating(value, 0);

function identifier(raw = ''): string | FieldIssue {
  const id = cleanLine(raw);
  if (!id) return { field: 'id', reason: 'missing' };
  if (id.includes(REPLACEMENT)) return { field: 'id', reason: `not readable as text: ${quote(id)}` };
  return id.length <= MOST_ID ? id : { field: 'id', reason: `longer than ${MOST_ID} characters: ${quote(id)}` };
}
