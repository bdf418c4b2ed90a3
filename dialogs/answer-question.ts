import type { FlowResult, Turn } from '../src/dialog';
import { type Facet, type FacetQuestion, NO_ATTRIBUTES, type StructuredQuery, wantedOf } from '../src/domain';
import { refineByPhoto } from './photo-search';
import { asksFor, refines } from './refine';
import { refineByWords } from './refine-words';
import { wishOf } from './results';

/** How many words on a kind may be that a value is said of: "red leather shoes", "黑色的鞋". */
const FOLLOWING = 2;
/** Letters; more say what else is wanted. */
const LONGEST_DESCRIPTION = 20;
const SAID: readonly Exclude<Facet, 'price' | 'kind'>[] = ['audience', 'color', 'material', 'pattern', 'size', 'brand'];

/**
 * The last search with the answer to the question that was asked beside it: "white, to match my desk", "he's a 41", "the
 * computer sort". Undefined where nothing was asked, and for what ordinary refining or another wish is.
 */
export async function answerQuestion(turn: Turn, query: StructuredQuery): Promise<FlowResult | undefined> {
  const { asked, state, parse } = turn;
  const wish = wishOf(state);
  if (asked?.about !== 'facet' || !wish || refines(query)) return undefined;
  const { facet, values } = asked;
  const kinds = facet === 'kind' ? kindsNamed(query, values) : [];
  const before = await parse(wish.text, wish.language);
  // Another kind than what is talked of is another wish ("green shoes"), but not in "green, to match my coat".
  const isOther =
    facet !== 'kind' &&
    query.wanted.kinds.some((kind) => !before.wanted.kinds.includes(kind)) &&
    !(await beginsWith(turn, query, facet));
  const sizes = facet === 'size' ? sizesNamed(query.text, query.language, values) : [];
  const isAnswer = facet === 'kind' ? kinds.length > 0 : sizes.length > 0 || asksFor(query).has(nameOf(facet));
  if (describesKind(query, asked)) return refineByWords(turn, query, true);
  if (isOther || !isAnswer) return undefined;
  const { language } = query;
  const named = [
    ...kinds.map((kind) => turn.say('kind', kind, language)),
    ...SAID.flatMap((each) =>
      [...wantedOf(query, each), ...(each === 'size' ? sizes : [])].map((id) => turn.say(each, id, language)),
    ),
  ];
  // What can't be said in other words is kept as it was said.
  const isPlain = query.price === undefined && asksFor({ ...query, wanted: NO_ATTRIBUTES }).size === 0;
  const said = isPlain || named.length === 0 ? named.join(' ') : query.text;
  const answer = await parse(said === '' ? query.text : said, language);
  return (await refineByPhoto(turn, answer)) ?? (await refineByWords(turn, answer, true));
}

/** Of which kind, in words that name none: "for running". */
function describesKind({ text, wanted, freeText }: StructuredQuery, { facet }: FacetQuestion): boolean {
  const isNamed = wanted.kinds.length + wanted.groups.length > 0;
  return facet === 'kind' && !isNamed && freeText !== '' && text.length <= LONGEST_DESCRIPTION;
}

/** Does a text begin with a value of a facet, and is that not said of something that follows at once? */
async function beginsWith(
  { parse }: Turn,
  { text, language }: StructuredQuery,
  facet: Exclude<Facet, 'kind'>,
): Promise<boolean> {
  const parts = [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)];
  const ends = parts.flatMap(({ isWordLike, index, segment }) => (isWordLike ? [index + segment.length] : []));
  for (const [at, end] of ends.entries()) {
    const said = await parse(text.slice(0, end), language);
    if (said.wanted.kinds.length > 0) return false;
    if (!asksFor(said).has(nameOf(facet))) continue;
    const next = await parse(text.slice(0, ends[at + FOLLOWING] ?? text.length), language);
    return next.wanted.kinds.length === 0;
  }
  return false;
}

/** The kinds that an answer names: one of those that could be answered, else the first. */
function kindsNamed({ wanted }: StructuredQuery, values: readonly string[]): readonly string[] {
  const known = wanted.kinds.filter((kind) => values.includes(kind));
  return (known.length > 0 ? known : wanted.kinds).slice(0, 1);
}

/** Sizes said without saying that they are one: "41", "an L". */
export function sizesNamed(text: string, language: string, values: readonly string[]): readonly string[] {
  const words = [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].map(({ segment }) => segment);
  const isSize = (word: string) =>
    values.includes(word.toUpperCase()) || /^(?:\d{2,3}|X{0,3}[SL]|M|[2-5]XL)$/.test(word);
  return words
    .filter((word) => isSize(word))
    .map((word) => word.toUpperCase())
    .slice(0, 1);
}

/** What `asksFor` calls a facet. */
function nameOf(facet: Exclude<Facet, 'kind'>): string {
  if (facet === 'audience') return 'genders';
  return facet === 'price' ? facet : `${facet}s`;
}
