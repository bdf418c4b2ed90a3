import type { Question } from '../../../dialog';
import type { Facet, HandoffState, Passage, PhotoSeen, Product, Reply, StructuredQuery } from '../../../domain';
import type { GoalItem } from './script';

/** What a shopper sends. */
export interface ShopperMessage {
  readonly text: string;
  /** A picture file. */
  readonly photo?: Buffer;
  /** A recording. */
  readonly voice?: Buffer;
}

/** What else than a facet the shopper is asked: whether a person is wanted, which order, which of several products … */
export type OtherQuestion = Exclude<Question['about'], 'variant' | 'like' | 'forYou'> | 'consent';

/** How things stand after a turn, beside what the shopper sees: what success is judged by. */
export interface DialogTruth {
  /** The product that was picked: its details were shown, or it was liked. */
  readonly focus?: string | undefined;
  /** What the shopper was asked. */
  readonly asks?: Facet | OtherQuestion | undefined;
  readonly handoff: HandoffState;
  /** What the assistant searched by last. */
  readonly query?: StructuredQuery | undefined;
  readonly seen?: PhotoSeen | undefined;
}

/** One conversation with an assistant. */
export interface DialogSession {
  /** Rejects for faults. */
  say(message: ShopperMessage): Promise<readonly Reply[]>;
  truth(): Promise<DialogTruth>;
}

/** A shop whose assistant is talked to. */
export interface DialogShop {
  /** A new shopper's conversation, opened in a language; `name` is unique. */
  open(name: string, language: Reply['language']): Promise<DialogSession>;
  product(id: string): Product | undefined;
  /** Lexicon id of a product's kind. */
  kindOf(product: Product): string | undefined;
  /** All that the merchant's files say, in the order of files and headings. */
  readonly passages: readonly Passage[];
  /** How the state of an order is named; undefined where there is no such order. */
  orderState(
    order: { readonly number: string; readonly email: string },
    language: Reply['language'],
  ): Promise<string | undefined>;
  /** The lines of a basket that a check-out address pays. */
  paidBy(url: string): readonly { readonly productId: string; readonly quantity: number }[];
  /** A shopper's photo of a product with these attributes, never the shop's own picture. Throws EVALUATION_INVALID where there is none. */
  photoOf(attributes: Omit<GoalItem, 'maxPrice'>, seed: string): Promise<Buffer>;
  /** The words spoken; undefined where they can't be on this machine, or in this language. */
  spoken(words: string, language: Reply['language']): Promise<Buffer | undefined>;
}
