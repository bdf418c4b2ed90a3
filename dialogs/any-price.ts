import type { Flow } from '../src/dialog';
import { usedUp } from '../src/domain';
import { agreed } from './cheaper';
import { searchSeenKind } from './photo-search';

/** "Any price" takes back what was said of the price, and "cheaper" with it; all else of the last search holds. */
export const anyPrice: Flow = {
  id: 'any-price',
  handles: ({ intent, photo }) => intent === 'anyPrice' && photo === undefined,
  run: async (turn) => {
    const { language, state, parse, search } = turn;
    const { lastSearch } = state;
    if (!lastSearch || (lastSearch.text.trim() === '' && !lastSearch.photo)) {
      return { outcome: { kind: 'empty', language }, state: { ...state, language } };
    }
    const { photo, voice, noted: _, ...rest } = lastSearch;
    const query = agreed(await parse(lastSearch.text, lastSearch.language), 'any');
    const ranked = photo ? await searchSeenKind(search, query, 0, { photo, voice }) : await search(query, 0, { voice });
    if (ranked.results.length === 0) return { outcome: { kind: 'nothing', language }, state: { ...state, language } };
    const found = { ...rest, shown: usedUp(ranked), price: 'any' as const };
    return {
      outcome: { kind: 'results', language, ranked, continued: false, ...(photo && { photo: photo.seen }) },
      state: { ...state, language, lastSearch: { ...found, ...(photo && { photo }), ...(voice && { voice }) } },
    };
  },
};
