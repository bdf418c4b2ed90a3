import type { Flow, FlowResult, Turn } from '../src/dialog';
import type { Product } from '../src/domain';

/** What goes well with a product: a card's button, or the phrase after its details. */
export const goesWith: Flow = {
  id: 'goes-with',
  handles: ({ message, intent, photo }) =>
    message.action?.name === 'goesWith' || (intent === 'goesWith' && photo === undefined),
  run: async (turn) => {
    const { message, language, state } = turn;
    const id = message.action?.productId ?? state.lastProduct;
    if (id === undefined) return { outcome: { kind: 'whichProduct', language }, state: { ...state, language } };
    const shown = turn.product(id);
    return shown ? complements(turn, shown, 0) : { outcome: { kind: 'gone', language }, state };
  },
};

/** Products that go well with one, from `offset` on. */
export async function complements(turn: Turn, product: Product, offset: number): Promise<FlowResult> {
  const { language, state } = turn;
  const recommended = await turn.goesWith(product, offset);
  const continued = offset > 0;
  if (recommended.results.length === 0) {
    const kind = continued ? 'noMore' : 'nothingGoesWith';
    return { outcome: { kind, language }, state: { ...state, language, lastProduct: product.id } };
  }
  const lastSearch = { text: '', language, shown: offset + recommended.results.length, goesWith: product.id };
  return {
    outcome: { kind: 'goesWith', language, product, recommended, continued },
    state: {
      ...state,
      language,
      lastProduct: product.id,
      lastSearch: continued ? { ...state.lastSearch, ...lastSearch } : lastSearch,
    },
  };
}
