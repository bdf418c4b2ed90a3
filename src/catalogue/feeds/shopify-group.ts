import type { Money } from '../../domain';
import type { ProductBuilder } from './builder';
import { cutText, quote } from './clean';
import { MOST_ID, MOST_IMAGES } from './limits';
import { parsePrice } from './prices';
import type { FieldName, RawProduct } from './raw';
import { optionField, type ShopifyColumn } from './shopify-fields';
import type { FeedRow } from './types';

export interface ShopifyLine {
  readonly line: number;
  readonly values: Partial<Record<ShopifyColumn, string>>;
}

type Values = ShopifyLine['values'];

const OPTIONS = [
  ['name1', 'value1'],
  ['name2', 'value2'],
  ['name3', 'value3'],
] as const;

/** The rows of one handle: one for each variant; lines that only bring a picture add to all of them. */
export function* shopifyRows(
  handle: string,
  lines: readonly ShopifyLine[],
  builder: ProductBuilder,
): Generator<FeedRow> {
  const first = lines[0]?.values ?? {};
  const hidden = whyHidden(first);
  const variants = lines.filter(({ values }, place) => place === 0 || values.price || values.sku || values.value1);
  const images = lines.flatMap(({ values }) => values.image ?? []).slice(0, MOST_IMAGES + 2);
  const ids = identify(handle, variants);
  for (const [place, { line, values }] of variants.entries()) {
    if (hidden) {
      yield { row: line, errors: [hidden], warnings: [] };
      continue;
    }
    const image = values.variantImage ?? images[0];
    const raw: RawProduct = {
      fields: {
        ...shared(first),
        ...optionFields(first, values),
        ...stock(values),
        ...prices(values, builder.currency),
        ...defined({
          id: ids[place],
          image_link: image,
          gtin: values.barcode?.replace(/^'/, ''),
          item_group_id: variants.length > 1 ? cutText(handle, MOST_ID) : undefined,
        }),
      },
      images: images.filter((candidate) => candidate !== image),
      reviews: [],
      texts: [],
    };
    yield builder.build(line, raw);
  }
}

function whyHidden(first: Values): { field: string; reason: string } | undefined {
  if (first.status && first.status.toLowerCase() !== 'active') {
    return { field: 'Status', reason: `not published: ${quote(first.status)}` };
  }
  if (first.published?.toLowerCase() === 'false') return { field: 'Published', reason: 'not published' };
  return undefined;
}

function shared(first: Values): RawProduct['fields'] {
  return defined({
    title: first.title,
    description: first.body,
    brand: first.vendor,
    product_type: first.type ?? first.category,
    google_product_category: first.googleCategory ?? first.category,
    gender: first.gender,
    age_group: first.ageGroup,
    condition: first.condition,
  });
}

function optionFields(first: Values, values: Values): RawProduct['fields'] {
  const fields: Partial<Record<FieldName, string>> = {};
  for (const [name, value] of OPTIONS) {
    const field = optionField(first[name] ?? '');
    if (field && values[value]) fields[field] ??= values[value];
  }
  return fields;
}

/** A variant whose stock isn't tracked, or that sells on without stock, never counts as sold out. */
function stock({ tracker, quantity, policy }: Values): RawProduct['fields'] {
  const sellsOn = /^(?:continue|true)$/i.test(policy ?? '');
  if (quantity === undefined) return tracker === undefined && policy === undefined ? {} : { availability: 'in_stock' };
  if (/^\d+$/.test(quantity) && Number(quantity) > 0) return { availability: 'in_stock', quantity };
  if (sellsOn) return { availability: 'backorder' };
  return { availability: 'out_of_stock', quantity };
}

/** With a higher compare-at price, that one is the price and the variant's price is the sale price. */
function prices({ price, compareAt }: Values, currency: string): RawProduct['fields'] {
  if (!price) return defined({ price: compareAt });
  const now = parsePrice(price, currency);
  const before = compareAt ? parsePrice(compareAt, currency) : undefined;
  return compareAt && before && isMoney(now) && isMoney(before) && before.minor > now.minor
    ? { price: compareAt, sale_price: price }
    : { price };
}

function isMoney(value: Money | { reason: string }): value is Money {
  return !('reason' in value);
}

/** The SKU; without one the handle, with the option values where the handle alone would stand for several variants. */
function identify(handle: string, variants: readonly ShopifyLine[]): string[] {
  const bare = variants.filter(({ values }) => !values.sku).length;
  const taken = new Set<string>();
  return variants.map(({ values }) => {
    const { sku } = values;
    const wanted = sku && !taken.has(sku) ? sku : bare > 1 || sku ? `${handle}-${slug(values)}` : handle;
    let id = wanted;
    for (let count = 2; taken.has(id); count += 1) id = `${wanted}-${count}`;
    taken.add(id);
    return id;
  });
}

function slug(values: Values): string {
  const text = OPTIONS.map(([, value]) => (values[value] ?? '').slice(0, 60)).join(' ');
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function defined(fields: { [Name in FieldName]?: string | undefined }): RawProduct['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
