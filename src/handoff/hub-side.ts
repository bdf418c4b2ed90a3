import type { DeskResult, HubMessage, HubStatus, OutsideHub, Reply, Ticket } from '../domain';
import type { TicketBook } from './book';
import { isOwned } from './floor';

/** The owner of what an outside hub took. */
export const HUB_AGENT = 'hub';

/** What an outside hub says of conversations: Vitrine stays in between. What it says again is known by its id. */
export class HubSide implements OutsideHub {
  constructor(private readonly book: TicketBook) {}

  status(conversationId: string, status: HubStatus): DeskResult {
    return this.once(conversationId, status.id, (ticket, id) => {
      const isOther = status.ticketId !== undefined && status.ticketId !== ticket.id;
      const changed = isOther ? refused('conflict', ticket) : this.change(ticket, status);
      if (changed.ok) {
        const { clock } = this.book.parts;
        const text = status.message ?? '';
        const note = { id, conversationId, at: clock(), speaker: 'system', text, isPrivate: true } as const;
        this.book.record(note, changed.ticket);
      }
      return changed;
    });
  }

  say(conversationId: string, { id: hubId, text, from }: HubMessage): DeskResult {
    return this.once(conversationId, hubId, (ticket, id) => {
      const { clock, line } = this.book.parts;
      if (!isHubs(ticket)) return refused('notAllowed', ticket);
      const reply: Reply = { language: ticket.language, text, cards: [], suggestions: [] };
      const outboxId = `${id}:${conversationId}`;
      if (!line.current?.write(conversationId, { id: outboxId, reply, from })) return refused('unreachable', ticket);
      const answered = { answeredAt: ticket.answeredAt ?? clock() };
      const moved = ticket.state === 'active' ? undefined : this.book.move(ticket, 'answer', ['owner'], answered);
      const now = moved?.ok ? moved.ticket : ticket;
      const words = { id, conversationId, at: clock(), speaker: 'agent', agentId: HUB_AGENT, text } as const;
      this.book.record({ ...words, language: ticket.language }, now);
      return { ok: true, ticket: now };
    });
  }

  owns(conversationId: string): boolean {
    const open = this.book.parts.tickets.openOf(conversationId);
    return open !== undefined && isHubs(open);
  }

  unreachable(conversationId: string, ticketId: string): void {
    this.book.commit(conversationId, () => {
      const ticket = this.book.parts.tickets.openOf(conversationId);
      if (ticket?.id === ticketId && (ticket.state === 'queued' || isHubs(ticket))) this.end(ticket, 'failed');
    });
  }

  /** Runs what an id of the hub brings, unless it was brought before. */
  private once(
    conversationId: string,
    hubId: string,
    action: (ticket: Ticket, entryId: string) => DeskResult,
  ): DeskResult {
    const { tickets, transcripts } = this.book.parts;
    const entryId = `hub:${hubId}`;
    return this.book.commit(conversationId, (): DeskResult => {
      const [newest] = tickets.ofConversation(conversationId);
      if (!newest) return { ok: false, reason: 'unknown' };
      if (transcripts.find(conversationId, entryId)) return { ok: true, ticket: newest };
      const open = tickets.openOf(conversationId);
      return open ? action(open, entryId) : refused('notAllowed', newest);
    });
  }

  private change(ticket: Ticket, { state, from }: HubStatus): DeskResult {
    // What an agent of the console owns, from before the hub answered, is not the hub's.
    if (isOwned(ticket) && !isHubs(ticket)) return refused('forbidden', ticket);
    if (state === 'accepted') return this.accept(ticket, from);
    if (ticket.state !== 'message') return this.end(ticket, state === 'failed' ? 'failed' : 'returned');
    return state === 'failed'
      ? refused('notAllowed', ticket)
      : this.book.move(ticket, 'close', ['agent'], { outcome: 'completed' });
  }

  /** The hub took the conversation over: the bot is silent from now on. */
  private accept(ticket: Ticket, agent: string): DeskResult {
    if (isHubs(ticket)) return { ok: true, ticket };
    const fields = { agentId: HUB_AGENT, assignedAt: this.book.parts.clock() };
    const moved = this.book.move(ticket, 'assign', ['system', 'agent'], fields);
    if (moved.ok) this.book.notify(moved.ticket, { kind: 'joined', agent });
    return moved;
  }

  /** The bot goes on. */
  private end(ticket: Ticket, kind: 'failed' | 'returned'): DeskResult {
    const moved = this.book.move(ticket, 'return', ['system'], { outcome: kind });
    if (moved.ok) this.book.notify(moved.ticket, { kind });
    return moved;
  }
}

function isHubs(ticket: Ticket): boolean {
  return ticket.agentId === HUB_AGENT && isOwned(ticket);
}

function refused(reason: Extract<DeskResult, { ok: false }>['reason'], ticket: Ticket): DeskResult {
  return { ok: false, reason, ticket };
}
