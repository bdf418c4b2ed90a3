import type { ConsoleEvent, Entry, Me, Speaker, Ticket } from '../../../src/web/agent/api/types';
import { type DeskState, emptyDesk } from '../../../src/web/agent/desk/state';

export const ME: Me = { id: 'anna', name: 'anna', displayName: 'Anna', role: 'agent' };

/** A ticket of conversation `c-<id>`, with what a test doesn't care about filled in. */
export function ticket(id: string, fields: Partial<Ticket> = {}): Ticket {
  return {
    id,
    conversationId: `c-${id}`,
    channel: 'directline',
    userId: `u-${id}`,
    state: 'queued',
    version: 1,
    reason: 'asked',
    language: 'en',
    topic: '',
    preview: '',
    tags: [],
    openedAt: 0,
    since: 0,
    ...fields,
  };
}

export function entry(sequence: number, fields: Partial<Entry> = {}): Entry {
  const speaker: Speaker = 'shopper';
  return {
    id: `e${sequence}`,
    sequence,
    conversationId: 'c-t1',
    at: sequence,
    speaker,
    text: `${sequence}`,
    ...fields,
  };
}

export function event(sequence: number, fields: Partial<ConsoleEvent>): ConsoleEvent {
  const ticketId = fields.ticketId ?? fields.ticket?.id ?? 't1';
  return {
    sequence,
    ticketId,
    conversationId: `c-${ticketId}`,
    kind: fields.entry ? 'entry' : 'ticket',
    at: sequence,
    ...fields,
  };
}

/** A desk with tickets on it. */
export function deskWith(...tickets: readonly Ticket[]): DeskState {
  return { ...emptyDesk(ME), listed: true, tickets: new Map(tickets.map((known) => [known.id, known])) };
}
