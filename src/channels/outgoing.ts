import {
  ActionTypes,
  type Activity,
  ActivityTypes,
  type Attachment,
  AttachmentLayoutTypes,
  CardFactory,
  InputHints,
} from 'botbuilder';
import type { ProductCard, Reply } from '../domain';
import { cardEscape } from './escape';

/** How a channel shows a reply. */
export interface OutgoingOptions {
  readonly channelId: string;
  /** The server's public address, without a slash at the end. */
  readonly publicUrl: string;
}

/** The activity that carries a reply: plain text, a carousel of cards, suggested actions. Undefined for an empty reply. */
export function replyActivity(reply: Reply, options: OutgoingOptions): Partial<Activity> | undefined {
  const { text, cards, suggestions, language } = reply;
  if (text === '' && cards.length === 0 && suggestions.length === 0) return undefined;
  return {
    type: ActivityTypes.Message,
    text,
    textFormat: 'plain',
    locale: language,
    inputHint: InputHints.ExpectingInput,
    ...(cards.length > 0 && {
      attachmentLayout: AttachmentLayoutTypes.Carousel,
      attachments: cards.map((card) => cardAttachment(card, options)),
    }),
    ...(suggestions.length > 0 && {
      suggestedActions: {
        to: [],
        actions: suggestions.map(({ title, value }) => ({ type: ActionTypes.ImBack, title, value })),
      },
    }),
  };
}

function cardAttachment(card: ProductCard, options: OutgoingOptions): Attachment {
  const literal = cardEscape(options.channelId);
  const price = card.priceBefore ? `${card.price} (${card.priceBefore})` : card.price;
  const facts = [price, card.rating, card.stock].filter((fact) => fact !== '').join(' · ');
  const link = card.link && isWebAddress(card.link.url) ? card.link : undefined;
  return CardFactory.heroCard(
    literal(card.title),
    literal(card.why),
    card.imagePath ? [{ url: options.publicUrl + card.imagePath, alt: card.imageText }] : [],
    link ? [{ type: ActionTypes.OpenUrl, title: link.label, value: link.url }] : [],
    { subtitle: literal(facts) },
  );
}

/** Only http and https addresses may become a button: never `javascript:` or `data:`. */
export function isWebAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:';
}
