import { type Flow, type FlowResult, spoken, type Turn } from '../src/dialog';
import type { StructuredQuery } from '../src/domain';
import { answerQuestion } from './answer-question';
import { withoutAsides } from './asides';
import { refineByPhoto } from './photo-search';
import { namesKind } from './refine';
import { refineByWords } from './refine-words';
import { nothingFound, resultsOf } from './results';
import { changeOf } from './vary';

/** A size is said in few words. */
const LONGEST_SIZE = 30;
/** Numbers further from all sizes that were shown are none. */
const NEAR = 10;

/** Everything that is not another flow's is a wish: search for it and show the best. */
export const find: Flow = {
  id: 'find',
  handles: () => true,
  run: async (turn) => {
    const { message, language, parse, search } = turn;
    const query = await parse(message.text, language);
    const isWords = turn.photo === undefined;
    const refined = isWords ? ((await answerQuestion(turn, query)) ?? (await refine(turn, query))) : undefined;
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

async function refine(turn: Turn, query: StructuredQuery): Promise<FlowResult | undefined> {
  const meant = await withoutAsides(turn, await withSize(turn, query));
  return (await refineByPhoto(turn, meant)) ?? (await refineByWords(turn, meant));
}

/** "Hab eher L": a size that little is said beside, where what was shown comes in such sizes. */
async function withSize(turn: Turn, query: StructuredQuery): Promise<StructuredQuery> {
  if (namesKind(query) || query.freeText.trim() === '' || query.text.length > LONGEST_SIZE) return query;
  const known = turn.shown().flatMap((product) => turn.variants(product).flatMap(({ size }) => size ?? []));
  const meant = await changeOf(turn, turn.shown(), query.text);
  const isLike = (size: string) =>
    known.some((other) => (/\d/.test(size) ? Math.abs(Number(size) - Number(other)) <= NEAR : /^[SMLX]+$/.test(other)));
  return meant.wanted.sizes.some(isLike) ? meant : query;
}
