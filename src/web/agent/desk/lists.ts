import type { ListName } from '../api/console-api';
import type { Entry, Ticket } from '../api/types';
import type { DeskState } from './state';
import { unreadOf } from './threads';

export const LISTS: readonly ListName[] = ['open', 'mine', 'message', 'closed'];

/** The list that a ticket is in, for an agent. */
export function listOf(ticket: Ticket, agentId: string): ListName {
  if (ticket.state === 'closed' || ticket.state === 'message') return ticket.state;
  return ticket.agentId === agentId ? 'mine' : 'open';
}

/** The tickets of a list: those that wait longest first; of the closed ones, the newest first. */
export function ticketsIn(state: DeskState, list: ListName): readonly Ticket[] {
  const found = [...state.tickets.values()].filter((ticket) => listOf(ticket, state.me.id) === list);
  if (list === 'closed') return found.sort((one, other) => (other.closedAt ?? 0) - (one.closedAt ?? 0));
  const rank = (ticket: Ticket) => (ticket.state === 'queued' ? 0 : 1);
  return found.sort((one, other) => rank(one) - rank(other) || one.openedAt - other.openedAt);
}

/** Places in the queue from 1, by ticket id. */
export function placesOf(state: DeskState): ReadonlyMap<string, number> {
  const waiting = ticketsIn(state, 'open').filter((ticket) => ticket.state === 'queued');
  return new Map(waiting.map(({ id }, index) => [id, index + 1]));
}

/** How many messages of their shoppers an agent has not seen; 0 for conversations of others. */
export function unreadIn(state: DeskState, ticket: Ticket): number {
  const concerns = ticket.agentId === state.me.id || state.opened.includes(ticket.id);
  return concerns ? unreadOf(state.threads.get(ticket.conversationId)) : 0;
}

/** All unread messages of an agent. */
export function unreadTotal(state: DeskState): number {
  const mine = [...state.tickets.values()].filter(
    ({ agentId, state: at }) => agentId === state.me.id && at !== 'closed',
  );
  return mine.reduce((total, ticket) => total + unreadIn(state, ticket), 0);
}

/**
 * What the shopper of an open ticket said last, where it is known. A left message is told by its ticket, and the conversation
 * of a closed one may go on in another.
 */
export function lastSaid(state: DeskState, { conversationId, state: at }: Ticket): Entry | undefined {
  if (at === 'closed' || at === 'message') return undefined;
  return state.threads.get(conversationId)?.entries.findLast(({ speaker }) => speaker === 'shopper');
}

/**
 * The open conversations that stand side by side where there is room for `columns`: the last looked at, in the order of
 * their tabs.
 */
export function shownSideBySide(state: DeskState, columns: number): readonly string[] {
  const shown = new Set(state.recent.slice(0, columns));
  return state.opened.filter((id) => shown.has(id));
}

/** The name of an agent, where it is known. */
export function agentName(state: DeskState, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  return id === state.me.id ? state.me.displayName : state.agents.find((agent) => agent.id === id)?.displayName;
}
