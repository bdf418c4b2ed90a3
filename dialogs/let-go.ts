import type { Flow } from '../src/dialog';

/** A bare yes, no or "cancel" that no other flow takes: what is open is let go, or asked again where "yes" is no answer to it. */
export const letGo: Flow = {
  id: 'let-go',
  handles: ({ message, photo, asked, intent }) =>
    message.kind === 'message' &&
    photo === undefined &&
    (intent === 'cancel' || (asked !== undefined && (intent === 'yes' || intent === 'no'))),
  run: async ({ asked, intent, language, state }) => {
    const kind = asked !== undefined && intent === 'yes' ? 'again' : 'letGo';
    return { outcome: { kind, language }, state: { ...state, language } };
  },
};
