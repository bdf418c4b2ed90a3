import type { Flow } from '../src/dialog';
import { find } from './find';
import { searchByNewPhoto } from './photo-search';
import { onlyPoints } from './refine';

/** A photo, with or without words beside it: both count. */
export const photo: Flow = {
  id: 'photo',
  handles: (turn) => turn.photo !== undefined,
  run: async (turn) => {
    const { message, language, intent } = turn;
    // "Hello", beside a photo, is no wish.
    const text = intent === undefined ? message.text : '';
    if (turn.photo?.kind === 'ready') return searchByNewPhoto(turn, text, turn.photo.photo, turn.photo.fault);
    const fault = turn.photo?.fault ?? 'failed';
    const apology = { kind: 'photoFault', language, fault } as const;
    if (text.trim() === '') return { outcome: apology, state: { ...turn.state, language } };
    const query = await turn.parse(text, language);
    // "Do you have this?" means nothing without its photo.
    if (onlyPoints(query)) {
      const answer = query.language;
      return { outcome: { ...apology, language: answer }, state: { ...turn.state, language: answer } };
    }
    const byWords = await find.run(turn);
    if (byWords.outcome.kind !== 'results')
      return { outcome: { ...apology, language: byWords.state.language }, state: byWords.state };
    return { ...byWords, outcome: { ...byWords.outcome, photoFault: fault } };
  },
};
