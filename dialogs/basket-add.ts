import type { FlowResult, Turn } from '../src/dialog';
import { choicesOf, isAvailable, MOST_LINES, MOST_PIECES, optionsOf, type Product } from '../src/domain';
import { changesOf, said } from './basket-result';
import { substitutes } from './substitutes';

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
  const isTold = optionsOf(left, 'size').length > 1 || optionsOf(left, 'color').length > 1;
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

async function askVariant(
  turn: Turn,
  product: Product,
  variants: readonly Product[],
  quantity: number,
  missing: boolean,
): Promise<FlowResult> {
  const { language, state } = turn;
  const by = choicesOf(product, variants, 'size').length > 1 ? 'size' : 'color';
  const options = choicesOf(product, variants, by);
  if (!options.some(({ available }) => available)) return substitutes(turn, product);
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

/** Puts products in, or makes them so many; never more than are in stock. */
export async function put(
  turn: Turn,
  products: readonly Product[],
  quantity: number,
  how: 'add' | 'set',
): Promise<FlowResult> {
  const items = turn.basket.items();
  const [first] = products;
  const sold = products.filter(isAvailable);
  if (first && sold.length === 0) return substitutes(turn, first);
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
