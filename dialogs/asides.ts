import type { Turn } from '../src/dialog';
import { NO_ATTRIBUTES, type StructuredQuery, textIn } from '../src/domain';
import { asksFor, namesKind } from './refine';
import { type Wish, wishOf } from './results';

/** More words that no attribute explains tell of another wish. */
const MOST_ASIDES = 4;
/** Letters; shorter words that descriptions have say nothing of a thing. */
const SHORTEST_FEATURE = 5;
/** Letters that may follow a word in a title: "kettle", "kettles". */
const LONGEST_ENDING = 2;
const SHORTEST_STEM = 4;
const CLAUSE_ENDS = /[,;.!?，；。！？]+/;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Of what is searched, or seen on a photo, words may say what it should be like with others around them that mean nothing:
 * "any in black, mate", "rot steht mir nicht, lieber blau". The query of such words without the others, but for those that
 * what is searched is described with; the same query for all other words, and where other goods may be named.
 */
export async function withoutAsides(turn: Turn, query: StructuredQuery): Promise<StructuredQuery> {
  const { state, parse } = turn;
  const wish = wishOf(state);
  const said = query.freeText.split(/\s+/).filter(Boolean);
  if (!wish || said.length === 0 || said.length > MOST_ASIDES || namesKind(query) || !saysMore(query, wish))
    return query;
  const before = wish.photo ? undefined : await parse(wish.text, wish.language);
  if (before && before.wanted.kinds.length + before.wanted.groups.length === 0) return query;
  const asides: string[] = [];
  // A misspelt word is kept: it says what was read in it.
  for (const word of said) if (asksFor(await parse(word, query.language)).size === 0) asides.push(word);
  if (asides.length > 0 && ((await isNoun(turn, query, asides)) || (await nameGoods(turn, query, asides))))
    return query;
  const features = before && asides.some(mayBeFeature) ? await featuresOf(turn, query, wish) : new Set<string>();
  const dropped = asides.filter((word) => !features.has(word));
  const text = dropped.reduce(without, await withoutComplaints(turn, query, dropped));
  const left = await parse(text.trim(), query.language);
  return asksFor(left).size > 0 ? { ...left, freeText: '' } : query;
}

/**
 * "Wolle kratzt mich, lieber Baumwolle": a clause with words that mean nothing, which asks for what a later one asks for
 * differently, says what is wrong with what was shown.
 */
async function withoutComplaints(
  { parse }: Turn,
  { text, language }: StructuredQuery,
  asides: readonly string[],
): Promise<string> {
  const clauses = text.split(CLAUSE_ENDS).filter((clause) => clause.trim() !== '');
  const asked = await Promise.all(clauses.map(async (clause) => asksFor(await parse(clause.trim(), language))));
  const kept = clauses.filter((clause, index) => {
    const later = new Set(asked.slice(index + 1).flatMap((names) => [...names]));
    const names = [...(asked[index] ?? [])];
    const complains = names.length > 0 && names.every((name) => later.has(name));
    return !complains || !asides.some((word) => without(clause, word) !== clause);
  });
  return kept.length === clauses.length ? text : kept.join(', ').trim();
}

/** Does a query ask for more than who a thing is for? "For my wife, who loves cooking" is a wish of its own. */
function saysMore(query: StructuredQuery, { photo }: Wish): boolean {
  return [...asksFor(query)].some((name) => name !== 'genders' || photo !== undefined);
}

/** "A white birdcage", "white birdcage": with an article, or with nothing else beside it, a word names goods. */
async function isNoun(
  { parse, isArticle }: Turn,
  { text, language }: StructuredQuery,
  words: readonly string[],
): Promise<boolean> {
  const said = wordsIn(text, language);
  const asks = new Set<string>();
  for (const each of said) if (asksFor(await parse(each, language)).size > 0) asks.add(each);
  const isNamed = words.some((word) => {
    let at = said.indexOf(word) - 1;
    while (asks.has(said[at] ?? '')) at -= 1;
    return isArticle(said[at] ?? '', language);
  });
  if (isNamed) return true;
  const [word = '', ...others] = words;
  if (others.length > 0 || (CJK.test(word) && !mayBeFeature(word)) || CLAUSE_ENDS.test(text)) return false;
  const isAtEnd = text.trim().startsWith(word) || text.trim().endsWith(word);
  const beside = wordsIn(without(text, word), language);
  return isAtEnd && beside.every((each) => asks.has(each));
}

function wordsIn(text: string, language: string): string[] {
  const parts = new Intl.Segmenter(language, { granularity: 'word' }).segment(text);
  return [...parts].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));
}

/** Do titles of the catalogue have some of these words? */
async function nameGoods({ search }: Turn, { language }: StructuredQuery, words: readonly string[]): Promise<boolean> {
  const text = words.join(' ');
  const plain = { text, language, keywords: text, freeText: text, wanted: NO_ATTRIBUTES, unwanted: NO_ATTRIBUTES };
  const query = { ...plain, inStockOnly: false, onSaleOnly: false, sort: 'relevance' } as const;
  const { results } = await search(query, 0, {});
  return results.some(({ product }) => {
    const titles = [textIn(product, language).title, product.title].join(' ').toLowerCase();
    return words.some((word) => isIn(word.toLowerCase(), titles));
  });
}

function isIn(word: string, titles: string): boolean {
  if (CJK.test(word)) return word.length > 1 && titles.includes(word);
  return titles.split(/[^\p{L}\p{M}\p{N}]+/u).some((other) => {
    const [short, long] = word.length < other.length ? [word, other] : [other, word];
    const isForm =
      short.length >= SHORTEST_STEM && long.length - short.length <= LONGEST_ENDING && long.startsWith(short);
    return word === other || isForm;
  });
}

function mayBeFeature(word: string): boolean {
  // Hiragana alone is grammar.
  return CJK.test(word) ? word.length > 1 && !/^\p{Script=Hiragana}+$/u.test(word) : word.length >= SHORTEST_FEATURE;
}

/** Words of the query that are in the texts of what it finds of the kind that was searched. */
async function featuresOf({ parse, search }: Turn, query: StructuredQuery, wish: Wish): Promise<ReadonlySet<string>> {
  const whole = await parse([wish.text, query.text].join('\n'), query.language);
  const { results } = await search(whole, 0, {});
  const found = results.flatMap(({ product, why }) => {
    const { title, description = '' } = textIn(product, query.language);
    const text = `${title} ${description}`.toLowerCase();
    return why.words.filter((word) => mayBeFeature(word) && text.includes(word.toLowerCase()));
  });
  return new Set(found);
}

function without(text: string, word: string): string {
  if (CJK.test(word)) return text.replace(word, ' ');
  const at = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].find(([found]) => found === word)?.index;
  return at === undefined ? text : `${text.slice(0, at)} ${text.slice(at + word.length)}`.replace(/ {2,}/g, ' ');
}
