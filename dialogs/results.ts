import type { ConversationState, FlowResult, Turn } from '../src/dialog';
import {
  type DialogOutcome,
  type Facet,
  type FacetQuestion,
  freed,
  type HeldConstraint,
  heldIn,
  isSameHeld,
  type PhotoFault,
  type RankedProducts,
  type StructuredQuery,
  usedUp,
} from '../src/domain';
import { agreed } from './cheaper';

type Search = NonNullable<ConversationState['lastSearch']>;

/** What a search goes by: all that is asked for is in its words, but for what was agreed and taken back. */
export type Wish = Pick<Search, 'text' | 'language' | 'photo' | 'voice' | 'price' | 'free' | 'asked'>;

/** The wish of the last search by words or by a photo; undefined after another one. */
export function wishOf({ lastSearch }: ConversationState): Wish | undefined {
  if (!lastSearch || (lastSearch.text.trim() === '' && !lastSearch.photo)) return undefined;
  const { text, language, photo, voice, price, free, asked } = lastSearch;
  return { text, language, ...optional({ photo, voice, price, free, asked }) };
}

/** What a wish asks for. */
export async function queryOf(
  { parse }: Pick<Turn, 'parse'>,
  { text, language, price, free }: Wish,
): Promise<StructuredQuery> {
  return freed(agreed(await parse(text, language), price), free ?? []);
}

type Results = Extract<DialogOutcome, { kind: 'results' }>;

export interface Shown {
  readonly query: StructuredQuery;
  readonly ranked: RankedProducts;
  /** Why some photos, or all, were left out. */
  readonly fault?: PhotoFault | undefined;
  readonly like?: Results['like'];
}

/** The first page of a wish: with what constrains it and, where results differ and the shopper was not just asked, a question. */
export async function resultsOf(turn: Turn, wish: Wish, { query, ranked, fault, like }: Shown): Promise<FlowResult> {
  const { language, photo } = wish;
  const question = like ? undefined : await questionFor(turn, wish, query, ranked);
  const asked = question ? [...(wish.asked ?? []), question.facet] : wish.asked;
  const held = await heldNewestFirst(turn, wish, query);
  return {
    outcome: {
      kind: 'results',
      language,
      ranked,
      continued: false,
      held,
      ...optional({ photo: photo?.seen, photoFault: fault, question, like }),
    },
    state: {
      ...turn.state,
      language,
      lastSearch: { ...wish, shown: usedUp(ranked), ...optional({ asked }) },
      ...(question && { asking: { about: 'facet', ...question } }),
    },
  };
}

/** Nothing was found: what was shown before is still what is talked of. */
export function nothingFound({ state }: Turn, language: Turn['language']): FlowResult {
  const kept = (state.shown ?? []).length > 0;
  return { outcome: { kind: 'nothing', language, ...(kept && { kept }) }, state: { ...state, language } };
}

/** What constrains a search beside its kind, what was said last first. */
export async function heldNewestFirst(
  { parse }: Pick<Turn, 'parse'>,
  { text, language }: Wish,
  query: StructuredQuery,
): Promise<HeldConstraint[]> {
  const held = heldIn(query);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return held;
  const said = await Promise.all(lines.map(async (line) => heldIn(await parse(line, language))));
  const age = (one: HeldConstraint) => said.findLastIndex((each) => each.some((other) => isSameHeld(one, other)));
  return held.sort((one, other) => age(other) - age(one));
}

async function questionFor(
  turn: Turn,
  { photo, asked = [] }: Wish,
  query: StructuredQuery,
  ranked: RankedProducts,
): Promise<FacetQuestion | undefined> {
  // Never twice in a row; and who wants an order of prices knows what to look at.
  if (turn.asked?.about === 'facet' || ranked.relaxed.length > 0 || query.sort !== 'relevance') return undefined;
  const skip = new Set<Facet>(asked);
  if (query.price) skip.add('price');
  if (photo?.seen.kind) skip.add('kind');
  if (photo?.seen.pattern) skip.add('pattern');
  if (photo) skip.add('color');
  return turn.question({ ...ranked, query }, skip);
}

/** Without what is undefined. */
function optional<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
