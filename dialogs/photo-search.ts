import {
  type AgreedPrice,
  type FlowResult,
  type RememberedPhoto,
  type RememberedVoice,
  spoken,
  type Turn,
} from '../src/dialog';
import { freed, type PhotoFault, type RankedProducts, type StructuredQuery } from '../src/domain';
import { agreed, cheaperThan } from './cheaper';
import { asksFor, refines, stillFree, withoutVector } from './refine';
import { resultsOf, type Wish } from './results';

/** The first page of what is like the photo of this message, under the words beside it; `fault` says what was left out. */
export async function searchByNewPhoto(
  turn: Turn,
  text: string,
  photo: RememberedPhoto,
  fault?: PhotoFault,
): Promise<FlowResult> {
  const voice = text.trim() === '' ? undefined : spoken(turn);
  const query = await turn.parse(text, turn.language);
  const price = saysCheaper(query) ? await boundOf(turn, query, { photo, voice, price: undefined }) : undefined;
  const found = await searchByPhoto(turn, query, { text, photo, voice, price }, fault);
  const { outcome } = found;
  if (outcome.kind === 'results') return found;
  // The photo is what is talked of from now on: with other words it may find something.
  const { language } = outcome;
  return { outcome, state: { ...found.state, lastSearch: { text: '', language, shown: 0, photo } } };
}

/**
 * What is like the photo of the last search, when these words only say what it should be like; undefined for other words.
 * Earlier words hold on until they are replaced: "in blue", then "under 20 €".
 */
export async function refineByPhoto(turn: Turn, query: StructuredQuery): Promise<FlowResult | undefined> {
  const { state, parse } = turn;
  const last = state.lastSearch;
  if (!last?.photo || !refines(query)) return undefined;
  const asked = new Set(asksFor(query));
  // It is below the price that was said before, and may keep the words that said it.
  const cheaper = saysCheaper(query);
  if (cheaper) asked.delete('price');
  const texts: string[] = [];
  for (const earlier of last.text.split('\n').filter((line) => line.trim() !== '')) {
    const known = await parse(earlier, last.language);
    const replaced =
      known.language !== query.language || [...asksFor(known)].some((constraint) => asked.has(constraint));
    // What "cheaper" meant is settled.
    const settled = saysCheaper(known) && asksFor(known).size === 1;
    if (!replaced && !settled) texts.push(earlier);
  }
  texts.push(query.text);
  const text = texts.join('\n');
  // The voice said the last of these words only: its vector is not that of all.
  const voice = withoutVector(spoken(turn) ?? last.voice);
  const whole = await parse(text, query.language);
  const beside = { photo: last.photo, voice, price: asked.has('price') ? undefined : last.price };
  const price = cheaper ? await boundOf(turn, whole, beside) : beside.price;
  return searchByPhoto(turn, whole, {
    ...beside,
    text,
    price,
    free: stillFree(last.free, query),
    ...(last.asked && { asked: last.asked }),
  });
}

/** What a search goes by beside its words. */
interface BesideWords {
  readonly photo: RememberedPhoto;
  readonly voice: RememberedVoice | undefined;
  readonly price: AgreedPrice | undefined;
}

/** "Cheaper", without an amount. */
function saysCheaper({ cheaper, price }: StructuredQuery): boolean {
  return cheaper === true && price === undefined;
}

/** What "cheaper" means; what held before, where there is nothing to compare with. */
async function boundOf(turn: Turn, query: StructuredQuery, beside: BesideWords): Promise<AgreedPrice | undefined> {
  const { photo, voice, price: before } = beside;
  const find = (each: StructuredQuery) => searchSeenKind(turn.search, each, 0, { photo, voice });
  return (await cheaperThan(turn, query, { photo, before }, find)) ?? before;
}

async function searchByPhoto(
  turn: Turn,
  query: StructuredQuery,
  { text, free = [], asked, ...beside }: BesideWords & Pick<Wish, 'text' | 'free' | 'asked'>,
  fault?: PhotoFault,
): Promise<FlowResult> {
  const { photo, voice, price } = beside;
  const language = text.trim() === '' ? turn.language : query.language;
  const held = freed(agreed(query, price), free);
  const ranked = await searchSeenKind(turn.search, held, 0, { photo, voice });
  if (ranked.results.length === 0) {
    return { outcome: { kind: 'photoFault', language, fault: 'nothing' }, state: { ...turn.state, language } };
  }
  const wish: Wish = {
    ...{ text, language, photo },
    ...(voice && { voice }),
    ...(price && { price }),
    ...(free.length > 0 && { free }),
    ...(asked && { asked }),
  };
  return resultsOf(turn, wish, { query: held, ranked, fault });
}

/**
 * "In blue", of a photo of a backpack, wants a blue backpack first: the kind that was seen, or those that it may be, count as
 * if they had been said. What is told of the query stays what was said.
 */
export async function searchSeenKind(
  search: Turn['search'],
  query: StructuredQuery,
  offset: number,
  seen: { readonly photo: RememberedPhoto; readonly voice: RememberedVoice | undefined },
): Promise<RankedProducts> {
  const { kind, likely = [] } = seen.photo.seen;
  const kinds = kind === undefined ? likely : [kind];
  if (kinds.length === 0 || !refines(query)) return search(query, offset, seen);
  const ranked = await search({ ...query, wanted: { ...query.wanted, kinds } }, offset, seen);
  return { ...ranked, query, relaxed: ranked.relaxed.filter((constraint) => constraint !== 'kind') };
}
