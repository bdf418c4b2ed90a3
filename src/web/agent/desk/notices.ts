import type { ConsoleEvent } from '../api/types';
import type { DeskState } from './state';

/** What an agent is told with a sound, and outside the page. */
export interface Notice {
  readonly kind: 'newTicket' | 'newMessage' | 'transferred';
  readonly ticketId: string;
  readonly preview: string;
}

/**
 * What an event is to an agent: a new conversation in the queue, one that was given to them, or a message of their
 * shopper. `before` is the desk without the event, `inView` the tickets before the agent's eyes.
 */
export function noticeOf(before: DeskState, event: ConsoleEvent, inView: ReadonlySet<string>): Notice | undefined {
  if (event.sequence <= before.lastEvent) return undefined;
  const { ticketId, ticket, entry } = event;
  const { me } = before;
  const known = before.tickets.get(ticketId);
  if (entry !== undefined) {
    const mine = (ticket ?? known)?.agentId === me.id;
    const isNews = entry.speaker === 'shopper' && mine && !inView.has(ticketId);
    return isNews ? { kind: 'newMessage', ticketId, preview: entry.text } : undefined;
  }
  if (ticket === undefined) return undefined;
  const preview = ticket.preview;
  const meant = ticket.wantedAgentId === me.id && known?.wantedAgentId !== me.id;
  const given = ticket.agentId === me.id && known?.agentId !== me.id && ticket.state === 'assigned';
  if (meant || (given && !inView.has(ticketId))) return { kind: 'transferred', ticketId, preview };
  const isNew = ticket.state === 'queued' && known === undefined && ticket.wantedAgentId === undefined;
  return isNew ? { kind: 'newTicket', ticketId, preview } : undefined;
}
