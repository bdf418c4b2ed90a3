import type { FlowResult, Turn } from '../src/dialog';
import { isAvailable, MOST_LINES, MOST_PIECES, type Product } from '../src/domain';
import { changesOf, said } from './basket-result';

/** Puts a product in, once it is clear which of its variants is wanted. */
export async function addTo(
  turn: Turn,
  product: Product,
  { quantity, variant }: { readonly quantity: number; readonly variant?: string | undefined },
): Promise<FlowResult> {
  const variants = turn.variants(product);
  const named = variant === undefined ? [] : turn.pick(variant, variants);
  if (variant !== undefined && named.length === 0) return askVariant(turn, product, variants, quantity, true);
  if (variant === undefined && (await isSettled(turn, product, variants))) return put(turn, [product], quantity, 'add');
  const wanted = variant === undefined ? variants : named;
  // The colour that was shown is meant, where no other is named.
  const alike = wanted.filter(({ color }) => color === product.color);
  const left = alike.length > 0 ? alike : wanted;
  const [only] = left;
  if (only && left.length === 1) return put(turn, [only], quantity, 'add');
  // Variants that neither size nor colour tells apart can't be asked for.
  const isTold = distinct(left, 'size').length > 1 || distinct(left, 'color').length > 1;
  return isTold ? askVariant(turn, product, left, quantity, false) : put(turn, [product], quantity, 'add');
}

/** Is it this very variant that is wanted: the only one, one that is in the basket, or one of the size that was looked for? */
async function isSettled(turn: Turn, product: Product, variants: readonly Product[]): Promise<boolean> {
  if (variants.length === 1) return true;
  if (turn.basket.items().some((item) => item.product.id === product.id)) return true;
  const { lastSearch } = turn.state;
  if (!lastSearch || lastSearch.text.trim() === '' || product.size === undefined) return false;
  const { wanted } = await turn.parse(lastSearch.text, lastSearch.language);
  return wanted.sizes.includes(product.size.toUpperCase());
}

function askVariant(
  { language, state }: Turn,
  product: Product,
  variants: readonly Product[],
  quantity: number,
  missing: boolean,
): FlowResult {
  const alike = variants.filter(({ color }) => color === product.color);
  const by = distinct(alike.length > 0 ? alike : variants, 'size').length > 1 ? 'size' : 'color';
  const among = by === 'size' && alike.length > 0 ? alike : variants;
  const options = distinct(among, by).map((value) => ({
    value,
    available: among.some((each) => each[by] === value && isAvailable(each)),
  }));
  if (!options.some(({ available }) => available)) {
    return {
      outcome: { kind: 'basket', language, said: 'soldOut', items: [], product },
      state: { ...state, language },
    };
  }
  return {
    outcome: { kind: 'askVariant', language, product, by, options, missing },
    state: {
      ...state,
      language,
      lastProduct: product.id,
      asking: { about: 'variant', productId: product.id, quantity },
    },
  };
}

function distinct(variants: readonly Product[], by: 'size' | 'color'): string[] {
  return [...new Set(variants.flatMap((variant) => variant[by] ?? []))];
}

/** Puts products in, or makes them so many; never more than are in stock. */
export function put(turn: Turn, products: readonly Product[], quantity: number, how: 'add' | 'set'): FlowResult {
  const items = turn.basket.items();
  const [first] = products;
  const sold = products.filter(isAvailable);
  if (sold.length === 0) return said(turn, 'soldOut', [], first && { product: first, quantity: 0 });
  const before = (product: Product) => items.find((item) => item.product.id === product.id)?.quantity ?? 0;
  const lines = sold.map((product) => {
    const wanted = how === 'add' ? before(product) + quantity : quantity;
    const most = Math.min(product.quantity ?? MOST_PIECES, MOST_PIECES);
    return { product, quantity: Math.min(wanted, most), limited: wanted > most };
  });
  const fresh = lines.filter(({ product }) => before(product) === 0).length;
  if (items.length + fresh > MOST_LINES) return said(turn, 'full');
  const [line] = lines;
  const about = line && { product: line.product, quantity: line.quantity };
  const limited = lines.some((each) => each.limited);
  if (line && line.quantity === 0) return said(turn, 'removed', changesOf(items, lines), about);
  return said(turn, how === 'add' ? 'added' : 'changed', changesOf(items, lines), about, limited);
}
