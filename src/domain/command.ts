import type { Facet, Removable } from './facet';
import type { Language } from './language';
import type { ParseOptions } from './ports';
import type { Product } from './product';
import type { StructuredQuery } from './query';

/** How a shopper points at products that were shown. */
export type Reference =
  /** "The second": counted from 1; the last is −1. */
  | {
      readonly kind: 'position';
      readonly at: number /** A number alone: it may be a count as well. */;
      readonly bare?: true;
    }
  /** "It", "this one". */
  | { readonly kind: 'pronoun' }
  /** "The other one": not what is talked of. */
  | { readonly kind: 'other' }
  /** "Them", "these": what is talked of, and all that were shown where nothing is. */
  | { readonly kind: 'these' }
  /** "Both", "all of them". */
  | { readonly kind: 'all' }
  /** "The cheapest". */
  | { readonly kind: 'most'; readonly by: 'cheapest' | 'mostExpensive' | 'bestRated' }
  /** "That red one". */
  | { readonly kind: 'described'; readonly words: string }
  /** "The photo I sent". */
  | { readonly kind: 'photo' };

/** What can be asked for in words about products that were shown, the basket and the conversation's course. */
export const COMMAND_ACTIONS = [
  'join',
  'pair',
  'unpair',
  'likes',
  'unlike',
  'compare',
  'checkout',
  'empty',
  'remove',
  'quantity',
  'basket',
  'add',
  'reviews',
  'stock',
  'sizes',
  'colors',
  'material',
  'substitutes',
  'similar',
  'like',
  'goesWith',
  'details',
  'undo',
  /** Something that was said of a search holds no longer: `facets`, or what `change` names. */
  'takeBack',
  /** What was asked, or each of `facets`, doesn't matter. */
  'noPreference',
  'alertStock',
  'alertPrice',
  'alerts',
  'unsubscribe',
  'unsubscribeAll',
  'select',
] as const;
export type CommandAction = (typeof COMMAND_ACTIONS)[number];

/** Commands that ask for one thing about a product. */
export const PRODUCT_QUESTIONS = ['reviews', 'stock', 'sizes', 'colors', 'material'] as const;
export type ProductQuestion = (typeof PRODUCT_QUESTIONS)[number];

/** A wish that names what is to be done, as it was said. */
export interface Command {
  readonly action: CommandAction;
  readonly language: Language;
  /** Empty where nothing was pointed at. */
  readonly references: readonly Reference[];
  /** How many pieces; missing where it wasn't said. */
  readonly quantity?: number;
  /** "One more": the quantity is on top of how many there are. */
  readonly again?: true;
  /** "M", "blue": words for the variant that is meant. */
  readonly variant?: string;
  /** What is pointed at was told by what it is like ("the blue one"): that may be wanted of others, too. */
  readonly byLooks?: true;
  /** The pairing code of another device, as it was written. */
  readonly code?: string;
  /** "In green", "cheaper": words for what should be otherwise than with what was pointed at, or for what is taken back. */
  readonly change?: string;
  /** What is named by its sort: "the colour". */
  readonly facets?: readonly (Facet | Removable)[];
  /** "30 €": words for an amount, digits among them. */
  readonly amount?: string;
}

/** What a text points at and counts somewhere within it. */
export interface Mentioned extends Pick<Command, 'references' | 'quantity' | 'again'> {
  /** Its numbers, in words or digits, but for those that say a place. */
  readonly numbers: readonly number[];
}

/** Recognises commands in any language; a wish to find something is none. */
export interface CommandRecogniser {
  recognise(text: string, hint: Language): Command | undefined;
  /** What a text points at somewhere within it, and how many pieces it says, in a language's words. */
  mentions(text: string, language: Language): Mentioned;
  /**
   * A text without a language's words for the basket, which may name goods, too: "put it into my bag".
   *
   * @param isNew says a word that something is new: "a bag" is another than the shop's own
   */
  withoutBasket(text: string, language: Language, isNew: (word: string) => boolean): string;
}

/** What was pointed at. */
export type Resolved =
  | { readonly kind: 'found'; readonly products: readonly Product[] }
  /** Several may be meant. */
  | { readonly kind: 'unclear'; readonly among: readonly Product[] }
  /** Fewer were shown. */
  | { readonly kind: 'beyond'; readonly shown: number }
  /** Nothing that was shown is like that. */
  | { readonly kind: 'unknown' };

/** What references are resolved against. */
export interface Pointed {
  /** In the order in which they were shown. */
  readonly shown: readonly Product[];
  /** What "it" is. */
  readonly focus?: Product | undefined;
}

/** Finds what shoppers point at, among products that they saw. */
export interface ReferenceResolver {
  /**
   * Without references what is talked of is meant: the focus, or the only product that was shown.
   *
   * @param options as for parsing the words that describe
   */
  resolve(references: readonly Reference[], pointed: Pointed, options: ParseOptions): Resolved;
  /** Which of some products have all attributes that a query wants, and none that it doesn't, whatever its other words say. */
  fitting(query: StructuredQuery, among: readonly Product[]): readonly Product[];
  /** The variants that have the size or the colour which words name ("in M", "azul"); none where they name neither. */
  pick(words: string, variants: readonly Product[], language: Language): readonly Product[];
}
