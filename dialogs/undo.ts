import type { Flow, FlowResult, Turn } from '../src/dialog';
import type { BasketLine } from '../src/domain';
import { changesOf, said } from './basket-result';

/** "Go back": what was shown before is shown again; what was done to the basket is taken back. */
export const undo: Flow = {
  id: 'undo',
  handles: ({ command, photo }) => command?.action === 'undo' && photo === undefined,
  run: async (turn) => {
    const { language } = turn;
    const { steps = [], lastSearch: _search, shown: _shown, lastProduct: _product, ...rest } = turn.state;
    const step = steps.at(-1);
    if (!step) return { outcome: { kind: 'nothingToUndo', language }, state: { ...turn.state, language } };
    const earlier = steps.slice(0, -1);
    if ('basket' in step) return restored({ ...turn, state: { ...turn.state, steps: earlier } }, step.basket);
    const { view } = step;
    const ids = view.shown ?? (view.lastProduct === undefined ? [] : [view.lastProduct]);
    const products = ids.flatMap((id) => turn.product(id) ?? []);
    return { outcome: { kind: 'back', language, products }, state: { ...rest, ...view, language, steps: earlier } };
  },
};

function restored(turn: Turn, lines: readonly BasketLine[]): FlowResult {
  const items = lines.flatMap(({ productId, quantity }) => {
    const product = turn.product(productId);
    return product ? [{ product, quantity }] : [];
  });
  return said(turn, 'undone', changesOf(turn.basket.items(), items));
}
