import type { Flow } from '../src/dialog';

/** Products side by side at most. */
const MOST = 4;
/** How many of a list are compared where none is named. */
const UNNAMED = 3;
const ALL = { kind: 'all' } as const;

/** "Compare 1 and 3". */
export const compare: Flow = {
  id: 'compare',
  handles: ({ command, photo, shown }) => command?.action === 'compare' && photo === undefined && shown().length > 0,
  run: async (turn) => {
    const { command, language, state } = turn;
    // "Compare them" is about several, whatever is talked of.
    const references = (command?.references ?? []).map((each) => (each.kind === 'these' ? ALL : each));
    const shown = turn.shown();
    const resolved =
      references.length === 0
        ? ({ kind: 'found', products: shown.slice(0, UNNAMED) } as const)
        : await turn.resolve(references);
    const next = { ...state, language };
    if (resolved.kind === 'beyond')
      return { outcome: { kind: 'beyond', language, shown: resolved.shown }, state: next };
    if (resolved.kind !== 'found' || resolved.products.length < 2) {
      return { outcome: { kind: 'compareWhat', language }, state: next };
    }
    const items = resolved.products.slice(0, MOST).map((product) => ({ product, variants: turn.variants(product) }));
    return { outcome: { kind: 'compared', language, items }, state: next };
  },
};
