import type { Language } from './language';
import type { Money } from './money';

/** A shopper's message, the same whichever channel brought it. */
export interface IncomingMessage {
  /** Bot Framework channel id: `directline`, `msteams` … */
  readonly channel: string;
  readonly conversationId: string;
  readonly userId: string;
  /** What was written; empty when the message only opens the conversation or only carries attachments. */
  readonly text: string;
  /** The channel's locale for the shopper (BCP 47), where it sends one. */
  readonly locale?: string;
  readonly kind: 'message' | 'opened';
  /** True when the message carries a file that Vitrine can't use yet. */
  readonly hasAttachments: boolean;
}

/** A product as a channel-neutral card; all texts are final and in the shopper's language. */
export interface ProductCard {
  readonly productId: string;
  readonly title: string;
  /** Address of the picture, relative to the server's public address. */
  readonly imagePath?: string;
  /** What a screen reader says for the picture. */
  readonly imageText: string;
  readonly price: string;
  /** The price before the reduction, where there is one. */
  readonly priceBefore?: string;
  /** "4.6 ★ (212)"; empty when nobody has rated the product. */
  readonly rating: string;
  /** "Sold out", "Only 3 left"; empty when there is nothing to say. */
  readonly stock: string;
  /** Why it is here, one short line. */
  readonly why: string;
  readonly link?: { readonly label: string; readonly url: string };
}

export interface Suggestion {
  readonly title: string;
  /** What is sent when it is tapped. */
  readonly value: string;
}

/** One answer; channels turn it into what they can show. */
export interface Reply {
  readonly language: Language;
  readonly text: string;
  readonly cards: readonly ProductCard[];
  readonly suggestions: readonly Suggestion[];
}

/** Formats for a person, by the `Intl` rules of a language. */
export interface Formats {
  money(amount: Money): string;
  number(value: number): string;
}
