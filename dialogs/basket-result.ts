import type { FlowResult, Turn } from '../src/dialog';
import type { BasketChange, BasketItem, BasketOutcome, Product } from '../src/domain';

/** The basket after its changes, and what is said of it. */
export function said(
  { basket: own, language, state }: Turn,
  what: BasketOutcome['said'],
  changes: readonly (BasketChange & { readonly product: Product })[] = [],
  about?: BasketItem,
  limited = false,
): FlowResult {
  const before = own.possible ? own.items() : [];
  const kept = before.map((item) => {
    const change = changes.find(({ productId }) => productId === item.product.id);
    return change ? { ...item, quantity: change.quantity } : item;
  });
  const added = changes.filter(({ productId }) => !before.some(({ product }) => product.id === productId));
  const items = [...kept, ...added.map(({ product, quantity }) => ({ product, quantity }))].filter(
    ({ quantity }) => quantity > 0,
  );
  return {
    outcome: { kind: 'basket', language, said: what, items, ...about, ...(limited && { limited }) },
    state: { ...state, language, ...(about && { lastProduct: about.product.id }) },
    ...(changes.length > 0 && {
      basket: changes.map(({ productId, quantity, before: count }) => ({ productId, quantity, before: count })),
    }),
  };
}

/** The changes that make some lines so. */
export function changesOf(
  items: readonly BasketItem[],
  lines: readonly BasketItem[],
): (BasketChange & { readonly product: Product })[] {
  return lines.map(({ product, quantity }) => ({
    product,
    productId: product.id,
    quantity,
    before: items.find((item) => item.product.id === product.id)?.quantity ?? 0,
  }));
}
