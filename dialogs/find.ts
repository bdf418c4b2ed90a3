import type { Flow } from '../src/dialog';
import { refines, searchByPhoto } from './photo-search';

/** Everything that is not another flow's is a wish: search for it and show the best. */
export const find: Flow = {
  id: 'find',
  handles: () => true,
  run: async (turn) => {
    const { message, language, state, parse, search } = turn;
    const query = await parse(message.text, language);
    const shown = state.lastSearch?.photo;
    if (shown && turn.photo === undefined && refines(query)) return searchByPhoto(turn, query, message.text, shown);
    const ranked = await search(query, 0);
    const answer = query.language;
    if (ranked.results.length === 0) {
      // "Like this", beside a photo: the words alone mean nothing, and the photo can't be looked at.
      const kind = message.hasAttachments ? 'attachment' : 'nothing';
      return { outcome: { kind, language: answer }, state: { version: 1, language: answer } };
    }
    return {
      outcome: { kind: 'results', language: answer, ranked, continued: false },
      state: {
        ...state,
        language: answer,
        lastSearch: { text: message.text, language: answer, shown: ranked.results.length },
      },
    };
  },
};
