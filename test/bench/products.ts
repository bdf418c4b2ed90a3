import { SeededRandom } from '../../src/catalogue/demo/random';
import type { Product, TextEncoder } from '../../src/domain';

const KINDS = [
  'backpack',
  'dress',
  'teapot',
  'guitar',
  'laptop',
  'lamp',
  'chair',
  'watch',
  'scarf',
  'tent',
  'drum',
  'mirror',
];
const COLORS = ['black', 'white', 'red', 'blue', 'green', 'yellow', 'brown', 'pink', 'grey', 'purple'];
const MATERIALS = ['leather', 'cotton', 'wood', 'steel', 'glass', 'wool', 'plastic', 'ceramic'];
const WORDS = Array.from({ length: 20_000 }, (_, index) => `w${index.toString(36)}`);

/** A word; low ones are common, as in language. */
export const commonWord = (random: SeededRandom) => WORDS[Math.floor(random.next() ** 3 * WORDS.length)] ?? 'w0';

/** A product with an English title and a description of 25 words out of 20,000 by a skewed law; the same for a number. */
export function benchProduct(number: number): Product {
  const random = new SeededRandom(`bench/${number}`);
  const color = random.pick(COLORS);
  const material = random.pick(MATERIALS);
  return {
    id: `p${number}`,
    title: `${commonWord(random)} ${color} ${material} ${random.pick(KINDS)} ${commonWord(random)}`,
    description: Array.from({ length: 25 }, () => commonWord(random)).join(' '),
    link: `https://shop.example/p/${number}`,
    price: { minor: random.between(100, 30_000), currency: 'EUR' },
    availability: random.next() < 0.9 ? 'in_stock' : 'out_of_stock',
    brand: `Brand${random.between(1, 200)}`,
    color,
    material,
    itemGroupId: `g${Math.floor(number / 3)}`,
    rating: random.between(20, 50) / 10,
    reviewCount: random.between(0, 300),
    additionalImageLinks: [],
    reviews: [],
    texts: {},
    language: 'en',
  };
}

/** The same product as a line of a Google Merchant TSV feed. */
export const BENCH_HEADER =
  'id\ttitle\tdescription\tlink\tprice\tavailability\tbrand\tcolor\tmaterial\titem_group_id\trating\treview_count\tlanguage\n';

export function benchLine(number: number): string {
  const product = benchProduct(number);
  const cents = product.price?.minor ?? 0;
  return `${[
    product.id,
    product.title,
    product.description,
    product.link,
    `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')} EUR`,
    product.availability,
    product.brand,
    product.color,
    product.material,
    product.itemGroupId,
    product.rating,
    product.reviewCount,
    'en',
  ].join('\t')}\n`;
}

/** Random unit vectors: what a search costs doesn't depend on what the numbers mean. */
export class RandomEncoder implements TextEncoder {
  readonly id = 'bench-random';
  readonly space = 'bench';
  readonly maxBatch: number = 2_000;
  readonly parallel = true;

  constructor(readonly dimensions = 256) {}

  async encode(texts: readonly string[]): Promise<Float32Array[]> {
    return texts.map((text) => this.vector(text));
  }

  vector(seed: string): Float32Array {
    const random = new SeededRandom(seed);
    const vector = new Float32Array(this.dimensions);
    let sum = 0;
    for (let i = 0; i < vector.length; i++) {
      const value = random.next() + random.next() + random.next() - 1.5;
      vector[i] = value;
      sum += value * value;
    }
    const norm = Math.sqrt(sum);
    return vector.map((value) => value / norm);
  }
}
