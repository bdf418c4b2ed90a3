import { randomUUID } from 'node:crypto';
import type {
  ConsoleEvent,
  DeskResult,
  HandoffEvent,
  Language,
  NewTranscriptEntry,
  Reply,
  ShopperLine,
  Ticket,
  TicketNotice,
  TicketStore,
  Transactions,
  TranscriptEntry,
  TranscriptStore,
} from '../domain';
import { type Actor, transitionOf } from './machine';

/** Most events that are read at once. */
const PAGE = 200;

/** What tickets are kept with. */
export interface BookParts {
  readonly tickets: TicketStore;
  readonly transcripts: TranscriptStore;
  readonly transactions: Transactions;
  /** Set by what serves; without it nobody can be told anything outside of turns. */
  readonly line: { readonly current: ShopperLine | undefined };
  readonly say: (notice: TicketNotice, language: Language) => Reply;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly onFault: (error: unknown) => void;
}

/** The change of a ticket beside its state. */
export type TicketFields = Partial<Omit<Ticket, 'id' | 'state' | 'version' | 'since' | 'remindedAt'>>;

/** Tickets as they change: each change by the machine's rules, with what it tells consoles and the shopper. */
export class TicketBook {
  private readonly listeners = new Set<(event: ConsoleEvent) => void>();
  private told: number;

  constructor(readonly parts: BookParts) {
    this.told = parts.tickets.lastEvent();
  }

  /** Runs a change in one transaction, then sends what it wrote for the shopper and tells consoles. */
  commit<T>(conversationId: string, change: () => T): T {
    const result = this.parts.transactions.atomically(change);
    this.parts.line.current?.wake(conversationId);
    this.announce();
    return result;
  }

  /** To be called in a transaction. */
  move(ticket: Ticket, event: HandoffEvent, actors: readonly Actor[], fields: TicketFields = {}): DeskResult {
    const transition = transitionOf(ticket.state, event, actors);
    if ('refusal' in transition) return { ok: false, reason: transition.refusal, ticket };
    const now = this.parts.clock();
    const state = transition.to === 'bot' ? 'closed' : transition.to;
    const { remindedAt: _, ...kept } = ticket;
    const moved: Ticket = {
      ...kept,
      ...fields,
      state,
      since: now,
      version: ticket.version + 1,
      ...(state === 'closed' && { closedAt: now }),
      ...(transition.to === 'bot' && { outcome: fields.outcome ?? 'returned' }),
    };
    return this.write(state === 'queued' ? withoutOwner(moved) : withoutWish(moved));
  }

  /** A change that is no step of the machine: tags, satisfaction, a reminder. To be called in a transaction. */
  amend(ticket: Ticket, fields: Partial<Omit<Ticket, 'id' | 'state' | 'version' | 'since'>>): DeskResult {
    return this.write({ ...ticket, ...fields, version: ticket.version + 1 });
  }

  /** Keeps an entry, and tells consoles of it where the conversation has a ticket; to be called in a transaction. */
  record(entry: NewTranscriptEntry, ticket = this.parts.tickets.openOf(entry.conversationId)): TranscriptEntry {
    const kept = this.parts.transcripts.append(entry);
    if (ticket) this.parts.tickets.tell(ticket, kept);
    return kept;
  }

  /** Says something to the shopper in the shop's name; to be called in a transaction. */
  notify(ticket: Ticket, notice: TicketNotice): void {
    const id = `notice:${randomUUID()}`;
    const reply = this.parts.say(notice, ticket.language);
    // Who joins speaks for themselves: the page then knows that a person reads what is typed.
    const from = notice.kind === 'joined' && { from: notice.agent };
    this.parts.line.current?.write(ticket.conversationId, { id, reply, ...from });
    this.record(this.systemEntry(ticket, id, { text: reply.text, notice: notice.kind }), ticket);
  }

  /** Tells agents something that the shopper does not see; to be called in a transaction. */
  hint(ticket: Ticket, notice: TicketNotice): void {
    const id = `notice:${randomUUID()}`;
    this.record(this.systemEntry(ticket, id, { text: '', notice: notice.kind, isPrivate: true }), ticket);
  }

  /** Tells consoles of all that was written since they were told last; call it after transactions of others, too. */
  announce(): void {
    for (;;) {
      const events = this.parts.tickets.eventsAfter(this.told, PAGE);
      for (const event of events) {
        this.told = event.sequence;
        for (const listener of this.listeners) this.tell(listener, event);
      }
      if (events.length < PAGE) return;
    }
  }

  subscribe(listener: (event: ConsoleEvent) => void): () => void {
    // What happened before is not for the new one.
    this.announce();
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** One console that fails does not keep the others from hearing it. */
  private tell(listener: (event: ConsoleEvent) => void, event: ConsoleEvent): void {
    try {
      listener(event);
    } catch (error) {
      this.parts.onFault(error);
    }
  }

  private write(next: Ticket): DeskResult {
    const { tickets } = this.parts;
    if (tickets.update(next)) return { ok: true, ticket: next };
    const ticket = tickets.get(next.id);
    return ticket ? { ok: false, reason: 'conflict', ticket } : { ok: false, reason: 'unknown' };
  }

  private systemEntry(
    { conversationId, language }: Ticket,
    id: string,
    said: Pick<NewTranscriptEntry, 'text' | 'notice' | 'isPrivate'>,
  ): NewTranscriptEntry {
    return { id, conversationId, at: this.parts.clock(), speaker: 'system', language, ...said };
  }
}

function withoutOwner({ agentId: _, ...ticket }: Ticket): Ticket {
  return ticket;
}

/** Whom it was meant for does not matter once somebody has it. */
function withoutWish({ wantedAgentId: _, ...ticket }: Ticket): Ticket {
  return ticket;
}
