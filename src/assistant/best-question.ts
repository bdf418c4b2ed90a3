import {
  type Attributes,
  currentPrice,
  FACETS,
  type Facet,
  type FacetQuestion,
  type Product,
  type RankedProduct,
  type StructuredQuery,
  wantedOf,
} from '../domain';

/** A result with all that its variants come in. */
export interface Splittable {
  readonly result: RankedProduct;
  readonly variants: readonly { readonly product: Product; readonly attributes: Attributes }[];
}

/** Fewer good results than this are looked through sooner than a question is answered: they fit on a page. */
export const FEWEST_ASKED = 7;
/**
 * Bits that an answer must be expected to tell: one halves what is to be looked through. On the validation conversations any
 * threshold from 0.5 to 1.05 asks for the kind in the six that open with a word of several kinds, and in no other by words.
 */
export const LEAST_BITS = 1;
/** Results that score less than this share of the best are no good ones. */
const GOOD_SHARE = 0.7;
/** What may be answered by a tap. */
const MOST_VALUES = 4;
/** Into how many ranges prices are parted. */
const PRICE_RANGES = 3;

/**
 * How probable it is that shoppers mind a facet, where the products that they look for differ in it: the share of goals of the
 * validation conversations that name it, among those whose kind comes in several of it, add-one smoothed.
 */
const MINDED: Readonly<Record<Facet, number>> = {
  kind: 0.98,
  color: 0.98,
  size: 0.89,
  material: 0.82,
  audience: 0.75,
  price: 0.26,
  pattern: 0.31,
  brand: 0.02,
};

/** How much of the results' weight has a value, the rest of it being of others, or of none that is known. */
type Masses = ReadonlyMap<string, number>;

/**
 * The facet whose answer is expected to tell most about which of the good results is wanted, in bits, times how probable it is
 * that shoppers mind it; undefined where no answer tells enough. Results weigh by their score. A value's answer leaves the
 * results that have it and those of which it isn't known; values beyond the four largest count as one.
 *
 * @param results best first
 * @param skip what was said already, or doesn't matter
 */
export function bestQuestion(
  results: readonly Splittable[],
  query: StructuredQuery,
  skip: ReadonlySet<Facet>,
): FacetQuestion | undefined {
  const telling = splits(results, query, skip).filter(({ bits }) => bits >= LEAST_BITS);
  // What things are made of says little while it isn't clear what things.
  const best = telling.find(({ facet }) => facet === 'kind') ?? telling[0];
  return best && { facet: best.facet, values: best.values };
}

/** What each facet's answer is expected to tell, in bits that shoppers mind, most first; none where there are few good results. */
export function splits(
  results: readonly Splittable[],
  query: StructuredQuery,
  skip: ReadonlySet<Facet>,
): (FacetQuestion & { readonly bits: number })[] {
  const good = goodOnes(results, query);
  if (good.length < FEWEST_ASKED) return [];
  const total = good.reduce((sum, { result }) => sum + Math.max(0, result.score), 0);
  const open = FACETS.filter((facet) => !skip.has(facet) && (facet === 'kind' || wantedOf(query, facet).length === 0));
  return open
    .map((facet) => {
      const { values, unknown } = facet === 'price' ? priceMasses(good) : massesOf(good, facet);
      const bits = MINDED[facet] * expectedBits(values, unknown, total);
      return { facet, values: [...values.keys()].slice(0, MOST_VALUES), bits };
    })
    .filter(({ values }) => values.length > 1)
    .sort((one, other) => other.bits - one.bits);
}

/** Results that have all that was asked for; one of another kind, too, where its words name it as well ("keyboard"). */
function goodOnes(results: readonly Splittable[], query: StructuredQuery): readonly Splittable[] {
  const best = results.find(({ result }) => result.why.missing.length === 0)?.result.score ?? 0;
  const words = new Set(query.keywords.split(/\s+/).filter(Boolean));
  return results.filter(({ result: { why, score } }) => {
    if (why.missing.length === 0) return score >= best * GOOD_SHARE;
    const isNamed = words.size > 0 && [...words].every((word) => why.words.includes(word));
    return why.missing.every((constraint) => constraint === 'kind') && isNamed;
  });
}

function massesOf(good: readonly Splittable[], facet: Exclude<Facet, 'price'>): { values: Masses; unknown: number } {
  const values = new Map<string, number>();
  let unknown = 0;
  for (const { result, variants } of good) {
    const weight = Math.max(0, result.score);
    const own = new Set(variants.flatMap(({ attributes }) => valuesIn(attributes, facet)));
    if (own.size === 0) unknown += weight;
    for (const value of own) values.set(value, (values.get(value) ?? 0) + weight);
  }
  return { values: new Map([...values].sort(([, one], [, other]) => other - one)), unknown };
}

function valuesIn(attributes: Attributes, facet: Exclude<Facet, 'price'>): readonly string[] {
  switch (facet) {
    case 'kind':
      return attributes.kinds.slice(0, 1);
    case 'audience':
      if (attributes.kids) return ['kids'];
      return attributes.genders.includes('unisex') ? ['female', 'male'] : attributes.genders;
    case 'color':
      return attributes.colors;
    case 'material':
      return attributes.materials;
    case 'pattern':
      return attributes.patterns;
    case 'size':
      return attributes.sizes;
    case 'brand':
      return attributes.brands;
  }
}

/** Ranges of prices that hold about as many results each, from the lowest on. */
function priceMasses(good: readonly Splittable[]): { values: Masses; unknown: number } {
  const priced = good
    .flatMap(({ result }) => {
      const price = currentPrice(result.product)?.minor;
      return price === undefined ? [] : [{ price, weight: Math.max(0, result.score) }];
    })
    .sort((one, other) => one.price - other.price);
  const bounds = Array.from({ length: PRICE_RANGES - 1 }, (_, index) => {
    const { price = 0 } = priced[Math.floor((priced.length * (index + 1)) / PRICE_RANGES)] ?? {};
    return roundPrice(price);
  }).filter((bound, index, all) => bound > 0 && bound !== all[index - 1]);
  const values = new Map<string, number>();
  const ends = [...bounds, undefined];
  ends.forEach((to, index) => {
    const from = index === 0 ? undefined : ends[index - 1];
    const held = priced.filter(({ price }) => price > (from ?? -1) && price <= (to ?? Number.POSITIVE_INFINITY));
    const mass = held.reduce((sum, { weight }) => sum + weight, 0);
    if (mass > 0) values.set(`${from ?? ''}-${to ?? ''}`, mass);
  });
  const known = priced.reduce((sum, { weight }) => sum + weight, 0);
  const all = good.reduce((sum, { result }) => sum + Math.max(0, result.score), 0);
  return { values, unknown: all - known };
}

/** A price with one leading digit, or two where the second is a five: 40, 45 … of the major unit, as shoppers say prices. */
function roundPrice(minor: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, minor)))) / 2;
  return Math.round(minor / step) * step;
}

/** Expected information of an answer, in bits: the more of the results' weight it rules out. */
function expectedBits(values: Masses, unknown: number, total: number): number {
  const masses = [...values.values()];
  const told = [...masses.slice(0, MOST_VALUES), masses.slice(MOST_VALUES).reduce((sum, mass) => sum + mass, 0)];
  const said = told.reduce((sum, mass) => sum + mass, 0);
  return told.reduce((bits, mass) => {
    if (mass <= 0 || said <= 0) return bits;
    const left = Math.min(1, (mass + unknown) / total);
    return bits - (mass / said) * Math.log2(left);
  }, 0);
}
