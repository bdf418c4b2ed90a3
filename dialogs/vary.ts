import type { FlowResult, Turn } from '../src/dialog';
import {
  currentPrice,
  groupOf,
  heldIn,
  isAvailable,
  type Product,
  type RankedProduct,
  type StructuredQuery,
  textIn,
} from '../src/domain';
import { sizesNamed } from './answer-question';
import { agreed } from './cheaper';
import { asksFor } from './refine';
import { queryOf, resultsOf, type Wish } from './results';

/** What makes products alike, and can be said. */
const ALIKE = ['kind', 'color', 'material', 'pattern', 'audience'] as const;
const LISTS = {
  kind: 'kinds',
  color: 'colors',
  material: 'materials',
  pattern: 'patterns',
  audience: 'genders',
} as const;

/**
 * "The first one but in green", "like the second but cheaper", "the same in M": the variant of its item that has it, if there is
 * one, and what else has it and is like it. The wish from then on is the product in words, with the change.
 */
export async function vary(turn: Turn, product: Product, words: string): Promise<FlowResult> {
  const { state } = turn;
  const change = await changeOf(turn, [product], words);
  const { language } = change;
  const below = change.cheaper && change.price === undefined ? currentPrice(product) : undefined;
  const price = below && { price: { below } };
  const variant = await variantWith(turn, product, change, below?.minor);
  const wish: Wish = {
    text: [describe(turn, product, change), change.text].filter(Boolean).join('\n'),
    language,
    ...price,
  };
  const query = await queryOf(turn, wish);
  const ranked = await turn.search(query, 0, {});
  const asked = heldIn(change).map(({ facet }) => facet);
  const others = ranked.results.filter((result) => groupOf(result.product) !== groupOf(product));
  // Something of another kind in the same colour is not like it.
  const fits = ({ why }: RankedProduct) =>
    !why.missing.some((missing) => missing === 'kind' || asked.some((facet) => facet === missing));
  const isFound = others.some(fits) && !ranked.relaxed.some((relaxed) => relaxed === 'price');
  const first: RankedProduct[] = variant
    ? [{ product: variant, score: 1, why: { words: [], attributes: {}, missing: [] } }]
    : [];
  const results = [...first, ...(isFound ? others.filter(fits) : variant ? [] : others)];
  if (results.length === 0) return { outcome: { kind: 'noSimilar', language }, state: { ...state, language } };
  const found = variant ? 'variant' : isFound ? 'similar' : 'none';
  const like = { product, change: agreed(change, price?.price), found } as const;
  const said = { ...ranked, results, relaxed: [], used: ranked.used ?? ranked.results.length };
  return resultsOf(turn, wish, { query, ranked: said, like });
}

/** What words ask to be otherwise; a size may be said without saying that it is one. */
export async function changeOf(turn: Turn, products: readonly Product[], words: string): Promise<StructuredQuery> {
  const change = await turn.parse(words, turn.language);
  const { language } = change;
  if (asksFor(change).size > 0) return change;
  const variants = products.flatMap((product) => turn.variants(product));
  const known = variants.flatMap(({ size }) => size?.toUpperCase() ?? []);
  const [size] = sizesNamed(words, language, known);
  return size === undefined ? change : turn.parse(turn.say('size', size, language), language);
}

/** What a product is, in words, without what is to be otherwise. */
function describe(turn: Turn, product: Product, change: StructuredQuery): string {
  const has = turn.attributes(product);
  const { language } = change;
  const asked = asksFor(change);
  const words = ALIKE.flatMap((facet) => {
    if (asked.has(LISTS[facet])) return [];
    const ids =
      facet === 'audience' ? (has.kids ? ['kids'] : has.genders.filter((id) => id !== 'unisex')) : has[LISTS[facet]];
    return ids.slice(0, facet === 'kind' ? 1 : undefined).map((id) => turn.say(facet, id, language));
  });
  return (has.kinds.length > 0 ? words : [textIn(product, language).title, ...words]).join(' ');
}

/** The variant of a product's item that is as wanted and otherwise most like it, in stock rather than not. */
async function variantWith(
  turn: Turn,
  product: Product,
  change: StructuredQuery,
  below?: number,
): Promise<Product | undefined> {
  const kin = turn.variants(product).filter(({ id }) => id !== product.id);
  const isSaid = [...asksFor(change)].some((name) => name !== 'price' && name !== 'sort');
  const resolved =
    isSaid || change.freeText !== '' ? await turn.resolve([{ kind: 'described', words: change.text }], kin) : undefined;
  const fitting = !resolved
    ? kin
    : resolved.kind === 'found'
      ? resolved.products
      : resolved.kind === 'unclear'
        ? resolved.among
        : [];
  const { min, max } = change.price ?? {};
  const priced = fitting.filter((each) => {
    const minor = currentPrice(each)?.minor;
    if (minor === undefined) return !change.price && below === undefined;
    return minor >= (min?.minor ?? 0) && minor <= (max?.minor ?? minor) && minor < (below ?? minor + 1);
  });
  const likeness = (each: Product) =>
    (isAvailable(each) ? 4 : 0) + (each.color === product.color ? 2 : 0) + (each.size === product.size ? 1 : 0);
  return [...priced].sort((one, other) => likeness(other) - likeness(one))[0];
}
