import { randomUUID } from 'node:crypto';
import type { DeskResult, Reply, Ticket } from '../domain';
import type { TicketBook } from './book';
import { isOwned } from './floor';

/** The owner of what an outside hub took. */
export const HUB_AGENT = 'hub';

/** What an outside hub says of conversations: Vitrine stays in between. */
export class HubSide {
  constructor(private readonly book: TicketBook) {}

  /** The hub took the conversation over: the bot is silent from now on. */
  accepted(conversationId: string): DeskResult {
    return this.change(conversationId, (ticket) => {
      const fields = { agentId: HUB_AGENT, assignedAt: this.book.parts.clock() };
      return this.book.move(ticket, 'assign', ['system'], fields);
    });
  }

  /** It did not, or can't go on. */
  failed(conversationId: string): DeskResult {
    return this.end(conversationId, 'failed');
  }

  completed(conversationId: string): DeskResult {
    return this.end(conversationId, 'returned');
  }

  /** Says something to the shopper; the same id twice is said once. `from` is the name that the shopper reads. */
  say(
    conversationId: string,
    message: { readonly id?: string; readonly text: string; readonly from: string },
  ): DeskResult {
    return this.change(conversationId, (ticket) => {
      const { transcripts, clock, line } = this.book.parts;
      if (!isOwned(ticket)) return { ok: false, reason: 'notAllowed', ticket };
      const id = `hub:${message.id ?? randomUUID()}`;
      if (transcripts.find(conversationId, id)) return { ok: true, ticket };
      const { text, from } = message;
      const reply: Reply = { language: ticket.language, text, cards: [], suggestions: [] };
      const outboxId = `${id}:${conversationId}`;
      if (!line.current?.write(conversationId, { id: outboxId, reply, from }))
        return { ok: false, reason: 'unreachable', ticket };
      const answered = { answeredAt: ticket.answeredAt ?? clock() };
      const moved = ticket.state === 'active' ? undefined : this.book.move(ticket, 'answer', ['owner'], answered);
      const now = moved?.ok ? moved.ticket : ticket;
      const words = { id, conversationId, at: clock(), speaker: 'agent', agentId: HUB_AGENT, text } as const;
      this.book.record({ ...words, language: ticket.language }, now);
      return { ok: true, ticket: now };
    });
  }

  private end(conversationId: string, kind: 'failed' | 'returned'): DeskResult {
    return this.change(conversationId, (ticket) => {
      const moved = this.book.move(ticket, 'return', ['system'], { outcome: kind });
      if (moved.ok) this.book.notify(moved.ticket, { kind });
      return moved;
    });
  }

  private change(conversationId: string, action: (ticket: Ticket) => DeskResult): DeskResult {
    const ticket = this.book.parts.tickets.openOf(conversationId);
    if (!ticket) return { ok: false, reason: 'unknown' };
    return this.book.commit(conversationId, () => action(ticket));
  }
}
