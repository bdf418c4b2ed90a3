import type { Flow, FlowResult, Turn } from '../src/dialog';
import { type CardAction, isAvailable, type Product, usedUp } from '../src/domain';

const VIEWS: ReadonlySet<CardAction['name'] | undefined> = new Set(['details', 'similar']);

/** The buttons of a product card that look at it: more like it, its details. */
export const product: Flow = {
  id: 'product',
  handles: ({ message }) => VIEWS.has(message.action?.name),
  run: async (turn) => {
    const { message, language, state } = turn;
    const shown = message.action && turn.product(message.action.productId);
    if (!shown) return { outcome: { kind: 'gone', language }, state };
    if (message.action?.name === 'details') return details(turn, shown);
    const changes = [{ kind: 'event', productId: shown.id, event: 'view' }] as const;
    return { ...(await similar(turn, shown, 0)), changes };
  },
};

/** All that is known of a product; from now on it is what is talked of. */
export async function details(turn: Turn, product: Product): Promise<FlowResult> {
  const { language, state } = turn;
  const substitutes = isAvailable(product) ? [] : await turn.substitutes(product);
  const [variants, policies] = [turn.variants(product), turn.policies()];
  return {
    outcome: { kind: 'details', language, product, variants, policies, substitutes },
    state: { ...state, language, lastProduct: product.id },
    changes: [{ kind: 'event', productId: product.id, event: 'view' }],
  };
}

/** Products like one, from `offset` on. */
export async function similar(turn: Turn, shown: Product, offset: number): Promise<FlowResult> {
  const { language, state } = turn;
  const ranked = await turn.similar(shown, language, offset);
  const continued = offset > 0;
  if (ranked.results.length === 0) return { outcome: { kind: continued ? 'noMore' : 'noSimilar', language }, state };
  const lastSearch = { text: '', language, shown: offset + usedUp(ranked), similarTo: shown.id };
  return {
    outcome: { kind: 'similar', language, product: shown, ranked, continued },
    state: { ...state, language, lastSearch: continued ? { ...state.lastSearch, ...lastSearch } : lastSearch },
  };
}
