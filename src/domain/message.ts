import type { FacetQuestion } from './facet';
import type { Language } from './language';
import type { MediaSource } from './media';
import type { Money } from './money';

/** A shopper's message, the same whichever channel brought it. */
export interface IncomingMessage {
  /** The channel's id of the message, where it has one. */
  readonly id?: string;
  /** Bot Framework channel id: `directline`, `msteams` … */
  readonly channel: string;
  readonly conversationId: string;
  readonly userId: string;
  /** The shopper's name, where the channel tells one that is no id. */
  readonly name?: string;
  /** What was written; empty when the message only opens the conversation or only carries attachments. */
  readonly text: string;
  /** The channel's locale for the shopper (BCP 47), where it sends one. */
  readonly locale?: string;
  readonly kind: 'message' | 'opened';
  /** True when the message carries a file that Vitrine can't use yet. */
  readonly hasAttachments: boolean;
  /** Photos of the message, in order; several of them are one query. */
  readonly photos?: readonly MediaSource[];
  /** Voice notes of the message, in order: what is heard in them is said with its words. */
  readonly voices?: readonly MediaSource[];
  /** Set when a button of a product card was tapped. */
  readonly action?: CardAction;
}

/** What can be done with a product card; `unlike` takes a like back where a card shows that it was given. */
export const CARD_ACTIONS = [
  'similar',
  'details',
  'like',
  'unlike',
  'goesWith',
  'basketAdd',
  'basketRemove',
  'alertStock',
  'alertKeep',
  'alertStop',
] as const;

export interface CardAction {
  readonly name: (typeof CARD_ACTIONS)[number];
  readonly productId: string;
}

/** How much each modality counted, the most first: in one line, and one by one. */
export interface CountedShares {
  /** "What counted". */
  readonly title: string;
  /** "counted: your photo 62%, your words 38%". */
  readonly text: string;
  /** `share` is above 0 and at most 1; all together they are 1. `text` is "62%". */
  readonly parts: readonly { readonly label: string; readonly share: number; readonly text: string }[];
}

/** A picture of a gallery: its address, relative to the server's public address, and what a screen reader says for it. */
export interface CardPicture {
  readonly path: string;
  readonly text: string;
}

/** A product as a channel-neutral card; all texts are final and in the shopper's language. */
export interface ProductCard {
  readonly productId: string;
  readonly title: string;
  /** Address of the picture, relative to the server's public address. */
  readonly imagePath?: string;
  /** What a screen reader says for the picture. */
  readonly imageText: string;
  /** All its pictures, the one above first, where there are several to look through. */
  readonly pictures?: readonly CardPicture[];
  readonly price: string;
  /** The price before the reduction, where there is one. */
  readonly priceBefore?: string;
  /** Missing when nobody has rated the product; `text` is "4.6 ★ (212)". */
  readonly rating?: { readonly value: number; readonly count?: number; readonly text: string };
  /** "Sold out", "Only 3 left"; missing when there is nothing to say. */
  readonly stock?: { readonly state: 'out' | 'few'; readonly text: string };
  /** "Sponsored", where the place was paid for. */
  readonly sponsored?: string;
  /** Why it is here, one short line; may be empty. */
  readonly why: string;
  /** How much each modality of the query counted, where several did. */
  readonly counted?: CountedShares;
  readonly link?: { readonly label: string; readonly url: string };
  readonly actions: readonly { readonly name: CardAction['name']; readonly label: string }[];
  /** The heart, where there is one: what giving and taking back a like is called, and whether it was given. */
  readonly like?: { readonly label: string; readonly undo: string; readonly given: boolean };
}

export interface Suggestion {
  readonly title: string;
  /** What is sent when it is tapped. */
  readonly value: string;
  /** What a screen reader says in place of the title, where that is short or has a sign in it. */
  readonly label?: string;
}

/** A comparison: products side by side. Texts are final and in the shopper's language. */
export interface ComparisonTable {
  readonly caption: string;
  /** What the products are called. */
  readonly columns: readonly string[];
  /** A cell a column; `differs` where they are not all the same. */
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[]; readonly differs: boolean }[];
  /** What says of a row that it differs, for who doesn't see the mark. */
  readonly differs: string;
}

/** A pairing code to be shown; texts are final and in the shopper's language. */
export interface PairingCard {
  readonly code: string;
  /** What the picture of the code is for. */
  readonly caption: string;
  /** What a screen reader says for the picture. */
  readonly alt: string;
}

/** One answer; channels turn it into what they can show. */
export interface Reply {
  readonly language: Language;
  readonly text: string;
  readonly cards: readonly ProductCard[];
  readonly suggestions: readonly Suggestion[];
  /** Files that an agent sent, of the attachment store. */
  readonly files?: readonly { readonly attachmentId: string; readonly contentType: string; readonly name: string }[];
  /** What was heard in the shopper's voice notes, and whether the recogniser was sure; the text says it, too. */
  readonly heard?: { readonly text: string; readonly sure: boolean };
  readonly table?: ComparisonTable;
  /** What the text asks beside the cards; its answers are among the suggestions. */
  readonly question?: FacetQuestion;
  /** Where to go on: an address with what stands on its button, and what is said beside it. */
  readonly link?: { readonly title: string; readonly text: string; readonly label: string; readonly url: string };
  /** A code that leads another device to the shopper's basket, and what is said beside its picture. */
  readonly pairing?: PairingCard;
  /** How many pieces the shopper's basket holds now. */
  readonly basket?: { readonly count: number };
  /** That a product's heart is given or taken back now; without a product, all are. */
  readonly heart?: { readonly productId?: string; readonly given: boolean };
  /** The shop remembers the shopper from now on, or no longer. */
  readonly remembers?: boolean;
}

/** Formats for a person, by the `Intl` rules of a language. */
export interface Formats {
  money(amount: Money): string;
  number(value: number): string;
}
