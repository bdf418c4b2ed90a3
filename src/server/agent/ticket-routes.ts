import { z } from 'zod';
import {
  type AgentDesk,
  type AuditAction,
  type DeskResult,
  type Ticket,
  type TicketStore,
  type TranscriptStore,
  VitrineError,
} from '../../domain';
import type { Seat } from './access';
import { clientId, id, line, someText, tags, text, version } from './fields';
import type { Reach } from './reach';
import type { AgentRoutes, Call } from './routes';
import type { Views } from './views';

/** Closed tickets, and entries of a transcript, that are read at once. */
const PAGE = 50;
const OWNED = ['assigned', 'active', 'wrapUp'] as const;

const VERSION = z.object({ version });
const ASSIGN = z.object({ version, agentId: id });
const TRANSFER = z.object({ version, agentId: id.nullable(), note: text.optional() });
const CLOSE = z.object({ version, outcome: line(60), tags });
const TAGS = z.object({ version, tags });
const NOTE = z.object({ id: clientId, text: someText });

export interface TicketRoutesDeps {
  readonly desk: AgentDesk;
  readonly tickets: TicketStore;
  readonly transcripts: TranscriptStore;
  readonly reach: Reach;
  readonly views: Views;
}

/** Lists of tickets, one with its transcript, and what is done with it. */
export function ticketRoutes(routes: AgentRoutes, deps: TicketRoutesDeps): void {
  const { desk, tickets, transcripts, reach, views } = deps;
  const entriesOf = ({ conversationId }: Ticket, before?: number) =>
    transcripts
      .of(conversationId, { limit: PAGE, last: true, withPrivate: true, ...(before !== undefined && { before }) })
      .map((entry) => views.entry(entry));

  routes
    .on('get', '/tickets', { action: 'request', isQuiet: true }, ({ seat, request }) => {
      // Before the tickets: what happens meanwhile is told once more, not missed.
      const lastEvent = tickets.lastEvent();
      const listed = listOf(deps, seat, request.query.state, numberOf(request.query.before));
      const queue = new Map(tickets.inStates(['queued']).map(({ id: queued }, index) => [queued, index + 1]));
      const shown = listed.map((ticket) => views.ticket(ticket, queue.get(ticket.id)));
      return { tickets: shown, agents: views.agents(), lastEvent };
    })
    .on('get', '/tickets/:id', { action: 'open' }, ({ seat, id: ticketId }) => {
      const ticket = reach.readable(seat, ticketId);
      const history = tickets
        .ofConversation(ticket.conversationId)
        .filter((other) => other.id !== ticket.id && reach.mayRead(seat, other));
      return {
        ticket: views.ticket(ticket, desk.placeOf(ticket)?.place),
        entries: entriesOf(ticket),
        history: history.map((other) => views.ticket(other)),
      };
    })
    .on('get', '/tickets/:id/entries', { action: 'open', isQuiet: true }, ({ seat, request, id: ticketId }) => {
      const ticket = reach.readable(seat, ticketId);
      return { entries: entriesOf(ticket, numberOf(request.query.before)) };
    });

  const change = <Body>(
    name: string,
    action: AuditAction,
    body: z.ZodType<Body>,
    doIt: (ticketId: string, seat: Seat, body: Body, note: Call<Body>['note']) => DeskResult,
  ) =>
    routes.on('post', `/tickets/:id/${name}`, { action, body }, ({ seat, body: given, id: ticketId, note }) => {
      const { ticket } = reach.done(seat, doIt(ticketId, seat, given, note));
      return { ticket: reach.mayRead(seat, ticket) ? views.ticket(ticket) : views.hidden(ticket) };
    });
  change('claim', 'claim', VERSION, (ticketId, { acting }, body) => desk.claim(ticketId, acting, body.version));
  change('assign', 'assign', ASSIGN, (ticketId, { acting }, body, note) => {
    note(body.agentId);
    return desk.assign(ticketId, acting, body.agentId, body.version);
  });
  change('transfer', 'transfer', TRANSFER, (ticketId, { acting }, { agentId, ...body }, note) => {
    if (agentId !== null) note(agentId);
    return desk.transfer(ticketId, acting, { ...body, toAgentId: agentId ?? undefined });
  });
  change('return', 'return', VERSION, (ticketId, { acting }, body) => desk.giveBack(ticketId, acting, body.version));
  change('finish', 'finish', VERSION, (ticketId, { acting }, body) => desk.finish(ticketId, acting, body.version));
  change('close', 'close', CLOSE, (ticketId, { acting }, body) => desk.close(ticketId, acting, body));
  change('tags', 'tags', TAGS, (ticketId, seat, body) => {
    reach.readable(seat, ticketId);
    return desk.tag(ticketId, seat.acting, body.tags, body.version);
  });
  routes.on('post', '/tickets/:id/notes', { action: 'note', body: NOTE }, ({ seat, body, id: ticketId }) => {
    reach.readable(seat, ticketId);
    return { entry: views.entry(reach.done(seat, desk.note(ticketId, seat.acting, body)).entry) };
  });
}

/** The tickets of a list that the agent may read. Throws MESSAGE_INVALID for a list that there isn't. */
function listOf({ tickets, reach }: TicketRoutesDeps, seat: Seat, name: unknown, before?: number): Ticket[] {
  const readable = (found: readonly Ticket[]): Ticket[] => found.filter((ticket) => reach.mayRead(seat, ticket));
  switch (name) {
    case 'open':
      return readable(tickets.inStates(['queued', ...OWNED]));
    case 'mine':
      return tickets.inStates(OWNED).filter(({ agentId }) => agentId === seat.agent.id);
    case 'message':
      return readable(tickets.inStates(['message']));
    case 'closed':
      return readable(closedPage(tickets, (ticket) => reach.mayRead(seat, ticket), before));
    default:
      throw new VitrineError('MESSAGE_INVALID', '"state" must be open, mine, message or closed.');
  }
}

/** A page of the closed tickets that are wanted: others lie between them. */
function closedPage(tickets: TicketStore, isWanted: (ticket: Ticket) => boolean, before?: number): Ticket[] {
  const wanted: Ticket[] = [];
  let place = before;
  while (wanted.length < PAGE) {
    const page = tickets.closed({ limit: PAGE, ...(place !== undefined && { before: place }) });
    wanted.push(...page.filter(isWanted));
    place = page.at(-1)?.closedAt;
    if (page.length < PAGE) break;
  }
  return wanted.slice(0, PAGE);
}

/** Throws MESSAGE_INVALID. */
function numberOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  throw new VitrineError('MESSAGE_INVALID', '"before" must be a number that was given here.');
}
