import type { Flow } from '../src/dialog';
import { ask, mayAsk } from './for-you';

/** The heart of a card. The first like asks whether the shop may remember, and waits for the answer. */
export const like: Flow = {
  id: 'like',
  handles: ({ message }) => message.action?.name === 'like' || message.action?.name === 'unlike',
  run: async (turn) => {
    const { message, language, state, profile } = turn;
    const product = message.action && turn.product(message.action.productId);
    if (!product) return { outcome: { kind: 'gone', language }, state };
    const productId = product.id;
    if (message.action?.name === 'unlike') {
      return { outcome: { kind: 'unliked', language, productId }, state, changes: [{ kind: 'unlike', productId }] };
    }
    if (mayAsk(turn)) return ask(turn, { about: 'like', productId });
    return {
      outcome: { kind: 'liked', language, product, kept: profile.consented },
      state: { ...state, language },
      changes: [{ kind: 'event', productId, event: 'like' }],
    };
  },
};
