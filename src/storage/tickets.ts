import type { ConsoleEvent, NewTranscriptEntry, Ticket, TicketStore, TranscriptEntry } from '../domain';
import { guarded, type Sqlite } from './database';

interface TicketRow {
  readonly json: string;
}

interface EventRow {
  readonly sequence: number;
  readonly ticket_id: string;
  readonly conversation: string;
  readonly at: number;
  readonly ticket: string | null;
  readonly entry: number | null;
  readonly entry_json: string | null;
}

/** Tickets, and the events that tell consoles of them. An entry's words stand in the transcript only. */
export class SqliteTicketStore implements TicketStore {
  private readonly statements;
  private readonly write: (action: () => boolean) => boolean;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.write = db.transaction((action: () => boolean) => action());
    const select = 'SELECT json FROM tickets';
    this.statements = {
      get: db.prepare<[string], TicketRow>(`${select} WHERE id = ?`),
      open: db.prepare<[string], TicketRow>(`${select} WHERE conversation = ? AND state <> 'closed'`),
      ofConversation: db.prepare<[string], TicketRow>(
        `${select} WHERE conversation = ? ORDER BY opened_at DESC, sequence DESC`,
      ),
      // States are a small set: a list of them as JSON is one parameter.
      inStates: db.prepare<[string], TicketRow>(
        `${select} WHERE state IN (SELECT value FROM json_each(?)) ORDER BY opened_at, sequence`,
      ),
      closed: db.prepare<[number, number], TicketRow>(
        `${select} WHERE closed_at < ? ORDER BY closed_at DESC, sequence DESC LIMIT ?`,
      ),
      lastAssigned: db.prepare<[number], TicketRow>(
        `${select} WHERE assigned_at IS NOT NULL ORDER BY assigned_at DESC, sequence DESC LIMIT ?`,
      ),
      insert: db.prepare(
        `INSERT INTO tickets (state, version, opened_at, assigned_at, closed_at, json, conversation, id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      update: db.prepare(
        `UPDATE tickets SET state = ?, version = ?, opened_at = ?, assigned_at = ?, closed_at = ?, json = ?
         WHERE conversation = ? AND id = ? AND version = ?`,
      ),
      event: db.prepare(
        'INSERT INTO console_events (ticket_id, conversation, at, ticket, entry) VALUES (?, ?, ?, ?, ?)',
      ),
      // What is told of entries that are no longer kept is left out.
      events: db.prepare<[number, number], EventRow>(
        `SELECT e.*, t.json AS entry_json FROM console_events e LEFT JOIN transcript t ON t.sequence = e.entry
         WHERE e.sequence > ? AND (e.ticket IS NOT NULL OR t.sequence IS NOT NULL) ORDER BY e.sequence LIMIT ?`,
      ),
      // The numbers of removed events are not given again.
      lastEvent: db.prepare<[], { last: number }>(
        "SELECT coalesce(max(seq), 0) AS last FROM sqlite_sequence WHERE name = 'console_events'",
      ),
      eraseTickets: db.prepare('DELETE FROM tickets WHERE conversation = ?'),
      eraseEvents: db.prepare('DELETE FROM console_events WHERE conversation = ?'),
      pruneTickets: db.prepare('DELETE FROM tickets WHERE closed_at < ?'),
      pruneEvents: db.prepare('DELETE FROM console_events WHERE at < ?'),
    };
  }

  get(id: string): Ticket | undefined {
    return ticketOf(guarded(() => this.statements.get.get(id)));
  }

  openOf(conversationId: string): Ticket | undefined {
    return ticketOf(guarded(() => this.statements.open.get(conversationId)));
  }

  ofConversation(conversationId: string): Ticket[] {
    return ticketsOf(guarded(() => this.statements.ofConversation.all(conversationId)));
  }

  inStates(states: readonly Ticket['state'][]): Ticket[] {
    return ticketsOf(guarded(() => this.statements.inStates.all(JSON.stringify(states))));
  }

  closed({ before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number }): Ticket[] {
    return ticketsOf(guarded(() => this.statements.closed.all(before, limit)));
  }

  lastAssigned(limit: number): Ticket[] {
    return ticketsOf(guarded(() => this.statements.lastAssigned.all(limit)));
  }

  insert(ticket: Ticket): void {
    guarded(() =>
      this.write(() => {
        this.statements.insert.run(...columnsOf(ticket));
        this.note(ticket, JSON.stringify(ticket), null);
        return true;
      }),
    );
  }

  update(ticket: Ticket): boolean {
    return guarded(() =>
      this.write(() => {
        const { changes } = this.statements.update.run(...columnsOf(ticket), ticket.version - 1);
        if (changes === 1) this.note(ticket, JSON.stringify(ticket), null);
        return changes === 1;
      }),
    );
  }

  tell(ticket: Ticket, entry: TranscriptEntry): void {
    guarded(() => this.note(ticket, null, entry.sequence));
  }

  eventsAfter(sequence: number, limit: number): ConsoleEvent[] {
    return guarded(() => this.statements.events.all(sequence, limit)).map(eventOf);
  }

  lastEvent(): number {
    return guarded(() => this.statements.lastEvent.get())?.last ?? 0;
  }

  eraseConversation(conversationId: string): void {
    guarded(() => {
      this.statements.eraseEvents.run(conversationId);
      this.statements.eraseTickets.run(conversationId);
    });
  }

  prune(before: number): void {
    guarded(() => {
      this.statements.pruneEvents.run(before);
      this.statements.pruneTickets.run(before);
    });
  }

  private note({ id, conversationId }: Ticket, ticket: string | null, entry: number | null): void {
    this.statements.event.run(id, conversationId, this.clock(), ticket, entry);
  }
}

function columnsOf(ticket: Ticket): (string | number | null)[] {
  const { id, conversationId, state, version, openedAt, assignedAt = null, closedAt = null } = ticket;
  return [state, version, openedAt, assignedAt, closedAt, JSON.stringify(ticket), conversationId, id];
}

function ticketOf(row: TicketRow | undefined): Ticket | undefined {
  return row && (JSON.parse(row.json) as Ticket);
}

function ticketsOf(rows: readonly TicketRow[]): Ticket[] {
  return rows.map(({ json }) => JSON.parse(json) as Ticket);
}

function eventOf(row: EventRow): ConsoleEvent {
  const { sequence, ticket_id: ticketId, conversation: conversationId, at } = row;
  const event = { sequence, ticketId, conversationId, at };
  if (row.ticket !== null) return { ...event, kind: 'ticket', ticket: JSON.parse(row.ticket) as Ticket };
  const entry = JSON.parse(String(row.entry_json)) as NewTranscriptEntry;
  return { ...event, kind: 'entry', entry: { ...entry, sequence: Number(row.entry) } };
}
