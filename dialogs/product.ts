import type { Flow, FlowResult, Turn } from '../src/dialog';
import type { Product } from '../src/domain';

/** The buttons of a product card: more like it, its details. */
export const product: Flow = {
  id: 'product',
  handles: ({ message }) => message.action !== undefined,
  run: async (turn) => {
    const { message, language, state } = turn;
    const shown = message.action && turn.product(message.action.productId);
    if (!shown) return { outcome: { kind: 'gone', language }, state };
    if (message.action?.name === 'details') return { outcome: { kind: 'details', language, product: shown }, state };
    return similar(turn, shown, 0);
  },
};

/** Products like one, from `offset` on. */
export async function similar(turn: Turn, shown: Product, offset: number): Promise<FlowResult> {
  const { language, state } = turn;
  const ranked = await turn.similar(shown, language, offset);
  const continued = offset > 0;
  if (ranked.results.length === 0) return { outcome: { kind: continued ? 'noMore' : 'noSimilar', language }, state };
  const seen = offset + ranked.results.length;
  return {
    outcome: { kind: 'similar', language, product: shown, ranked, continued },
    state: { ...state, language, lastSearch: { text: '', language, shown: seen, similarTo: shown.id } },
  };
}
