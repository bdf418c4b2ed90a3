import { type FlowResult, spoken, type Turn } from '../src/dialog';
import { type Language, NO_ATTRIBUTES, type StructuredQuery, usedUp } from '../src/domain';
import { agreed } from './cheaper';
import { asksFor, refines, withoutVector } from './refine';

/** Words of an earlier wish that are looked through for what is said anew; the rest of a longer one stays as it is. */
const MOST_WORDS = 24;
/** Words that name one thing together, at most: "for less than 50 euros". */
const LONGEST_NAME = 6;

/**
 * The last search by words, where this message only says what the thing should be like: "in black", "cheaper", "no leather",
 * "under 30". What was said earlier holds until it is said anew. Undefined for other words, and where there was no search.
 */
export async function refineByWords(turn: Turn, query: StructuredQuery): Promise<FlowResult | undefined> {
  const { message, state, parse, search } = turn;
  const last = state.lastSearch;
  if (!last || last.photo || last.text.trim() === '' || !refines(query)) return undefined;
  const asked = new Set(asksFor(query));
  // "Cheaper" is below what was said of the price, if anything was.
  if (query.cheaper && query.price === undefined) asked.delete('price');
  const lines: string[] = [];
  for (const line of last.text.split('\n')) {
    const known = await parse(line, last.language);
    // "No leather", then "no canvas": neither.
    const adds = excludes(known) && excludes(query);
    const left = adds ? line.trim() : await withoutNames(turn, known, asked);
    if (left !== '' && left !== message.text.trim()) lines.push(left);
  }
  const text = [...lines, message.text.trim()].join('\n');
  const whole = await parse(text, last.language);
  const understood = asksFor(whole);
  // Words of another language that are lost beside the earlier ones: it is better to look for them alone.
  if ([...asksFor(query)].some((name) => !understood.has(name))) return undefined;
  const voice = withoutVector(spoken(turn) ?? last.voice);
  const price = asked.has('price') ? undefined : last.price;
  const ranked = await search(agreed(whole, price), 0, { voice });
  const { language } = whole;
  // The earlier wish stays what is talked of.
  if (ranked.results.length === 0) return { outcome: { kind: 'nothing', language }, state: { ...state, language } };
  const found = { text, language, shown: usedUp(ranked), ...(voice && { voice }), ...(price && { price }) };
  return {
    outcome: { kind: 'results', language, ranked, continued: false },
    state: { ...state, language, lastSearch: found },
  };
}

/** Says what is not wanted, and nothing else. */
function excludes({ wanted, ...query }: StructuredQuery): boolean {
  return refines({ ...query, wanted }) && asksFor({ ...query, unwanted: NO_ATTRIBUTES, wanted }).size === 0;
}

/** A text without the words that name nothing but some of what is asked anew. */
async function withoutNames(
  { parse }: Pick<Turn, 'parse'>,
  known: StructuredQuery,
  asked: ReadonlySet<string>,
): Promise<string> {
  const { text, language } = known;
  // Whole: of "no leather" nothing may stay behind.
  if (refines(known) && [...asksFor(known)].every((name) => asked.has(name))) return '';
  const words = wordsOf(text, language);
  if (words.length > MOST_WORDS) return text.trim();
  for (let length = 1; length <= Math.min(LONGEST_NAME, words.length); length++) {
    for (let start = 0; start + length <= words.length; ) {
      const said = words.slice(start, start + length).join('');
      const names = [...asksFor(await parse(said, language))];
      if (names.length > 0 && names.every((name) => asked.has(name))) words.splice(start, length);
      else start += 1;
    }
  }
  return words.join('').replace(/\s+/g, ' ').trim();
}

/** Words with what stands between them; joined they are the text. */
function wordsOf(text: string, language: Language): string[] {
  const parts = new Intl.Segmenter(language, { granularity: 'word' }).segment(text);
  return [...parts].map(({ segment }) => segment);
}
