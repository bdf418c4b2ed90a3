import {
  ActionTypes,
  type Activity,
  ActivityTypes,
  type Attachment,
  AttachmentLayoutTypes,
  type CardAction,
  CardFactory,
  InputHints,
} from 'botbuilder';
import { isPlainChannel, isWebAddress, type ProductCard, plainReply, type Reply, tableText } from '../domain';
import { attachmentPath } from './directline/uploads';
import { cardEscape } from './escape';
import { galleryAttachments } from './gallery';
import { pairingAttachment } from './pairing-card';
import { tableAttachment } from './table';

/** Channels behind which Vitrine's own page may be. */
const PAGE_CHANNELS = new Set(['directline', 'webchat', 'emulator']);

/** Channels that draw tables of adaptive cards; the page draws its own from what stands beside them. */
const TABLE_CHANNELS = new Set([...PAGE_CHANNELS, 'msteams']);

/** How a channel shows a reply. */
export interface OutgoingOptions {
  readonly channelId: string;
  /** The server's public address, without a slash at the end. */
  readonly publicUrl: string;
  /** The name of the agent who says it; the bot does where it is missing. */
  readonly agent?: string;
}

/** The activity that carries a reply: plain text, a carousel of cards, suggested actions. Undefined for an empty reply. */
export function replyActivity(said: Reply, options: OutgoingOptions): Partial<Activity> | undefined {
  // A turn has put its answer into text already, with numbers that it remembers; what comes outside of turns has none.
  const reply = isPlainChannel(options.channelId) ? plainReply(said).reply : said;
  const { cards, suggestions, language, heard, heart, remembers, table, link, basket, pairing, files = [] } = reply;
  const { agent } = options;
  if (reply.text === '' && cards.length === 0 && suggestions.length === 0 && files.length === 0) return undefined;
  const isPage = PAGE_CHANNELS.has(options.channelId);
  // Other channels show the bot's own name.
  const whole = table && !TABLE_CHANNELS.has(options.channelId) ? `${reply.text}\n\n${tableText(table)}` : reply.text;
  const text = agent === undefined || isPage ? whole : [`${agent}:`, whole].join(' ').trim();
  const attachments = [
    ...files.map(({ attachmentId, contentType, name }) => {
      return { contentType, contentUrl: options.publicUrl + attachmentPath(attachmentId), name };
    }),
    ...cards.flatMap((card) => [cardAttachment(card, options), ...(isPage ? [] : galleryAttachments(card, options))]),
    ...(table && TABLE_CHANNELS.has(options.channelId) ? [tableAttachment(table, options.channelId)] : []),
    ...(pairing && isPage ? [pairingAttachment(pairing, options)] : []),
    ...(link && isWebAddress(link.url) ? [linkAttachment(link, options.channelId)] : []),
  ];
  const told = {
    ...(heard && { heard }),
    ...(heart && { heart }),
    ...(basket && { basket }),
    ...(remembers !== undefined && { remembers }),
    ...(agent !== undefined && { agent }),
  };
  return {
    type: ActivityTypes.Message,
    text,
    textFormat: 'plain',
    locale: language,
    inputHint: InputHints.ExpectingInput,
    // Other channels read channel data in their own ways.
    ...(Object.keys(told).length > 0 && isPage && { channelData: { vitrine: told } }),
    ...(cards.length > 0 && { attachmentLayout: AttachmentLayoutTypes.Carousel }),
    ...(attachments.length > 0 && { attachments }),
    ...(suggestions.length > 0 && {
      suggestedActions: {
        to: [],
        actions: suggestions.map(({ title, value, label }) => ({
          ...{ type: ActionTypes.ImBack, title, value },
          ...(label !== undefined && isPage && { channelData: { vitrine: { label } } }),
        })),
      },
    }),
  };
}

/** A card with nothing but where to go on. */
function linkAttachment({ title, text, label, url }: NonNullable<Reply['link']>, channelId: string): Attachment {
  const literal = cardEscape(channelId);
  const button = linkButton({ label, url });
  return CardFactory.heroCard(literal(title), '', [], [button], { subtitle: literal(text) });
}

function cardAttachment(card: ProductCard, options: OutgoingOptions): Attachment {
  const literal = cardEscape(options.channelId);
  const price = card.priceBefore ? `${card.price} (${card.priceBefore})` : card.price;
  // Whoever pays for a place is named as such before anything else.
  const facts = [card.sponsored, price, card.rating?.text, card.stock?.text].filter(Boolean).join(' · ');
  const link = card.link && isWebAddress(card.link.url) ? card.link : undefined;
  const hero = CardFactory.heroCard(
    literal(card.title),
    literal([card.why, card.counted?.text].filter(Boolean).join(' · ')),
    card.imagePath ? [{ url: options.publicUrl + card.imagePath, alt: card.imageText }] : [],
    [
      ...card.actions.map((action) => actionButton(action, card)),
      ...(link ? [linkButton(link)] : []),
      // Last: some channels show three buttons and leave out the rest.
      ...likeActions(card).map((action) => actionButton(action, card)),
    ],
    { subtitle: literal(facts) },
  );
  return PAGE_CHANNELS.has(options.channelId)
    ? { ...hero, content: { ...hero.content, product: pageProduct(card, link) } }
    : hero;
}

/** Says its words in the chat, and tells the bot what is meant. */
function actionButton({ name, label }: ProductCard['actions'][number], card: ProductCard): CardAction {
  const text = `${label}: ${card.title}`;
  return {
    type: ActionTypes.MessageBack,
    title: label,
    text,
    displayText: text,
    value: { action: name, productId: card.productId },
  };
}

/** Where there is no heart to press, a button says what pressing it would. */
function likeActions({ like }: ProductCard): ProductCard['actions'] {
  if (!like) return [];
  return [like.given ? { name: 'unlike', label: like.undo } : { name: 'like', label: like.label }];
}

function linkButton({ label, url }: NonNullable<ProductCard['link']>): CardAction {
  return { type: ActionTypes.OpenUrl, title: label, value: url };
}

/** The card as Vitrine's own page draws it; other clients ignore it. */
function pageProduct(card: ProductCard, link: ProductCard['link']) {
  const { productId, title, price, priceBefore, rating, stock, sponsored, why, counted, actions, like } = card;
  return {
    id: productId,
    title,
    ...(card.imagePath && { image: { path: card.imagePath, alt: card.imageText } }),
    ...(card.pictures && { pictures: card.pictures.map(({ path, text }) => ({ path, alt: text })) }),
    price,
    priceBefore,
    rating,
    stock,
    sponsored,
    why,
    ...(counted && { counted: { title: counted.title, parts: counted.parts } }),
    link,
    actions,
    like,
  };
}
