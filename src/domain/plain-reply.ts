import type { CardAction, ComparisonTable, IncomingMessage, ProductCard, Reply } from './message';
import { isWebAddress } from './visible';

/**
 * Channels that draw neither hero cards nor suggested actions, or show them so differently that a number says it better.
 * All others, unknown ones too, are Bot Framework channels that turn hero cards into what they have.
 */
const PLAIN_CHANNELS: ReadonlySet<string> = new Set([
  'sms',
  'telegram',
  'line',
  'whatsapp',
  'kik',
  'groupme',
  'viber',
  'wechat',
  'twilio-sms',
  'twilio',
  'email',
  'directlinespeech',
  'alexa',
]);

export function isPlainChannel(channelId: string): boolean {
  return PLAIN_CHANNELS.has(channelId);
}

/** What a number means that a shopper replies with: words that are said with it, or a button of a card. */
export type NumberedChoice = { readonly say: string } | { readonly action: CardAction };

/** Marks what differs in a comparison. */
export const DIFFERS = '≠';

/** A comparison in lines of text, for channels that draw no tables. */
export function tableText({ columns, rows }: ComparisonTable): string {
  const heads = columns.map((title, index) => `${index + 1}. ${title}`);
  const lines = rows.map(
    ({ label, cells, differs }) => `${differs ? `${DIFFERS} ` : ''}${label}: ${cells.join(' | ')}`,
  );
  return [...heads, '', ...lines].join('\n');
}

/** A reply in nothing but text. */
export interface PlainReply {
  readonly reply: Reply;
  /** What its numbers mean, from 1. */
  readonly numbers: readonly NumberedChoice[];
}

/**
 * A reply's text with its products, its table and its suggestions as lines; products come first and bear the numbers that
 * they are counted by, suggestions go on where those end. Suggestions that are numbers themselves ("5", for a rating) stay
 * what they are.
 *
 * @param options `hint` says that a number may be replied with; without it nothing is numbered, since nobody would know
 *   what the numbers meant. `compared` are the ids of a table's products.
 */
export function plainReply(
  reply: Reply,
  options: { readonly hint?: string; readonly compared?: readonly string[] } = {},
): PlainReply {
  const { text, cards, table, link, suggestions, ...rest } = reply;
  const { hint, compared = [] } = options;
  const [only] = cards;
  // The page of one product: what its buttons do is chosen by number.
  const alone = cards.length === 1 && only && !only.actions.some(({ name }) => name === 'details') ? only : undefined;
  const products: NumberedChoice[] = alone
    ? alone.actions.map(({ name }) => ({ action: { name, productId: alone.productId } }))
    : [...cards.map(({ productId }) => productId), ...compared].map((productId) => {
        return { action: { name: 'details', productId } };
      });
  const own = suggestions.filter(({ value }) => isNumber(value));
  const others = suggestions.filter(({ value }) => !isNumber(value));
  // Where a bare number is an answer of its own, no other meaning is given to any.
  const isNumbered = hint !== undefined && own.length === 0;
  const numbers = isNumbered ? [...products, ...others.map(({ value }) => ({ say: value }))] : [];
  const item = (index: number, said: string) => (isNumbered ? `${index + 1}. ${said}` : `• ${said}`);
  const blocks = [
    text,
    ...(alone
      ? [productText(alone), alone.actions.map(({ label }, index) => item(index, label)).join('\n')]
      : [cards.map((card, index) => item(index, productText(card))).join('\n')]),
    table ? tableText(table) : '',
    link && isWebAddress(link.url)
      ? [link.title, link.text, `${link.label}: ${link.url}`].filter(Boolean).join('\n')
      : '',
    others.map(({ title }, index) => item(products.length + index, title)).join('\n'),
    isNumbered && numbers.length > 0 ? hint : '',
  ];
  const plain = blocks.filter((block) => block !== '').join('\n\n');
  return { reply: { ...rest, text: plain, cards: [], suggestions: [] }, numbers };
}

/** The message with what its number means in place of it; as it is where it is no number that was given. */
export function withChoice(message: IncomingMessage, numbers: readonly NumberedChoice[] = []): IncomingMessage {
  const [, digits] = /^(\d{1,2})[.)]?$/.exec(message.text.normalize('NFKC').trim()) ?? [];
  const choice = digits === undefined ? undefined : numbers[Number(digits) - 1];
  if (!choice || message.action) return message;
  return 'say' in choice ? { ...message, text: choice.say } : { ...message, action: choice.action };
}

function isNumber(value: string): boolean {
  return /^\d+$/.test(value);
}

/** "Red mug — 12,00 €", what else there is to say of it, and where it is sold. */
function productText(card: ProductCard): string {
  const price = card.priceBefore ? `${card.price} (${card.priceBefore})` : card.price;
  const facts = [card.sponsored, price, card.rating?.text, card.stock?.text].filter(Boolean).join(' · ');
  const address = card.link && isWebAddress(card.link.url) ? card.link.url : '';
  return [[card.title, facts].filter(Boolean).join(' — '), card.why, address].filter(Boolean).join('\n   ');
}
