import { type Activity, ActivityTypes } from 'botbuilder';
import { CARD_ACTIONS, type CardAction, type IncomingMessage, nameIn } from '../domain';
import { isRecord, LOCAL } from './directline/activity';
import { photosOf, voicesOf } from './media';

/** Longest text that reaches the assistant; the rest is cut off. */
export const MAX_TEXT_LENGTH = 4000;

/** Photos of one message that are looked at; together they are one query. */
const MOST_PHOTOS = 5;
/** Voice notes of one message that are listened to. */
const MOST_VOICES = 3;
/** Longest product id of a feed. */
const MAX_PRODUCT_ID = 200;
const LOCALE = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,4}$/;

/** Cuts at a number of UTF-16 units without leaving half a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/**
 * The domain message of an activity, or undefined for an activity that the assistant does not answer. `conversation` is
 * the conversation's id over all channels.
 */
export function incomingMessage(activity: Activity, conversation: string): IncomingMessage | undefined {
  if (activity.type === ActivityTypes.Message) return describe(activity, conversation, 'message');
  if (activity.type === ActivityTypes.ConversationUpdate && shopperJoined(activity)) {
    return describe(activity, conversation, 'opened');
  }
  return undefined;
}

function shopperJoined(activity: Activity): boolean {
  return (activity.membersAdded ?? []).some((member) => member.id !== activity.recipient?.id);
}

function describe(activity: Activity, conversationId: string, kind: IncomingMessage['kind']): IncomingMessage {
  const { locale, from } = activity;
  const name = typeof from?.name === 'string' && from.name !== from.id ? nameIn(from.name) : undefined;
  const action = kind === 'message' ? actionOf(activity.value) : undefined;
  const files = kind === 'message' ? (activity.attachments ?? []).filter(isFile) : [];
  const origin = { local: conversationId.startsWith(LOCAL) };
  const [photos, voices] = [photosOf(files, origin), voicesOf(files, origin)];
  return {
    ...(typeof activity.id === 'string' && activity.id !== '' && { id: activity.id }),
    channel: activity.channelId ?? '',
    conversationId,
    userId: from?.id ?? '',
    ...(name !== undefined && { name }),
    text: kind === 'message' ? cutText(textOf(activity), MAX_TEXT_LENGTH) : '',
    ...(typeof locale === 'string' && LOCALE.test(locale) ? { locale } : {}),
    kind,
    hasAttachments: files.length > photos.length + voices.length,
    ...(photos.length > 0 && { photos: photos.slice(0, MOST_PHOTOS) }),
    ...(voices.length > 0 && { voices: voices.slice(0, MOST_VOICES) }),
    ...(action && { action }),
  };
}

/** A tapped button of a product card. The value is the client's: only what is expected of it is read. */
function actionOf(value: unknown): CardAction | undefined {
  if (!isRecord(value)) return undefined;
  const { action, productId } = value;
  const name = CARD_ACTIONS.find((each) => each === action);
  if (name === undefined || typeof productId !== 'string' || productId.length > MAX_PRODUCT_ID) return undefined;
  return { name, productId };
}

/** A tapped button may come as a value without a text. */
function textOf(activity: Activity): string {
  if (typeof activity.text === 'string' && activity.text !== '') return activity.text;
  return typeof activity.value === 'string' ? activity.value : '';
}

/** Teams sends an HTML twin of the text as an attachment; it is no file. */
function isFile(attachment: { contentType?: string }): boolean {
  return attachment.contentType !== 'text/html';
}
