import { LANGUAGES, LATIN, type ParseOptions, type QueryParser, type Sort, type StructuredQuery } from '../domain';
import { type AttributeSets, addConcept, emptySets, freeze } from './attributes';
import { findBrands } from './brands';
import { detectLanguage } from './detect';
import { cleanText } from './fold';
import { kindsByHead } from './heads';
import type { Concept, Lexicon, Lexicons } from './lexicon';
import { type Match, matchConcepts } from './matcher';
import { findMixedPrice } from './prices';
import { findSizes } from './sizes';
import { type Unit, units } from './units';

/** Longest text that is understood, in UTF-16 units; more is cut off. */
export const LONGEST_QUERY = 4_000;

/** Rule-based understanding over the lexicons of `locales/`. */
export class LexiconParser implements QueryParser {
  /** @param rates shop-currency units per unit of another currency, for prices said in that one */
  constructor(
    private readonly lexicons: Lexicons,
    private readonly rates: Readonly<Record<string, number>>,
  ) {}

  parse(text: string, options: ParseOptions): StructuredQuery {
    const clean = cleanText(text, LONGEST_QUERY);
    const language = detectLanguage(clean, this.lexicons, options.language);
    const lexicon = this.lexicons.byLanguage[language];
    const others = LANGUAGES.filter((each) => each !== language).map((each) => this.lexicons.byLanguage[each].file);
    const price = findMixedPrice(clean, lexicon.file, others, options.currency, this.rates);
    const cut = units(blank(clean, price?.spans ?? []));
    const brands = findBrands(cut, options.brands);
    const sizes = findSizes(cut, lexicon, brands.used);
    const taken = (index: number) => brands.used.has(index) || sizes.used.has(index);
    const matches = this.matchAround(cut, taken, lexicon, options);

    const wanted = emptySets();
    const unwanted = emptySets();
    for (const brand of brands.names) (brands.negated(brand, matches) ? unwanted : wanted).brands.add(brand);
    for (const size of sizes.sizes) wanted.sizes.add(size);
    const meaning = readMatches(matches, wanted, unwanted, (from, to) => endsClause(clean, cut, from, to));
    if (cut.some(({ folded }) => lexicon.another.has(folded))) wanted.conditions.delete('new');
    const kinds = kindsByHead(
      matches.filter((match) => !meaning.negated.has(match)),
      cut,
      language,
    );
    wanted.kinds = new Set(kinds);
    const [kind] = kinds;
    const guessed =
      kind !== undefined && matches.filter((match) => names(match, kind)).every(({ corrected }) => corrected);
    return {
      text,
      language,
      wanted: freeze(wanted),
      unwanted: freeze(unwanted),
      ...(price && { price: price.range }),
      inStockOnly: meaning.flags.has('inStock'),
      onSaleOnly: meaning.flags.has('onSale'),
      ...(meaning.flags.has('cheaper') && { cheaper: true as const }),
      sort: meaning.sort,
      keywords: surfaces(cut, matches, (match) => !meaning.negated.has(match) && match.concepts.every(isAttribute)),
      // A corrected word stays: it may be a word that the lexicon lacks and the catalogue has.
      freeText: surfaces(cut, matches, (match) => match.concepts.length === 0 || match.corrected),
      ...(guessed && { guessedKind: true }),
    };
  }

  /** Brands and sizes are taken out first, so that they neither join nor hide a phrase. */
  private matchAround(
    cut: readonly Unit[],
    taken: (index: number) => boolean,
    lexicon: Lexicon,
    options: ParseOptions,
  ): Match[] {
    const others = LATIN.filter((language) => language !== lexicon.language).map(
      (language) => this.lexicons.byLanguage[language],
    );
    const found: Match[] = [];
    let start = 0;
    const flush = (end: number) => {
      if (end <= start) return;
      const run = matchConcepts(cut.slice(start, end), lexicon, {
        others,
        correct: true,
        ...(options.isKnownWord && { isKnownWord: options.isKnownWord }),
      });
      for (const match of run) found.push({ ...match, from: match.from + start, to: match.to + start });
    };
    cut.forEach((_, index) => {
      if (!taken(index)) return;
      flush(index);
      start = index + 1;
    });
    flush(cut.length);
    return found;
  }
}

function blank(text: string, spans: readonly (readonly [number, number])[]): string {
  let out = text;
  for (const [start, end] of spans) out = out.slice(0, start) + ' '.repeat(end - start) + out.slice(end);
  return out;
}

interface Meaning {
  readonly sort: Sort;
  readonly flags: ReadonlySet<string>;
  readonly negated: ReadonlySet<Match>;
}

const names = ({ concepts }: Match, kind: string) =>
  concepts.some((concept) => concept.type === 'kind' && concept.id === kind);

const isAttribute = (concept: Concept) => addConcept(emptySets(), concept);

function readMatches(
  matches: readonly Match[],
  wanted: AttributeSets,
  unwanted: AttributeSets,
  isApart: (one: Match, other: Match) => boolean,
): Meaning {
  let sort: Sort = 'relevance';
  const flags = new Set<string>();
  const negated = negatedMatches(matches, isApart);
  for (const match of matches) {
    const target = negated.has(match) ? unwanted : wanted;
    for (const concept of match.concepts) {
      if (concept.type === 'sort') sort = concept.id as Sort;
      else if (concept.type === 'flag') flags.add(concept.id);
      else addConcept(target, concept);
    }
  }
  return { sort, flags, negated };
}

/** Does a clause end between two matches, whichever comes first: "not in blue, green rather"? */
function endsClause(text: string, cut: readonly Unit[], one: Match, other: Match): boolean {
  const [first, second] = one.from < other.from ? [one, other] : [other, one];
  return /[,;.!?，；。！？、]/.test(text.slice(cut[first.to - 1]?.end, cut[second.from]?.start));
}

/** "No leather or suede": the negation reaches over function words to neighbouring attributes until another word. */
function negatedMatches(matches: readonly Match[], isApart: (one: Match, other: Match) => boolean): Set<Match> {
  const negated = new Set<Match>();
  matches.forEach((match, index) => {
    const says = (type: Concept['type']) => match.concepts.some((concept) => concept.type === type);
    // "Nicht rot", "rot nicht": what follows is meant rather than what stands before.
    const [before, after] = [says('negation'), says('negationAfter')];
    const isEither = before && after;
    const ahead = before ? reachedFrom(matches, index, 1, isEither ? isApart : () => false) : [];
    const looksBack = after && (!before || (ahead.length === 0 && endsIn(matches, index, isApart)));
    const reached = looksBack ? reachedFrom(matches, index, -1, () => false) : ahead;
    for (const each of reached) negated.add(each);
  });
  return negated;
}

/** Does nothing but function words follow in the same clause? */
function endsIn(matches: readonly Match[], index: number, isApart: (one: Match, other: Match) => boolean): boolean {
  for (let i = index; ; i++) {
    const [here, next] = [matches[i], matches[i + 1]];
    if (!here || !next || isApart(here, next)) return true;
    if (!next.concepts.some(({ type }) => type === 'stop')) return false;
  }
}

/** The attributes of one sort beside a negation, over function words. */
function reachedFrom(
  matches: readonly Match[],
  index: number,
  step: number,
  isApart: (one: Match, other: Match) => boolean,
): Match[] {
  const reached: Match[] = [];
  let found: string | undefined;
  for (let i = index + step; i >= 0 && i < matches.length; i += step) {
    const [other, previous] = [matches[i], matches[i - step]];
    if (!other || (found === undefined && previous && isApart(previous, other))) break;
    const attribute = other.concepts.find(isAttribute);
    if (attribute) {
      // A negation holds for attributes of one sort: "no leather bags" minds the leather, not the bags.
      if (found !== undefined && found !== attribute.type) break;
      found = attribute.type;
      reached.push(other);
    } else if (!other.concepts.some((concept) => concept.type === 'stop')) break;
  }
  return reached;
}

/** The words of the matches that are kept; neighbouring Chinese and Japanese characters stay together. */
function surfaces(cut: readonly Unit[], matches: readonly Match[], keep: (match: Match) => boolean): string {
  let out = '';
  let end = -1;
  let last = -1;
  for (const match of matches) {
    if (!keep(match)) continue;
    for (let index = Math.max(match.from, last + 1); index < match.to; index++) {
      const unit = cut[index];
      if (!unit) continue;
      const touches = unit.cjk && unit.start === end;
      out += (out && !touches ? ' ' : '') + unit.surface;
      end = unit.end;
      last = index;
    }
  }
  return out;
}
