import { colorsFor } from './colors';
import { DEMO_KINDS, type DemoKind } from './kinds';
import { SeededRandom } from './random';

/** One item of the demo: what its variants share. */
export interface DemoItem {
  readonly id: string;
  readonly kind: DemoKind;
  readonly brand: string;
  readonly model: string;
  readonly material: string;
  /** `plain` where the kind has no patterns. */
  readonly pattern: string;
  /** `female`, `male`, `unisex`, `kids` or empty. */
  readonly audience: string;
  readonly features: readonly [string, string];
  /** Which description pattern and which reviews; the same in every language. */
  readonly textSeed: number;
  readonly rating: number;
  readonly reviewCount: number;
  readonly variants: readonly DemoVariant[];
}

export interface DemoVariant {
  readonly id: string;
  readonly color: string;
  readonly size: string;
  /** Cents. */
  readonly price: number;
  readonly salePrice: number | undefined;
  readonly quantity: number;
}

const BRANDS = [
  'Aurora',
  'Nordhaus',
  'Kestrel',
  'Mirabel',
  'Solano',
  'Birkholm',
  'Ostara',
  'Rivermark',
  'Zephyrine',
  'Calloway',
  'Delphine',
  'Everly',
  'Fennick',
  'Halvorsen',
  'Ishikawa',
  'Juniperi',
  'Kallista',
  'Lindqvist',
  'Marlowe',
  'Ormond',
  'Pellegrin',
  'Quennell',
  'Tamsin',
  'Wexford',
] as const;
const MODELS = [
  'Fjord',
  'Luma',
  'Terra',
  'Nova',
  'Alto',
  'Brio',
  'Cleo',
  'Ardo',
  'Echo',
  'Faro',
  'Gala',
  'Halo',
  'Indra',
  'Kobo',
  'Lyra',
  'Mika',
  'Nilo',
  'Orso',
  'Pico',
  'Remo',
  'Saga',
  'Tivo',
  'Ruvo',
  'Vero',
  'Yara',
  'Zeno',
] as const;
const PATTERNS = ['striped', 'dotted', 'checked', 'floral'] as const;

/** Features that are true of everything in a department. */
export const DEPARTMENT_FEATURES: Readonly<Record<string, readonly string[]>> = {
  clothing: ['soft-on-skin', 'machine-washable', 'quick-drying', 'easy-iron', 'fair-trade'],
  shoes: ['cushioned-sole', 'non-slip-sole', 'waterproof', 'lightweight', 'wide-fit'],
  bags: ['water-repellent', 'many-compartments', 'lightweight', 'theft-proof', 'recycled'],
  jewellery: ['gift-box-included', 'hypoallergenic', 'handmade', 'scratch-resistant', 'adjustable'],
  electronics: ['long-battery-life', 'wireless-connection', 'energy-saving', 'quiet-operation', 'two-year-warranty'],
  kitchen: ['dishwasher-safe', 'heat-resistant', 'food-safe', 'easy-to-clean', 'handmade'],
  furniture: ['easy-assembly', 'sustainable', 'space-saving', 'stain-resistant', 'handmade'],
  household: ['rust-proof', 'ergonomic-handle', 'long-lasting', 'easy-to-clean', 'space-saving'],
  sports: ['beginner-friendly', 'competition-grade', 'weatherproof', 'lightweight', 'shock-absorbing'],
  toys: ['child-safe', 'educational', 'made-for-travel', 'gift-box-included', 'long-lasting'],
  music: ['warm-sound', 'beginner-friendly', 'carry-case-included', 'handmade', 'easy-to-tune'],
  beauty: ['fragrance-free', 'vegan', 'sensitive-skin', 'travel-size', 'dermatologically-tested'],
  stationery: ['refillable', 'recycled', 'smooth', 'gift-box-included', 'long-lasting'],
  garden: ['easy-care', 'indoor-and-outdoor', 'long-lasting', 'gift-box-included', 'colour-fast'],
};

const ITEMS_A_KIND = 4;

/** All items of the demo catalogue, the same on every machine. */
export function demoItems(): DemoItem[] {
  return DEMO_KINDS.flatMap((kind) => {
    const random = new SeededRandom(`vitrine-demo-1/${kind.id}`);
    const brands = random.sample(BRANDS, ITEMS_A_KIND);
    const models = random.sample(MODELS, ITEMS_A_KIND);
    return brands.map((brand, index) => makeItem(kind, index, brand, models[index] ?? 'Nova', random));
  });
}

function makeItem(kind: DemoKind, index: number, brand: string, model: string, random: SeededRandom): DemoItem {
  const material = kind.materials[index % kind.materials.length] ?? '';
  const pattern = kind.patterned && random.next() < 0.45 ? random.pick(PATTERNS) : 'plain';
  const audience = kind.audiences[index % Math.max(1, kind.audiences.length)] ?? '';
  const [first = '', second = ''] = random.sample(DEPARTMENT_FEATURES[kind.department] ?? [], 2);
  const id = `${kind.id}-${index + 1}`;
  const [low, high] = kind.price;
  const euros = Math.round(low * (high / low) ** random.next());
  const ending = random.pick([0, 50, 90, 99]);
  const price = Math.max(100, euros * 100 + ending);
  const colors = random.sample(colorsFor(kind, material), kind.sizes.length > 0 ? 2 : random.between(2, 3));
  const sizes = kind.sizes.length > 0 ? random.sample(kind.sizes, 2) : [''];
  const variants = colors.flatMap((color) =>
    sizes.map((size): DemoVariant => {
      const reduced = random.next() < 0.2;
      return {
        id: [id, color, size.toLowerCase()].filter(Boolean).join('-'),
        color,
        size,
        price,
        salePrice: reduced ? Math.round((price * random.between(60, 90)) / 100) : undefined,
        quantity: stock(random),
      };
    }),
  );
  return {
    id,
    kind,
    brand,
    model,
    material,
    pattern,
    audience,
    features: [first, second],
    textSeed: random.between(0, 9999),
    rating: random.between(32, 49) / 10,
    reviewCount: Math.round(900 * random.next() ** 3),
    variants,
  };
}

function stock(random: SeededRandom): number {
  const luck = random.next();
  if (luck < 0.08) return 0;
  return luck < 0.18 ? random.between(1, 4) : random.between(5, 120);
}
