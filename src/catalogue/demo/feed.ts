import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { drawProduct, type PictureWish } from './drawing';
import { type DemoItem, type DemoVariant, demoItems } from './items';
import { SeededRandom } from './random';
import { DemoWriter } from './texts';

const DEPARTMENT_CATEGORIES: Readonly<Record<string, string>> = {
  clothing: 'Apparel & Accessories > Clothing',
  shoes: 'Apparel & Accessories > Shoes',
  bags: 'Luggage & Bags',
  jewellery: 'Apparel & Accessories',
  electronics: 'Electronics',
  kitchen: 'Home & Garden > Kitchen & Dining',
  furniture: 'Furniture',
  household: 'Home & Garden',
  sports: 'Sporting Goods',
  toys: 'Toys & Games',
  music: 'Arts & Entertainment > Hobbies & Creative Arts > Musical Instruments',
  beauty: 'Health & Beauty',
  stationery: 'Office Supplies',
  garden: 'Home & Garden > Plants',
};

export interface DemoFeedOptions {
  /** Folder of the languages' files. */
  readonly localesDir: string;
  /** Where `feed.tsv` and `pictures/` go. */
  readonly folder: string;
  /** Leave the pictures out; the feed names none then. */
  readonly withoutPictures?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Writes the demo's feed in Google Merchant's TSV form, with its pictures beside it. Returns the feed's path. */
export async function writeDemoFeed(options: DemoFeedOptions): Promise<{ feed: string; products: number }> {
  const items = demoItems();
  await mkdir(join(options.folder, 'pictures'), { recursive: true });
  if (!options.withoutPictures) await drawAll(items, options);
  const feed = join(options.folder, 'feed.tsv');
  const partial = `${feed}.partial`;
  const writers = DemoWriter.loadAll(options.localesDir);
  const out = createWriteStream(partial, 'utf8');
  let products = 0;
  out.write(`${columns(writers).join('\t')}\n`);
  for (const item of items) {
    for (const variant of item.variants) {
      out.write(
        `${row(item, variant, writers, options.withoutPictures ?? false)
          .map(cell)
          .join('\t')}\n`,
      );
      products += 1;
    }
  }
  out.end();
  await finished(out);
  await rename(partial, feed);
  return { feed, products };
}

function wishOf(item: DemoItem, variant: DemoVariant): PictureWish {
  return { drawing: item.kind.drawing, color: variant.color, pattern: item.pattern };
}

const pictureName = (wish: PictureWish) => `${wish.drawing}-${wish.color}-${wish.pattern}.webp`;

async function drawAll(items: readonly DemoItem[], options: DemoFeedOptions): Promise<void> {
  const wishes = new Map<string, PictureWish>();
  for (const item of items) {
    for (const variant of item.variants) {
      const wish = wishOf(item, variant);
      wishes.set(pictureName(wish), wish);
    }
  }
  const queue = [...wishes];
  let done = 0;
  const worker = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      options.signal?.throwIfAborted();
      const [name, wish] = next;
      await drawTo(join(options.folder, 'pictures', name), wish);
      done += 1;
      options.onProgress?.(done, wishes.size);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
}

/** A run that was killed left whole pictures, never parts of one: those are kept. */
async function drawTo(file: string, wish: PictureWish): Promise<void> {
  if (existsSync(file)) return;
  await writeFile(`${file}.partial`, await drawProduct(wish));
  await rename(`${file}.partial`, file);
}

const BASE_COLUMNS = [
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
  'reviews',
  'language',
];

/** The feed's own title and description are the first language's. */
function columns([, ...others]: readonly DemoWriter[]): string[] {
  return [...BASE_COLUMNS, ...others.flatMap(({ language }) => [`title[${language}]`, `description[${language}]`])];
}

const euros = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')} EUR`;

function row(item: DemoItem, variant: DemoVariant, writers: readonly DemoWriter[], withoutPictures: boolean): string[] {
  const [first, ...others] = writers;
  if (!first) throw new Error('the demo needs at least one language');
  const { kind } = item;
  const kids = item.audience === 'kids';
  return [
    variant.id,
    first.title(item, variant),
    first.description(item),
    `https://shop.example/p/${variant.id}`,
    withoutPictures ? '' : `pictures/${pictureName(wishOf(item, variant))}`,
    euros(variant.price),
    variant.salePrice === undefined ? '' : euros(variant.salePrice),
    variant.quantity === 0 ? 'out_of_stock' : 'in_stock',
    String(variant.quantity),
    item.brand,
    gtin(variant.id),
    DEPARTMENT_CATEGORIES[kind.department] ?? '',
    `${kind.department} > ${first.shelf(item)}`,
    variant.color,
    variant.size,
    item.material,
    item.pattern === 'plain' ? '' : item.pattern,
    kids ? '' : item.audience,
    kids ? 'kids' : item.audience ? 'adult' : '',
    item.id,
    'new',
    item.reviewCount > 0 ? item.rating.toFixed(1) : '',
    item.reviewCount > 0 ? String(item.reviewCount) : '',
    reviews(item, writers),
    first.language,
    ...others.flatMap((writer) => [writer.title(item, variant), writer.description(item)]),
  ];
}

/** Two or three excerpts by shoppers of different languages, in the tone of the item's rating. */
function reviews(item: DemoItem, writers: readonly DemoWriter[]): string {
  if (item.reviewCount === 0) return '';
  const random = new SeededRandom(`${item.id}/reviews`);
  const chosen = random.sample(writers, Math.min(item.reviewCount, random.between(2, 3)));
  const tone = () => Math.min(5, Math.max(2, Math.round(item.rating + random.next() * 2 - 1)));
  return JSON.stringify(chosen.map((writer) => writer.review(item, tone())));
}

/** A GTIN-13 of the range for a shop's own use (200–299) with its check digit. */
function gtin(id: string): string {
  const random = new SeededRandom(`${id}/gtin`);
  const digits = `2${Array.from({ length: 11 }, () => random.between(0, 9)).join('')}`;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return digits + String((10 - (sum % 10)) % 10);
}

/** A TSV cell; quoted where it holds a quote, as Merchant Center reads it. */
function cell(value: string): string {
  const flat = value.replace(/[\t\r\n]+/g, ' ');
  return flat.includes('"') ? `"${flat.replace(/"/g, '""')}"` : flat;
}
