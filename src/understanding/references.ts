import {
  type Attributes,
  type AttributeTagger,
  currentPrice,
  type Language,
  type ParseOptions,
  type Pointed,
  type Product,
  type QueryParser,
  type Reference,
  type ReferenceResolver,
  type Resolved,
  type StructuredQuery,
  textIn,
} from '../domain';
import { cleanText, fold } from './fold';
import type { Lexicons } from './lexicon';
import { matchConcepts } from './matcher';
import { LETTER_SIZE } from './sizes';
import { units } from './units';

/** Longest text in which a size or a colour is looked for. */
const LONGEST = 200;

/** Finds products by their place, by what is said of them, and by what is talked of. */
export class LexiconReferences implements ReferenceResolver {
  constructor(
    private readonly lexicons: Lexicons,
    private readonly parser: QueryParser,
    private readonly tagger: AttributeTagger,
  ) {}

  resolve(references: readonly Reference[], pointed: Pointed, options: ParseOptions): Resolved {
    if (references.length === 0) return talkedOf(pointed);
    const found = new Map<string, Product>();
    for (const reference of references) {
      const resolved = this.one(reference, pointed, options);
      if (resolved.kind !== 'found') return resolved;
      for (const product of resolved.products) found.set(product.id, product);
    }
    return { kind: 'found', products: [...found.values()] };
  }

  fitting(query: StructuredQuery, among: readonly Product[]): readonly Product[] {
    const bare = { ...query, freeText: '' };
    return among.filter((product) => fits(product, this.tagger.tag(product), bare));
  }

  pick(words: string, variants: readonly Product[], language: Language): readonly Product[] {
    const text = cleanText(words, LONGEST);
    // "I'm", "it's": no sizes.
    const cut = units(text).filter(({ start }) => !/['’]/.test(text[start - 1] ?? ''));
    const matches = matchConcepts(cut, this.lexicons.byLanguage[language], { correct: false });
    const named = (type: 'size' | 'color') =>
      new Set(matches.flatMap(({ concepts }) => concepts.filter((each) => each.type === type).map(({ id }) => id)));
    const [sizes, colors] = [named('size'), named('color')];
    const said = (value: string | undefined) => {
      const parts = units(value ?? '').map(({ folded }) => folded);
      return parts.length > 0 && cut.some((_, at) => parts.every((part, index) => cut[at + index]?.folded === part));
    };
    const hasSize = ({ size }: Product) => said(size) || (size !== undefined && sizes.has(size.toUpperCase()));
    const hasColor = (product: Product) =>
      said(product.color) || this.tagger.tag(product).colors.some((color) => colors.has(color));
    const [bySize, byColor] = [variants.filter(hasSize), variants.filter(hasColor)];
    // A word that no variant answers to rules all out: "in M, blue" is not any blue one.
    const namesSize = sizes.size > 0 || cut.some(({ folded }) => LETTER_SIZE.test(folded));
    if (namesSize && bySize.length === 0) return [];
    if (colors.size > 0 && byColor.length === 0) return [];
    if (bySize.length === 0) return byColor;
    return byColor.length === 0 ? bySize : bySize.filter((variant) => byColor.includes(variant));
  }

  private one(reference: Reference, pointed: Pointed, options: ParseOptions): Resolved {
    const { shown } = pointed;
    switch (reference.kind) {
      case 'position': {
        // Counted from 1, or from the end: there is no number 0.
        const product = reference.at === 0 ? undefined : shown.at(reference.at > 0 ? reference.at - 1 : reference.at);
        return product ? { kind: 'found', products: [product] } : { kind: 'beyond', shown: shown.length };
      }
      case 'pronoun':
        return talkedOf(pointed);
      case 'other':
        return otherThan(pointed);
      case 'photo':
        return { kind: 'unknown' };
      case 'these':
        if (pointed.focus) return { kind: 'found', products: [pointed.focus] };
        return shown.length > 0 ? { kind: 'found', products: shown } : { kind: 'unknown' };
      case 'all':
        return shown.length > 0 ? { kind: 'found', products: shown } : { kind: 'unknown' };
      case 'most': {
        const most = superlative(shown, reference.by);
        return most ? { kind: 'found', products: [most] } : { kind: 'unknown' };
      }
      case 'described':
        return this.described(reference.words, pointed, options);
    }
  }

  private described(words: string, { shown, focus }: Pointed, options: ParseOptions): Resolved {
    const query = this.parser.parse(words, options);
    const fitting = shown.filter((product) => fits(product, this.tagger.tag(product), query));
    const [only, ...others] = fitting;
    if (!only) return { kind: 'unknown' };
    if (others.length === 0) return { kind: 'found', products: [only] };
    const talked = fitting.find(({ id }) => id === focus?.id);
    return talked ? { kind: 'found', products: [talked] } : { kind: 'unclear', among: fitting };
  }
}

function talkedOf({ shown, focus }: Pointed): Resolved {
  const [only, ...others] = shown;
  if (focus) return { kind: 'found', products: [focus] };
  if (!only) return { kind: 'unknown' };
  return others.length === 0 ? { kind: 'found', products: [only] } : { kind: 'unclear', among: shown };
}

/** What was shown beside what is talked of. */
function otherThan({ shown, focus }: Pointed): Resolved {
  const others = focus ? shown.filter(({ id }) => id !== focus.id) : shown;
  const [only, ...more] = others;
  if (!only) return { kind: 'unknown' };
  return more.length === 0 ? { kind: 'found', products: [only] } : { kind: 'unclear', among: others };
}

function superlative(shown: readonly Product[], by: 'cheapest' | 'mostExpensive' | 'bestRated'): Product | undefined {
  const measure = (product: Product): number | undefined => {
    if (by === 'bestRated') return product.rating;
    const price = currentPrice(product)?.minor;
    return by === 'cheapest' && price !== undefined ? -price : price;
  };
  return shown.reduce<Product | undefined>((best, product) => {
    const value = measure(product);
    if (value === undefined) return best;
    const before = best && measure(best);
    return before === undefined || value > before ? product : best;
  }, undefined);
}

/** Has a product all that words say of it? */
function fits(product: Product, has: Attributes, { wanted, unwanted, freeText, language }: StructuredQuery): boolean {
  const some = <T>(asked: readonly T[], own: readonly T[]) =>
    asked.length === 0 || asked.some((id) => own.includes(id));
  const lists = ['groups', 'colors', 'materials', 'patterns', 'sizes', 'brands', 'genders', 'conditions'] as const;
  // The first kind is what is meant; others only describe it.
  const kinds = wanted.kinds.slice(0, 1);
  const title = units(textIn(product, language).title).map(({ folded }) => folded);
  const words = units(freeText).map(({ surface }) => fold(surface));
  const says = kinds.length + words.length + lists.reduce((sum, name) => sum + wanted[name].length, 0);
  return (
    (says > 0 || wanted.kids) &&
    some(kinds, has.kinds) &&
    lists.every((name) => some<string>(wanted[name], has[name])) &&
    (!wanted.kids || has.kids) &&
    !unwanted.colors.some((color) => has.colors.includes(color)) &&
    words.every((word) => title.includes(word))
  );
}
