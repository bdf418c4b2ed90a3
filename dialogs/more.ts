import { type Flow, startedOver } from '../src/dialog';
import { usedUp } from '../src/domain';
import { recommendations } from './for-you';
import { complements } from './goes-with';
import { searchSeenKind } from './photo-search';
import { similar } from './product';
import { heldNewestFirst, queryOf } from './results';

/** "Show more" pages through the last search; "start over" forgets it. */
export const more: Flow = {
  id: 'more',
  handles: ({ intent }) => intent === 'more' || intent === 'startOver',
  run: async (turn) => {
    const { intent, language, state, search } = turn;
    if (intent === 'startOver')
      return { outcome: { kind: 'startOver', language }, state: startedOver(state, language) };
    const { lastSearch } = state;
    if (!lastSearch) return { outcome: { kind: 'empty', language }, state };
    if (lastSearch.forYou) return recommendations(turn, lastSearch.shown);
    if (lastSearch.goesWith !== undefined) {
      const shown = turn.product(lastSearch.goesWith);
      return shown ? complements(turn, shown, lastSearch.shown) : { outcome: { kind: 'gone', language }, state };
    }
    if (lastSearch.similarTo !== undefined) {
      const shown = turn.product(lastSearch.similarTo);
      return shown ? similar(turn, shown, lastSearch.shown) : { outcome: { kind: 'gone', language }, state };
    }
    const { photo, voice } = lastSearch;
    const query = await queryOf(turn, lastSearch);
    const ranked = photo
      ? await searchSeenKind(search, query, lastSearch.shown, { photo, voice })
      : await search(query, lastSearch.shown, { voice });
    if (ranked.results.length === 0) return { outcome: { kind: 'noMore', language }, state };
    const shown = lastSearch.shown + usedUp(ranked);
    const held = await heldNewestFirst(turn, lastSearch, query);
    return {
      outcome: { kind: 'results', language, ranked, continued: true, held, ...(photo && { photo: photo.seen }) },
      state: { ...state, language, lastSearch: { ...lastSearch, shown } },
    };
  },
};
