import type { Flow } from '../src/dialog';

/** "Show my likes": what the shopper liked, the newest first, each to be taken back. */
export const likes: Flow = {
  id: 'likes',
  handles: ({ command, photo, message }) =>
    command?.action === 'likes' && photo === undefined && message.kind === 'message',
  run: async ({ language, state, profile }) => {
    const products = profile.consented ? profile.likes() : [];
    return {
      outcome: { kind: 'likes', language, products, allowed: profile.consented },
      state: { ...state, language },
    };
  },
};
