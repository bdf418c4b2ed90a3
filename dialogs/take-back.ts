import type { Flow, FlowResult, Turn } from '../src/dialog';
import {
  FACETS,
  type Facet,
  type HeldConstraint,
  heldIn,
  isSameHeld,
  notOf,
  type StructuredQuery,
} from '../src/domain';
import { find } from './find';
import { searchSeenKind } from './photo-search';
import { namesKind, withoutVector } from './refine';
import { withoutNames } from './refine-words';
import { nothingFound, queryOf, resultsOf, type Wish, wishOf } from './results';

/**
 * "Any colour", "forget the brand", "leather is fine too" take back what was said of a search; all else of it holds. What was
 * not constrained, or only asked, doesn't matter from then on: what is there is shown, and that is not asked again.
 */
export const takeBack: Flow = {
  id: 'take-back',
  handles: ({ intent, command, photo, state, asked }) =>
    photo === undefined &&
    (intent === 'anyPrice' ||
      command?.action === 'takeBack' ||
      (command?.action === 'noPreference' && (asked?.about === 'facet' || wishOf(state) !== undefined))),
  run: async (turn) => {
    const { language, state, command, asked } = turn;
    const wish = wishOf(state);
    if (!wish) return { outcome: { kind: 'empty', language }, state: { ...state, language } };
    const query = await queryOf(turn, wish);
    const facets = turn.intent === 'anyPrice' ? (['price'] as const) : (command?.facets ?? []);
    const taken = heldIn(query).filter(
      (held) => notOf(held) === undefined && facets.some((facet) => facet === held.facet),
    );
    if (command?.change !== undefined) {
      const named = await namedIn(turn, command.change, query);
      // "Forget bags, have you got umbrellas?" asks for what was not looked for.
      if (named.length === 0 && namesKind(await turn.parse(command.change, language))) return find.run(turn);
      taken.push(...named);
    }
    const open = [...facets, ...(asked?.about === 'facet' && taken.length === 0 ? [asked.facet] : [])];
    const settled = new Set<Facet>([...(wish.asked ?? []), ...FACETS.filter((facet) => open.includes(facet))]);
    return shown(turn, { ...(await without(turn, wish, taken)), ...(settled.size > 0 && { asked: [...settled] }) });
  },
};

/** What words name of what a query asks for, wanted or not. */
async function namedIn(turn: Turn, words: string, query: StructuredQuery): Promise<HeldConstraint[]> {
  const said = await turn.parse(words, turn.language);
  const refused = (['color', 'material', 'pattern', 'brand', 'kind'] as const).flatMap((facet) =>
    said.wanted[`${facet}s`].map((not) => ({ facet, not })),
  );
  const people = [...(said.wanted.kids ? ['kids'] : []), ...said.wanted.genders].map(
    (not) => ({ facet: 'audience', not }) as const,
  );
  const named = [...heldIn(said), ...refused, ...people];
  return heldIn(query).filter((held) => named.some((other) => isSameHeld(held, other)));
}

/** A wish without some of what it asks for: its words go where they say nothing else, and no longer count where they do. */
async function without(turn: Turn, wish: Wish, taken: readonly HeldConstraint[]): Promise<Wish> {
  if (taken.length === 0) return wish;
  const lines: string[] = [];
  for (const line of wish.text.split('\n')) {
    const left = await withoutNames(turn, await turn.parse(line, wish.language), (query) => saysOnly(query, taken));
    if (left !== '') lines.push(left);
  }
  const isPriceTaken = taken.some(({ facet }) => facet === 'price');
  const { free = [], voice, price, ...rest } = wish;
  const text = lines.join('\n');
  const left = heldIn(await turn.parse(text, wish.language)).filter((held) =>
    taken.some((one) => isSameHeld(one, held)),
  );
  const spokenStill = text === wish.text ? voice : withoutVector(voice);
  const nowFree = [...free, ...left];
  return {
    ...rest,
    text,
    ...(spokenStill && { voice: spokenStill }),
    ...(price && !isPriceTaken && { price }),
    ...(nowFree.length > 0 && { free: nowFree }),
  };
}

/** Does a query ask for nothing but what is taken back? */
function saysOnly(query: StructuredQuery, taken: readonly HeldConstraint[]): boolean {
  const held = heldIn(query);
  const { kinds, groups } = query.wanted;
  return (
    held.length > 0 &&
    kinds.length + groups.length === 0 &&
    held.every((one) => taken.some((other) => isSameHeld(one, other)))
  );
}

/** The first page of what is left of a wish, and no question. */
async function shown(turn: Turn, wish: Wish): Promise<FlowResult> {
  const query = await queryOf(turn, wish);
  const { photo, voice } = wish;
  if (wish.text.trim() === '' && !photo) {
    return { outcome: { kind: 'empty', language: turn.language }, state: { ...turn.state, language: turn.language } };
  }
  const ranked = photo
    ? await searchSeenKind(turn.search, query, 0, { photo, voice })
    : await turn.search(query, 0, { voice });
  if (ranked.results.length === 0) return nothingFound(turn, turn.language);
  const quiet: Turn = { ...turn, question: async () => undefined };
  return resultsOf(quiet, { ...wish, language: wish.language }, { query, ranked });
}
