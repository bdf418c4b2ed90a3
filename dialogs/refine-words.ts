import { type FlowResult, spoken, type Turn } from '../src/dialog';
import { freed, type Language, NO_ATTRIBUTES, type StructuredQuery } from '../src/domain';
import { agreed } from './cheaper';
import { asksFor, refines, stillFree, withoutVector } from './refine';
import { nothingFound, resultsOf, wishOf } from './results';

/** Words of an earlier wish that are looked through for what is said anew; the rest of a longer one stays as it is. */
const MOST_WORDS = 24;
/** Words that name one thing together, at most: "for less than 50 euros". */
const LONGEST_NAME = 6;

/**
 * The last search by words, where these only say what the thing should be like: "in black", "cheaper", "no leather",
 * "under 30". What was said earlier holds until it is said anew. Undefined for other words, and where there was no search.
 *
 * @param query what the words ask for; they are the message's where they aren't given
 * @param namesKind of what was searched the shopper was asked the kind, which they may name
 */
export async function refineByWords(
  turn: Turn,
  query: StructuredQuery,
  namesKind = false,
): Promise<FlowResult | undefined> {
  const { state, parse, search } = turn;
  const last = wishOf(state);
  const said = query.text.trim();
  if (!last || last.photo || !(refines(query) || namesKind)) return undefined;
  const asked = new Set(asksFor(query));
  // "Cheaper" is below what was said of the price, if anything was.
  if (query.cheaper && query.price === undefined) asked.delete('price');
  const lines: string[] = [];
  for (const [index, line] of last.text.split('\n').entries()) {
    const known = await parse(line, last.language);
    // What was looked for first is a kind of thing: roses, not pink ones.
    const isKind = index === 0 && known.eitherKind === true;
    const drops = (names: StructuredQuery) => namesOnly(names, asked) && !(isKind && names.eitherKind);
    // "No leather", then "no canvas": neither.
    const adds = excludes(known) && excludes(query);
    const left = adds ? line.trim() : await withoutNames(turn, known, drops);
    if (left !== '' && left !== said) lines.push(left);
  }
  const text = [...lines, said].join('\n');
  const free = stillFree(last.free, query);
  const whole = freed(await parse(text, last.language), free);
  const understood = asksFor(whole);
  // Words of another language that are lost beside the earlier ones: it is better to look for them alone.
  if ([...asksFor(query)].some((name) => !understood.has(name))) return undefined;
  const voice = withoutVector(spoken(turn) ?? last.voice);
  const price = asked.has('price') ? undefined : last.price;
  const held = agreed(whole, price);
  const ranked = await search(held, 0, { voice });
  if (ranked.results.length === 0) return nothingFound(turn, whole.language);
  const { voice: _voice, price: _price, free: _free, ...rest } = last;
  const wish = {
    ...rest,
    ...{ text, language: whole.language },
    ...(voice && { voice }),
    ...(price && { price }),
    ...(free.length > 0 && { free }),
  };
  return resultsOf(turn, wish, { query: held, ranked });
}

/** Says what is not wanted, and nothing else. */
function excludes({ wanted, ...query }: StructuredQuery): boolean {
  return refines({ ...query, wanted }) && asksFor({ ...query, unwanted: NO_ATTRIBUTES, wanted }).size === 0;
}

/** Does a query ask for something, and for nothing but some of what is named? */
export function namesOnly(query: StructuredQuery, names: ReadonlySet<string>): boolean {
  const asked = [...asksFor(query)];
  return asked.length > 0 && asked.every((name) => names.has(name));
}

/** A text without the words of it that ask for nothing but what is dropped. */
export async function withoutNames(
  { parse }: Pick<Turn, 'parse'>,
  known: StructuredQuery,
  drops: (query: StructuredQuery) => boolean,
): Promise<string> {
  const { text, language } = known;
  // Whole: of "no leather" nothing may stay behind.
  if (refines(known) && drops(known)) return '';
  const words = wordsOf(text, language);
  if (words.length > MOST_WORDS) return text.trim();
  for (let length = 1; length <= Math.min(LONGEST_NAME, words.length); length++) {
    for (let start = 0; start + length <= words.length; ) {
      const said = words.slice(start, start + length).join('');
      if (drops(await parse(said, language))) words.splice(start, length);
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
