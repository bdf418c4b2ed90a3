import { type Flow, spoken, startedOver } from '../src/dialog';
import { usedUp } from '../src/domain';
import { refineByPhoto } from './photo-search';
import { refineByWords } from './refine-words';

/** Everything that is not another flow's is a wish: search for it and show the best. */
export const find: Flow = {
  id: 'find',
  handles: () => true,
  run: async (turn) => {
    const { message, language, state, parse, search } = turn;
    const query = await parse(message.text, language);
    const isWords = turn.photo === undefined;
    const refined = isWords ? ((await refineByPhoto(turn, query)) ?? (await refineByWords(turn, query))) : undefined;
    if (refined) return refined;
    const voice = spoken(turn);
    const ranked = await search(query, 0, { voice });
    const answer = query.language;
    if (ranked.results.length === 0) {
      // "Like this", beside a photo: the words alone mean nothing, and the photo can't be looked at.
      const kind = message.hasAttachments ? 'attachment' : 'nothing';
      return { outcome: { kind, language: answer }, state: startedOver(state, answer) };
    }
    return {
      outcome: { kind: 'results', language: answer, ranked, continued: false },
      state: {
        ...state,
        language: answer,
        lastSearch: { text: message.text, language: answer, shown: usedUp(ranked), ...(voice && { voice }) },
      },
    };
  },
};
