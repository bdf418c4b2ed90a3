import type { Listed, Loaded } from '../api/console-api';
import type { Colleague, ConsoleEvent, Entry, Ticket } from '../api/types';
import type { Connection } from '../live/live-socket';
import { type DeskState, EMPTY_THREAD, type Pending, type Thread, without, withValue } from './state';
import { asSeen, withEntries, withNewestPage, withOlderPage, withoutPending, withPending } from './threads';

/** Milliseconds that a sign of typing is good for. */
const TYPING = 6000;
/** Entries of a page: fewer mean that there are none before. */
export const PAGE = 50;

/** What happens on a desk. */
export type Change =
  | { readonly type: 'connection'; readonly connection: Connection }
  /** All lists but that of closed tickets: what is not in them is not open for this agent. */
  | { readonly type: 'listed'; readonly lists: readonly Listed[] }
  | { readonly type: 'closedListed'; readonly tickets: readonly Ticket[] }
  | { readonly type: 'event'; readonly event: ConsoleEvent }
  | { readonly type: 'ticket'; readonly ticket: Ticket }
  | { readonly type: 'loading' | 'loadFailed' | 'seen'; readonly conversationId: string }
  | { readonly type: 'sawBefore'; readonly conversationId: string; readonly sequence: number }
  | { readonly type: 'loaded'; readonly loaded: Loaded }
  | { readonly type: 'older'; readonly conversationId: string; readonly entries: readonly Entry[] }
  | { readonly type: 'sending'; readonly conversationId: string; readonly sent: Pending }
  | { readonly type: 'discarded'; readonly conversationId: string; readonly id: string }
  | { readonly type: 'sent'; readonly entry: Entry }
  | { readonly type: 'opened' | 'left'; readonly ticketId: string }
  | { readonly type: 'agents'; readonly agents: readonly Colleague[] }
  | { readonly type: 'typing'; readonly ticketId: string; readonly now: number }
  | { readonly type: 'present'; readonly ticketId: string; readonly present: boolean };

/** A desk after a change. Pure: the same changes give the same desk. */
export function reduce(state: DeskState, change: Change): DeskState {
  switch (change.type) {
    case 'connection':
      return { ...state, connection: change.connection };
    case 'listed':
      return withLists(state, change.lists);
    case 'closedListed':
      return {
        ...change.tickets.reduce(withTicket, state),
        moreClosed: change.tickets.length > 0,
      };
    case 'event':
      return withEvent(state, change.event);
    case 'ticket':
      return withTicket(state, change.ticket);
    case 'loading':
    case 'loadFailed': {
      const loading = change.type === 'loading' ? 'loading' : 'failed';
      return onThread(state, change.conversationId, (thread) =>
        // A reload in the background leaves what is shown.
        thread.loading === 'done' ? thread : { ...thread, loading },
      );
    }
    case 'seen':
      return onThread(state, change.conversationId, asSeen);
    case 'sawBefore':
      return onThread(state, change.conversationId, (thread) => ({ ...thread, seen: change.sequence }));
    case 'loaded': {
      const { ticket, entries, history } = change.loaded;
      const known = onThread(withTicket(state, ticket), ticket.conversationId, (thread) =>
        withNewestPage(thread, entries, entries.length >= PAGE),
      );
      return { ...known, history: withValue(known.history, ticket.id, history) };
    }
    case 'older':
      return onThread(state, change.conversationId, (thread) =>
        withOlderPage(thread, change.entries, change.entries.length >= PAGE),
      );
    case 'sending':
      return onThread(state, change.conversationId, (thread) => withPending(thread, change.sent));
    case 'discarded':
      return onThread(state, change.conversationId, (thread) => withoutPending(thread, change.id));
    case 'sent':
      return onThread(state, change.entry.conversationId, (thread) => withEntries(thread, [change.entry]));
    case 'opened': {
      const { ticketId } = change;
      const opened = state.opened.includes(ticketId) ? state.opened : [...state.opened, ticketId];
      return { ...state, opened, recent: [ticketId, ...state.recent.filter((id) => id !== ticketId)] };
    }
    case 'left': {
      const stays = (id: string) => id !== change.ticketId;
      const left = { ...state, opened: state.opened.filter(stays), recent: state.recent.filter(stays) };
      const ticket = state.tickets.get(change.ticketId);
      return ticket?.isHidden ? withHidden(left, ticket, ticket) : left;
    }
    case 'agents':
      return { ...state, agents: change.agents };
    case 'typing':
      return { ...state, typing: withValue(state.typing, change.ticketId, change.now + TYPING) };
    case 'present':
      return { ...state, present: withValue(state.present, change.ticketId, change.present) };
  }
}

function withEvent(state: DeskState, event: ConsoleEvent): DeskState {
  // The line may have been cut and resumed: each event counts once.
  if (event.sequence <= state.lastEvent) return state;
  let next: DeskState = { ...state, lastEvent: event.sequence };
  if (event.ticket) next = withTicket(next, event.ticket);
  const { entry } = event;
  if (entry === undefined) return next;
  next = onThread(next, event.conversationId, (thread) => withEntries(thread, [entry]));
  return entry.speaker === 'shopper' ? { ...next, typing: withValue(next.typing, event.ticketId, 0) } : next;
}

function withTicket(state: DeskState, ticket: Ticket): DeskState {
  const known = state.tickets.get(ticket.id);
  if (known !== undefined && known.version > ticket.version) return state;
  if (ticket.isHidden) return withHidden(state, ticket, known);
  const present = ticket.shopperPresent ?? state.present.get(ticket.id) ?? false;
  return {
    ...state,
    tickets: withValue(state.tickets, ticket.id, ticket),
    present: withValue(state.present, ticket.id, present),
  };
}

/** Another agent has it: it leaves the desk, or only says so where it is open. */
function withHidden(state: DeskState, ticket: Ticket, known: Ticket | undefined): DeskState {
  const isOpen = known !== undefined && state.opened.includes(ticket.id);
  return {
    ...state,
    tickets: isOpen
      ? withValue(state.tickets, ticket.id, { ...ticket, userId: known.userId })
      : without(state.tickets, ticket.id),
    threads: without(state.threads, ticket.conversationId),
  };
}

function withLists(state: DeskState, lists: readonly Listed[]): DeskState {
  const listed = new Set(lists.flatMap(({ tickets }) => tickets.map(({ id }) => id)));
  // Events that were applied meanwhile are newer than the lists, and what they tell of may not be in them.
  const lastEvent = Math.min(...lists.map((list) => list.lastEvent));
  const isCurrent = lastEvent >= state.lastEvent;
  const kept = [...state.tickets].filter(
    ([id, ticket]) => ticket.state === 'closed' || listed.has(id) || !isCurrent || state.opened.includes(id),
  );
  const base: DeskState = {
    ...state,
    tickets: new Map(kept),
    agents: lists.at(-1)?.agents ?? state.agents,
    // Later on, only the line says what has come: entries that the lists don't have would be missed.
    lastEvent: state.listed ? state.lastEvent : lastEvent,
    listed: true,
  };
  return lists.flatMap(({ tickets }) => tickets).reduce(withTicket, base);
}

function onThread(state: DeskState, conversationId: string, change: (thread: Thread) => Thread): DeskState {
  const thread = state.threads.get(conversationId) ?? EMPTY_THREAD;
  return { ...state, threads: withValue(state.threads, conversationId, change(thread)) };
}
