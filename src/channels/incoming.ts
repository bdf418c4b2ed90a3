import { type Activity, ActivityTypes } from 'botbuilder';
import type { IncomingMessage } from '../domain';

/** Longest text that reaches the assistant; the rest is cut off. */
export const MAX_TEXT_LENGTH = 4000;

const LOCALE = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,4}$/;

/** Cuts at a number of UTF-16 units without leaving half a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** The domain message of an activity, or undefined for an activity that the assistant does not answer. */
export function incomingMessage(activity: Activity): IncomingMessage | undefined {
  if (activity.type === ActivityTypes.Message) return describe(activity, 'message');
  if (activity.type === ActivityTypes.ConversationUpdate && shopperJoined(activity))
    return describe(activity, 'opened');
  return undefined;
}

function shopperJoined(activity: Activity): boolean {
  return (activity.membersAdded ?? []).some((member) => member.id !== activity.recipient?.id);
}

function describe(activity: Activity, kind: IncomingMessage['kind']): IncomingMessage {
  const { locale } = activity;
  return {
    channel: activity.channelId ?? '',
    conversationId: activity.conversation?.id ?? '',
    userId: activity.from?.id ?? '',
    text: kind === 'message' ? cutText(textOf(activity), MAX_TEXT_LENGTH) : '',
    ...(typeof locale === 'string' && LOCALE.test(locale) ? { locale } : {}),
    kind,
    hasAttachments: kind === 'message' && (activity.attachments ?? []).some(isFile),
  };
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
