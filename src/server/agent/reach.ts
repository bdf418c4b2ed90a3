import {
  type AgentDesk,
  type DeskEntryResult,
  type DeskRefusal,
  type DeskResult,
  type Ticket,
  type TicketStore,
  VitrineError,
} from '../../domain';
import type { Seat } from './access';
import { TicketRefused } from './routes';
import type { Views } from './views';

export interface ReachDeps {
  readonly desk: Pick<AgentDesk, 'mayRead'>;
  readonly tickets: TicketStore;
  readonly views: Views;
}

const REFUSALS = {
  conflict: ['CONFLICT', 'Another change came first.'],
  notAllowed: ['CONFLICT', 'The ticket’s state does not allow it.'],
  unreachable: ['CONFLICT', 'It is not known where to send it.'],
  forbidden: ['FORBIDDEN', 'The ticket is another agent’s, or this needs another role.'],
  invalid: ['MESSAGE_INVALID', 'What is named is not there.'],
} as const satisfies Record<Exclude<DeskRefusal, 'unknown'>, readonly [string, string]>;

/** How far an agent's reach goes. */
export class Reach {
  constructor(private readonly deps: ReachDeps) {}

  /**
   * Agents read what nobody owns and what is theirs. Who closed a ticket reads it until the conversation is another agent's:
   * its transcript goes on there.
   */
  mayRead(seat: Seat, ticket: Ticket): boolean {
    const { desk, tickets } = this.deps;
    if (!desk.mayRead(ticket, seat.acting)) return false;
    const open = ticket.state === 'closed' ? tickets.openOf(ticket.conversationId) : undefined;
    return open === undefined || desk.mayRead(open, seat.acting);
  }

  /** The ticket of an id. Throws NOT_FOUND or FORBIDDEN. */
  readable(seat: Seat, id: string): Ticket {
    const ticket = this.deps.tickets.get(id);
    if (!ticket) throw unknown();
    if (!this.mayRead(seat, ticket)) throw this.refused('forbidden', seat, ticket);
    return ticket;
  }

  /** Does the agent read any ticket of the conversation? */
  mayReadConversation(seat: Seat, conversationId: string): boolean {
    return this.deps.tickets.ofConversation(conversationId).some((ticket) => this.mayRead(seat, ticket));
  }

  /** What hand-off did. Throws NOT_FOUND, CONFLICT, FORBIDDEN or MESSAGE_INVALID for what it refused. */
  done<Result extends DeskResult | DeskEntryResult>(seat: Seat, result: Result): Extract<Result, { ok: true }> {
    if (result.ok) return result as Extract<Result, { ok: true }>;
    if (result.reason === 'unknown') throw unknown();
    throw this.refused(result.reason, seat, result.ticket);
  }

  private refused(reason: keyof typeof REFUSALS, seat: Seat, ticket: Ticket | undefined): TicketRefused {
    const { views } = this.deps;
    const [code, message] = REFUSALS[reason];
    const shown = ticket && (this.mayRead(seat, ticket) ? views.ticket(ticket) : views.hidden(ticket));
    return new TicketRefused(code, message, shown);
  }
}

function unknown(): VitrineError {
  return new VitrineError('NOT_FOUND', 'There is no such ticket.');
}
