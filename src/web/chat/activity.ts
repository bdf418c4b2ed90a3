import type { DirectLineAttachment, WebChatActivity } from 'botframework-webchat-core';

/** What the assistant is called on the wire; people bear names of their own. */
const ASSISTANT = 'Vitrine';
/** Longest gap in milliseconds within which messages of one side share a time. */
const TOGETHER = 5 * 60_000;

/** A message as the page shows it. */
export interface Message {
  readonly fromShopper: boolean;
  readonly text: string;
  readonly attachments: readonly DirectLineAttachment[];
  readonly time: Date;
  /** The name of the person who wrote it, where it was no assistant. */
  readonly person?: string;
  /** The language of the text, where its sender said it. */
  readonly locale?: string;
}

/** What an activity shows; undefined for events, typing and empty messages. */
export function messageOf(activity: WebChatActivity): Message | undefined {
  if (activity.type !== 'message') return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...activity };
  const text = typeof fields.text === 'string' ? fields.text : '';
  const attachments = Array.isArray(fields.attachments) ? fields.attachments.filter(isAttachment) : [];
  if (text.trim() === '' && attachments.length === 0) return undefined;
  const time = new Date(String(fields.timestamp ?? fields.localTimestamp ?? ''));
  const fromShopper = activity.from?.role === 'user';
  const person = fromShopper ? undefined : personNamed(activity.from?.name);
  return {
    fromShopper,
    text,
    attachments,
    time: Number.isNaN(time.getTime()) ? new Date() : time,
    ...(person !== undefined && { person }),
    ...(!fromShopper && typeof fields.locale === 'string' && { locale: fields.locale }),
  };
}

/** The name of who writes, where that is a person. */
export function personNamed(name: string | undefined): string | undefined {
  return name === undefined || name === '' || name === ASSISTANT ? undefined : name;
}

/** True when two messages in a row read as one: the same side, a short time apart. */
export function belongTogether(message: Message, next: Message | undefined): boolean {
  if (next === undefined || next.fromShopper !== message.fromShopper || next.person !== message.person) return false;
  return next.time.getTime() - message.time.getTime() < TOGETHER;
}

/** True for a card; the other attachments are files. */
export function isCard(attachment: DirectLineAttachment): boolean {
  return attachment.contentType.startsWith('application/vnd.microsoft.card.');
}

function isAttachment(value: unknown): value is DirectLineAttachment {
  return typeof (value as { contentType?: unknown } | null)?.contentType === 'string';
}
