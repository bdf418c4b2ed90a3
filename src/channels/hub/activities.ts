import { type Activity, ActivityTypes, EndOfConversationCodes, RoleTypes } from 'botbuilder';
import type { Ticket, TranscriptEntry } from '../../domain';
import { attachmentPath } from '../directline/uploads';

/** What is the same in every activity for a hub. */
export interface HubAddress {
  /** Where the hub answers: its activities go to `<serviceUrl>/v3/conversations/<conversation id>/activities`. */
  readonly serviceUrl: string;
  /** The server's public address, without a slash at the end. */
  readonly publicUrl: string;
  readonly shopName: string;
  /** What the merchant wants every hub to be told, such as a skill. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** An activity for a hub; its id is put in with its place in the outbox. */
export type HubActivity = Partial<Activity> & { readonly type: string };

/** Bot Framework's `handoff.initiate`, with what was said so far as its attachment. */
export function initiation(ticket: Ticket, transcript: readonly TranscriptEntry[], address: HubAddress): HubActivity {
  const activities = transcript.map((entry) => entryActivity(ticket, entry, address));
  return {
    ...about(ticket, address),
    type: ActivityTypes.Event,
    name: 'handoff.initiate',
    value: contextOf(ticket, address),
    attachments: [{ contentType: 'application/json', name: 'Transcript', content: { activities } }],
  };
}

/**
 * A message that was left, with the e-mail address at which to answer it. The protocol has no event for it: this one is
 * Vitrine's.
 */
export function leftMessage(ticket: Ticket, text: string, address: HubAddress): HubActivity {
  const value = { ...contextOf(ticket, address), email: ticket.email, text };
  return { ...about(ticket, address), type: ActivityTypes.Event, name: 'handoff.message', value };
}

/** The shopper no longer waits. */
export function ending(ticket: Ticket, address: HubAddress): HubActivity {
  const code = EndOfConversationCodes.UserCancelled;
  return { ...about(ticket, address), type: ActivityTypes.EndOfConversation, code };
}

/** What somebody said, as a message; files have addresses that nobody can guess. */
export function entryActivity(ticket: Ticket, entry: TranscriptEntry, address: HubAddress): HubActivity {
  const { id, at, speaker, text, language, heard, understood, products, files = [] } = entry;
  const isShopper = speaker === 'shopper';
  const from = isShopper
    ? { id: ticket.userId, name: '', role: RoleTypes.User }
    : { id: 'vitrine', name: address.shopName, role: RoleTypes.Bot };
  const attachments = files.flatMap(({ attachmentId, contentType = 'application/octet-stream' }) =>
    attachmentId === undefined ? [] : [{ contentType, contentUrl: address.publicUrl + attachmentPath(attachmentId) }],
  );
  const channelData = { ticketId: ticket.id, ...(understood && { understood }), ...(products && { products }) };
  return {
    ...about(ticket, address),
    type: ActivityTypes.Message,
    id,
    timestamp: new Date(at),
    from,
    text: [text, heard?.text].filter(Boolean).join('\n'),
    ...(language && { locale: language }),
    ...(attachments.length > 0 && { attachments }),
    channelData,
  };
}

function about(ticket: Ticket, { serviceUrl, shopName }: HubAddress): Partial<Activity> {
  const { conversationId, channel, userId, language } = ticket;
  const conversation = { id: conversationId, isGroup: false, conversationType: '', name: '' };
  const bot = { id: 'vitrine', name: shopName, role: RoleTypes.Bot };
  return {
    channelId: channel,
    serviceUrl,
    conversation,
    from: bot,
    locale: language,
    relatesTo: { channelId: channel, serviceUrl, conversation, bot, user: { id: userId, name: '' } },
  };
}

function contextOf({ id, reason, language, topic }: Ticket, { context }: HubAddress): Record<string, unknown> {
  return { ...context, ticketId: id, reason, language, topic };
}
