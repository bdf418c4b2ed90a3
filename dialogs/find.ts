import { type Flow, spoken } from '../src/dialog';
import { answerQuestion } from './answer-question';
import { refineByPhoto } from './photo-search';
import { refineByWords } from './refine-words';
import { nothingFound, resultsOf } from './results';

/** Everything that is not another flow's is a wish: search for it and show the best. */
export const find: Flow = {
  id: 'find',
  handles: () => true,
  run: async (turn) => {
    const { message, language, parse, search } = turn;
    const query = await parse(message.text, language);
    const isWords = turn.photo === undefined;
    const refined = isWords
      ? ((await answerQuestion(turn, query)) ??
        (await refineByPhoto(turn, query)) ??
        (await refineByWords(turn, query)))
      : undefined;
    if (refined) return refined;
    const voice = spoken(turn);
    const ranked = await search(query, 0, { voice });
    const wish = { text: message.text, language: query.language, ...(voice && { voice }) };
    if (ranked.results.length > 0) return resultsOf(turn, wish, { query, ranked });
    const nothing = nothingFound(turn, wish.language);
    // "Like this", beside a photo: the words alone mean nothing, and the photo can't be looked at.
    return message.hasAttachments ? { ...nothing, outcome: { kind: 'attachment', language: wish.language } } : nothing;
  },
};
