import type {
  ActingAgent,
  AgentAvailability,
  AgentDesk,
  AgentMessage,
  AgentNames,
  AgentPresence,
  AgentStatus,
  AttachmentStore,
  CardsOf,
  ConsoleEvent,
  DeskEntryResult,
  DeskResult,
  Language,
  QueuePlace,
  Ticket,
} from '../domain';
import { type BookParts, TicketBook, type TicketFields } from './book';
import { Floor } from './floor';
import { HubSide } from './hub-side';
import type { Actor } from './machine';
import { Presences } from './presences';
import { sendToShopper } from './send';
import type { HandoffSettings } from './settings';
import { ShopperSide, type ShopperSideParts } from './shopper-side';
import { Timeouts } from './timeouts';

export interface HandoffOptions extends BookParts {
  readonly names: AgentNames;
  readonly cards: CardsOf;
  /** A translation with the mark that it is one, in its language. */
  readonly marked: (translation: string, language: Language) => string;
  readonly attachments: Pick<AttachmentStore, 'get'>;
  readonly settings: HandoffSettings;
  readonly hub: ShopperSideParts['hub'];
}

/** Hand-off as a whole: what agents do, what turns see, what a hub says, what time brings. */
export class Handoff implements AgentDesk {
  readonly shoppers: ShopperSide;
  readonly hub: HubSide;
  readonly timeouts: Timeouts;
  private readonly book: TicketBook;
  private readonly presences: Presences;
  private readonly floor: Floor;

  constructor(private readonly options: HandoffOptions) {
    const { names, settings, hub } = options;
    this.book = new TicketBook(options);
    this.presences = new Presences(options.clock);
    const { book, presences } = this;
    this.floor = new Floor({ book, presences, names, settings });
    const { floor } = this;
    this.shoppers = new ShopperSide({ book, floor, settings, hub });
    this.hub = new HubSide(book);
    this.timeouts = new Timeouts({ book, floor, presences, settings });
  }

  claim(ticketId: string, by: ActingAgent, version: number): DeskResult {
    return this.assign(ticketId, by, by.id, version);
  }

  assign(ticketId: string, by: ActingAgent, agentId: string, version: number): DeskResult {
    const agent = this.options.names.nameOf(agentId);
    return this.change(ticketId, version, (ticket) => {
      if (agent === undefined) return { ok: false, reason: 'invalid', ticket };
      if (agentId !== by.id && !by.supervises) return { ok: false, reason: 'forbidden', ticket };
      const moved = this.move(ticket, 'assign', by, { agentId, assignedAt: this.options.clock() });
      if (moved.ok) this.book.notify(moved.ticket, { kind: 'joined', agent });
      return moved;
    });
  }

  transfer(
    ticketId: string,
    by: ActingAgent,
    { toAgentId, note, version }: { toAgentId?: string | undefined; note?: string | undefined; version: number },
  ): DeskResult {
    const { names, clock } = this.options;
    return this.change(ticketId, version, (ticket) => {
      if (toAgentId !== undefined && names.nameOf(toAgentId) === undefined)
        return { ok: false, reason: 'invalid', ticket };
      const { wantedAgentId: _, ...free } = ticket;
      const wanted = toAgentId === undefined ? {} : { wantedAgentId: toAgentId };
      const moved = this.move(free, 'transfer', by, wanted);
      if (!moved.ok) return moved;
      const { conversationId } = ticket;
      const words = { conversationId, at: clock(), speaker: 'agent', agentId: by.id, isPrivate: true } as const;
      if (note) this.book.record({ ...words, id: `note:${moved.ticket.id}:${moved.ticket.version}`, text: note });
      const place = this.floor.placeOf(moved.ticket);
      if (place && ticket.state !== 'queued') this.book.notify(moved.ticket, { kind: 'transferred', place });
      return moved;
    });
  }

  giveBack(ticketId: string, by: ActingAgent, version: number): DeskResult {
    return this.change(ticketId, version, (ticket) => {
      const moved = this.move(ticket, 'return', by);
      if (moved.ok) this.book.notify(moved.ticket, { kind: 'returned' });
      return moved;
    });
  }

  finish(ticketId: string, by: ActingAgent, version: number): DeskResult {
    return this.change(ticketId, version, (ticket) => this.move(ticket, 'finish', by));
  }

  close(
    ticketId: string,
    by: ActingAgent,
    { outcome, tags, version }: { outcome: string; tags: readonly string[]; version: number },
  ): DeskResult {
    return this.change(ticketId, version, (ticket) => {
      const asksRating = ticket.state === 'wrapUp' && ticket.answeredAt !== undefined;
      const asked = asksRating ? { ratingAskedAt: this.options.clock() } : {};
      const moved = this.move(ticket, 'close', by, { outcome, tags, ...asked });
      if (moved.ok && ticket.state !== 'message') this.book.notify(moved.ticket, { kind: 'closed', asksRating });
      return moved;
    });
  }

  tag(ticketId: string, by: ActingAgent, tags: readonly string[], version: number): DeskResult {
    return this.change(ticketId, version, (ticket) =>
      this.mayRead(ticket, by) ? this.book.amend(ticket, { tags }) : { ok: false, reason: 'forbidden', ticket },
    );
  }

  send(ticketId: string, by: ActingAgent, message: AgentMessage): DeskEntryResult {
    const result = sendToShopper(this.book, this.options, { ticketId, by, message });
    if (result.ok && result.added) this.presences.changed();
    return result;
  }

  note(ticketId: string, by: ActingAgent, { id, text }: { id: string; text: string }): DeskEntryResult {
    const { tickets, transcripts, clock } = this.options;
    const ticket = tickets.get(ticketId);
    if (!ticket) return { ok: false, reason: 'unknown' };
    if (!this.mayRead(ticket, by)) return { ok: false, reason: 'forbidden', ticket };
    const { conversationId } = ticket;
    const known = transcripts.find(conversationId, id);
    if (known) {
      const same = known.agentId === by.id && known.isPrivate === true;
      return same ? { ok: true, ticket, entry: known, added: false } : { ok: false, reason: 'conflict', ticket };
    }
    const words = { id, conversationId, at: clock(), speaker: 'agent', agentId: by.id, text, isPrivate: true } as const;
    const entry = this.book.commit(conversationId, () => this.book.record(words, ticket));
    return { ok: true, ticket, entry, added: true };
  }

  mayRead({ agentId }: Ticket, { id, supervises }: ActingAgent): boolean {
    return supervises || agentId === undefined || agentId === id;
  }

  connected(agentId: string): void {
    this.presences.connected(agentId);
    this.floor.assignWaiting();
  }

  disconnected(agentId: string): void {
    this.presences.disconnected(agentId);
  }

  presence(agentId: string, status: AgentStatus): void {
    this.presences.status(agentId, status);
    this.floor.assignWaiting();
  }

  agents(): readonly AgentPresence[] {
    return this.floor.agents();
  }

  availability(): AgentAvailability {
    return this.floor.availability();
  }

  placeOf(ticket: Ticket): QueuePlace | undefined {
    return this.floor.placeOf(ticket);
  }

  subscribe(listener: (event: ConsoleEvent) => void): () => void {
    return this.book.subscribe(listener);
  }

  subscribePresence(listener: () => void): () => void {
    return this.presences.subscribe(listener);
  }

  private change(ticketId: string, version: number, action: (ticket: Ticket) => DeskResult): DeskResult {
    const ticket = this.options.tickets.get(ticketId);
    if (!ticket) return { ok: false, reason: 'unknown' };
    if (ticket.version !== version) return { ok: false, reason: 'conflict', ticket };
    const result = this.book.commit(ticket.conversationId, () => action(ticket));
    if (result.ok) {
      this.presences.changed();
      this.floor.assignWaiting();
    }
    return result;
  }

  private move(
    ticket: Ticket,
    event: Parameters<TicketBook['move']>[1],
    by: ActingAgent,
    fields?: TicketFields,
  ): DeskResult {
    return this.book.move(ticket, event, actorsOf(ticket, by), fields);
  }
}

function actorsOf({ agentId }: Ticket, { id, supervises }: ActingAgent): Actor[] {
  return ['agent', ...(agentId === id ? (['owner'] as const) : []), ...(supervises ? (['supervisor'] as const) : [])];
}
