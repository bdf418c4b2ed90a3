import type { Language } from '../domain';

/** How the language of a conversation was settled. */
export interface Speaking {
  /** The channel's, as it was sent last: another one is a choice, made with the page's selector. */
  readonly locale?: Language;
  /** The language was asked for, by words or by the menu: it stays until another is, or is written again and again. */
  readonly chosen?: true;
  /** The language of the last messages where it clearly was another than the chosen one, and how many there were. */
  readonly other?: { readonly language: Language; readonly count: number };
}

/** What a conversation remembers of manners. */
export interface Courtesy {
  /** How the shopper wants to be called. */
  readonly name?: string;
  /** How often each thing was answered: answers vary with it. */
  readonly said?: Readonly<Record<string, number>>;
  /** Insults in a row. */
  readonly insults?: number;
  /** When a question was answered or an order shown, in milliseconds since 1970, where nothing was looked for since. */
  readonly servedAt?: number;
  /** When the shopper was last asked how well they were served, likewise. */
  readonly ratingAskedAt?: number;
}
