import type { Flow } from '../src/dialog';
import { searchSeenKind } from './photo-search';
import { similar } from './product';

/** "Show more" pages through the last search; "start over" forgets it. */
export const more: Flow = {
  id: 'more',
  handles: ({ intent }) => intent === 'more' || intent === 'startOver',
  run: async (turn) => {
    const { intent, language, state, parse, search } = turn;
    if (intent === 'startOver') return { outcome: { kind: 'startOver', language }, state: { version: 1, language } };
    const { lastSearch } = state;
    if (!lastSearch) return { outcome: { kind: 'empty', language }, state };
    if (lastSearch.similarTo !== undefined) {
      const shown = turn.product(lastSearch.similarTo);
      return shown ? similar(turn, shown, lastSearch.shown) : { outcome: { kind: 'gone', language }, state };
    }
    const query = await parse(lastSearch.text, lastSearch.language);
    const { photo, voice } = lastSearch;
    const ranked = photo
      ? await searchSeenKind(search, query, lastSearch.shown, { photo, voice })
      : await search(query, lastSearch.shown, { voice });
    if (ranked.results.length === 0) return { outcome: { kind: 'noMore', language }, state };
    const shown = lastSearch.shown + ranked.results.length;
    return {
      outcome: { kind: 'results', language, ranked, continued: true, ...(photo && { photo: photo.seen }) },
      state: { ...state, language, lastSearch: { ...lastSearch, shown } },
    };
  },
};
