import type { Ticket } from '../api/types';
import type { TextKey, Words } from '../texts';

/** Shoppers have no names: a short mark tells them apart. */
export function shopperMark({ userId }: Pick<Ticket, 'userId'>): string {
  const letters = userId.replace(/[^\p{L}\p{N}]/gu, '');
  return letters.slice(-4).toUpperCase() || '—';
}

/** What a conversation is called: its topic, else its shopper. */
export function ticketTitle(ticket: Ticket, { say }: Pick<Words, 'say'>): string {
  return ticket.topic || say('shopperNamed', { mark: shopperMark(ticket) });
}

/** The name of a channel, as the server gives it. */
export function channelName({ channelName: name, channel }: Ticket): string {
  return name ?? channel;
}

/** A language in the agent's words. */
export function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

const REASONS = {
  asked: 'reasonAsked',
  gaveUp: 'reasonGaveUp',
  sentiment: 'reasonSentiment',
  orderValue: 'reasonOrderValue',
  complaint: 'reasonComplaint',
  vip: 'reasonVip',
} as const;

/** Why a person is wanted. */
export function reasonText({ reason }: Ticket, { texts }: Pick<Words, 'texts'>): string {
  return Object.hasOwn(REASONS, reason) ? texts[REASONS[reason]] : reason;
}

/** How a conversation ended; the server keeps the word, the page shows it in the agent's language. */
export const OUTCOMES = {
  solved: 'outcomeSolved',
  sold: 'outcomeSold',
  followUp: 'outcomeFollowUp',
  notSolved: 'outcomeNotSolved',
  noAnswer: 'outcomeNoAnswer',
  spam: 'outcomeSpam',
} as const;

/** Outcomes that nobody chose. */
const BY_ITSELF = {
  returned: 'outcomeReturned',
  cancelled: 'outcomeCancelled',
  timeout: 'outcomeTimeout',
  failed: 'outcomeFailed',
} as const;

export function outcomeText(outcome: string, { texts }: Pick<Words, 'texts'>): string {
  const known: Readonly<Record<string, TextKey>> = { ...OUTCOMES, ...BY_ITSELF };
  const key = Object.hasOwn(known, outcome) ? known[outcome] : undefined;
  return key === undefined ? outcome : texts[key];
}
