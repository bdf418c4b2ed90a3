import type { Flow } from '../src/dialog';

/** Voice notes of which none can be used, with nothing beside them: the reply says why, or asks what was said. */
export const voice: Flow = {
  id: 'voice',
  handles: ({ voice: notes, photo, message }) =>
    notes !== undefined && notes.kind !== 'heard' && photo === undefined && message.text.trim() === '',
  run: async ({ language, state }) => ({ outcome: { kind: 'unheard', language }, state: { ...state, language } }),
};
