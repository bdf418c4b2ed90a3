import { LANGUAGES, LATIN, type ParseOptions, type QueryParser, type Sort, type StructuredQuery } from '../domain';
import { findAges } from './ages';
import { type AttributeSets, addConcept, emptySets, freeze, isAttribute, isQuality } from './attributes';
import { findBrands } from './brands';
import { detectLanguage } from './detect';
import { cleanText } from './fold';
import { kindsByHead } from './heads';
import type { Lexicon, Lexicons } from './lexicon';
import { type Match, matchConcepts } from './matcher';
import { negatedMatches } from './negation';
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
    // What was said in several messages is no one clause.
    const clean = cleanText(text.replaceAll('\n', '; '), LONGEST_QUERY);
    const language = detectLanguage(clean, this.lexicons, options.language);
    const lexicon = this.lexicons.byLanguage[language];
    const others = LANGUAGES.filter((each) => each !== language).map((each) => this.lexicons.byLanguage[each].file);
    const price = findMixedPrice(clean, lexicon.file, others, options.currency, this.rates);
    const cut = units(blank(clean, price?.spans ?? []));
    const brands = findBrands(cut, options.brands);
    const ages = findAges(cut, lexicon);
    const sizes = findSizes(cut, lexicon, new Set([...brands.used, ...ages.used]));
    const taken = (index: number) => [brands, sizes, ages].some(({ used }) => used.has(index));
    const matches = this.matchAround(cut, taken, lexicon, options);

    const wanted = emptySets();
    const unwanted = emptySets();
    for (const brand of brands.names) (brands.negated(brand, matches) ? unwanted : wanted).brands.add(brand);
    for (const size of sizes.sizes) wanted.sizes.add(size);
    if (ages.kids) wanted.kids = true;
    const negated = negatedMatches(matches, { text: clean, cut, joining: lexicon.joining });
    const meaning = readMatches(matches, wanted, unwanted, negated);
    if (wanted.conditions.size === 1 && cut.some(({ folded }) => lexicon.another.has(folded)))
      wanted.conditions.delete('new');
    const kinds = kindsByHead(
      matches.filter((match) => !negated.has(match)),
      cut,
      language,
    );
    const sayers = (kind: string) => matches.filter((match) => names(match, kind) && !negated.has(match));
    const isOnly = (kind: string) => sayers(kind).some(({ concepts }) => !concepts.some(isQuality));
    // "Mochila rosa": beside a kind of thing, what may be one or a colour is the colour.
    const sure = kinds.filter(isOnly);
    wanted.kinds = new Set(sure.length > 0 ? sure : kinds);
    const [kind] = wanted.kinds;
    const guessed = kind !== undefined && sayers(kind).every(({ corrected }) => corrected);
    const either = kind !== undefined && sure.length === 0;
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
      keywords: surfaces(cut, matches, (match) => !negated.has(match) && match.concepts.every(isAttribute)),
      // A corrected word stays: it may be a word that the lexicon lacks and the catalogue has.
      freeText: surfaces(cut, matches, (match) => match.concepts.length === 0 || match.corrected),
      ...(guessed && { guessedKind: true }),
      ...(either && { eitherKind: true }),
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
}

const names = ({ concepts }: Match, kind: string) =>
  concepts.some((concept) => concept.type === 'kind' && concept.id === kind);

function readMatches(
  matches: readonly Match[],
  wanted: AttributeSets,
  unwanted: AttributeSets,
  negated: ReadonlySet<Match>,
): Meaning {
  let sort: Sort = 'relevance';
  const flags = new Set<string>();
  for (const match of matches) {
    const target = negated.has(match) ? unwanted : wanted;
    for (const concept of match.concepts) {
      if (concept.type === 'sort') sort = concept.id as Sort;
      else if (concept.type === 'flag') flags.add(concept.id);
      else addConcept(target, concept);
    }
  }
  return { sort, flags };
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
