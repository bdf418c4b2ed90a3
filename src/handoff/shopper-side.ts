import { randomUUID } from 'node:crypto';
import type {
  HandoffChange,
  HubLine,
  IncomingMessage,
  Language,
  NewTranscriptEntry,
  PersonView,
  QueuePlace,
  Ticket,
} from '../domain';
import type { TicketBook } from './book';
import { type Floor, isOwned } from './floor';
import type { HandoffSettings } from './settings';

const DAY = 24 * 3600 * 1000;
/** Entries that a hub is given when it takes over. */
const MOST_GIVEN = 100;
/** Characters of a preview. */
const PREVIEW = 120;

export interface ShopperSideParts {
  readonly book: TicketBook;
  readonly floor: Floor;
  readonly settings: HandoffSettings;
  /** Where an outside hub answers; set by what serves. */
  readonly hub: { readonly current: HubLine | undefined };
}

/** What a turn of the bot leaves. */
export interface TurnLeft {
  readonly message: Pick<IncomingMessage, 'conversationId' | 'channel' | 'userId' | 'text'>;
  readonly language: Language;
  /** See `Ticket.topic`. */
  readonly topic: string;
  readonly entries: readonly NewTranscriptEntry[];
  readonly change?: HandoffChange | undefined;
}

/** Hand-off as turns see it. */
export class ShopperSide {
  constructor(private readonly parts: ShopperSideParts) {}

  /** Does a person own the conversation? The bot is silent then. */
  isOwned(conversationId: string): boolean {
    return this.ownedTicket(conversationId) !== undefined;
  }

  view(conversationId: string): PersonView {
    const { book, floor, settings } = this.parts;
    const now = book.parts.clock();
    const [newest] = book.parts.tickets.ofConversation(conversationId);
    const unrated = newest && mayBeRated(newest, now) ? { unrated: newest.id } : {};
    return {
      on: settings.mode !== 'off',
      state: newest === undefined || newest.state === 'closed' ? 'bot' : newest.state,
      lately: newest !== undefined && newest.openedAt > now - DAY,
      ...unrated,
      availability: () => floor.availability(),
    };
  }

  /** The place of a conversation in the queue; of one that is not in it, the place that it would get. */
  placeOf(conversationId: string): QueuePlace {
    const { book, floor } = this.parts;
    const open = book.parts.tickets.openOf(conversationId);
    return (open && floor.placeOf(open)) ?? floor.nextPlace();
  }

  /** Gives a message to the person who owns the conversation; false when nobody does. To be called in a transaction. */
  forward(entry: NewTranscriptEntry): boolean {
    const { book, hub } = this.parts;
    let ticket = this.ownedTicket(entry.conversationId);
    if (!ticket) return false;
    if (ticket.state === 'wrapUp') {
      const reopened = book.move(ticket, 'reopen', ['shopper'], { preview: previewOf(entry.text, ticket.preview) });
      if (!reopened.ok) return false;
      ticket = reopened.ticket;
    }
    // Nobody looked into its words; the conversation has a language.
    const kept = book.record({ language: ticket.language, ...entry }, ticket);
    hub.current?.forward(ticket, kept);
    return true;
  }

  /**
   * Writes what a turn of the bot said, and does what it wants of hand-off; false, and nothing is written, where a person owns
   * the conversation by now. To be called in a transaction.
   */
  turned({ message, language, topic, entries, change }: TurnLeft): boolean {
    const { book, hub } = this.parts;
    const { tickets, transcripts } = book.parts;
    if (this.isOwned(message.conversationId)) return false;
    const before = tickets.openOf(message.conversationId);
    if (change) this.apply(change, before, { message, language, topic });
    const ticket = tickets.openOf(message.conversationId);
    const kept = entries.map((entry) => book.record(entry, ticket));
    if (!hub.current || ticket?.state !== 'queued') return true;
    if (before?.state === 'queued') for (const entry of kept) hub.current.forward(ticket, entry);
    else hub.current.initiate(ticket, transcripts.of(message.conversationId, { last: true, limit: MOST_GIVEN }));
    return true;
  }

  /** To be called when a turn was written. */
  settle(conversationId: string): void {
    this.parts.book.announce();
    this.parts.hub.current?.wake(conversationId);
    this.parts.floor.assignWaiting();
  }

  /** Where nobody answers shoppers any more, the bot does: whatever an earlier setting left. */
  private ownedTicket(conversationId: string): Ticket | undefined {
    const { book, settings } = this.parts;
    const open = settings.mode === 'off' ? undefined : book.parts.tickets.openOf(conversationId);
    return open && isOwned(open) ? open : undefined;
  }

  private apply(
    change: HandoffChange,
    open: Ticket | undefined,
    turn: Pick<TurnLeft, 'message' | 'language' | 'topic'>,
  ): void {
    const { book, hub } = this.parts;
    switch (change.kind) {
      case 'escalate':
        if (open?.state === 'queued') return;
        this.open('queued', open, turn, { reason: change.reason, preview: turn.message.text });
        return;
      case 'leaveMessage': {
        const { reason, text, email } = change;
        this.open('message', open, turn, { reason: open?.reason ?? reason, preview: text, email });
        if (open?.state === 'queued') hub.current?.end(open);
        const left = hub.current && book.parts.tickets.openOf(turn.message.conversationId);
        if (left) hub.current?.leave(left, text);
        return;
      }
      case 'leaveQueue':
        if (open?.state !== 'queued') return;
        book.move(open, 'return', ['shopper'], { outcome: 'cancelled' });
        hub.current?.end(open);
        return;
      case 'rate':
        this.amendClosed(change.ticketId, turn, { satisfaction: change.score });
        return;
      case 'comment':
        this.amendClosed(change.ticketId, turn, { comment: change.text });
    }
  }

  /** A new ticket, or the open one moved on. */
  private open(
    state: 'queued' | 'message',
    open: Ticket | undefined,
    { message, language, topic }: Pick<TurnLeft, 'message' | 'language' | 'topic'>,
    said: Pick<Ticket, 'reason' | 'preview'> & { readonly email?: string },
  ): void {
    const { book } = this.parts;
    const now = book.parts.clock();
    const fields = { ...said, preview: previewOf(said.preview, open?.preview ?? ''), language, topic };
    if (open) {
      // Who left a message and comes back has not waited in the queue meanwhile.
      const arrived = state === 'queued' ? { openedAt: now } : {};
      book.move(open, state === 'queued' ? 'escalate' : 'leaveMessage', ['shopper'], { ...fields, ...arrived });
      return;
    }
    const { conversationId, channel, userId } = message;
    const origin = {
      id: randomUUID(),
      conversationId,
      channel,
      userId,
      version: 1,
      tags: [],
      openedAt: now,
      since: now,
    };
    book.parts.tickets.insert({ ...origin, ...fields, state });
  }

  private amendClosed(
    ticketId: string,
    { message }: Pick<TurnLeft, 'message'>,
    fields: Pick<Ticket, 'satisfaction'> | Pick<Ticket, 'comment'>,
  ): void {
    const { book } = this.parts;
    const ticket = book.parts.tickets.get(ticketId);
    if (ticket?.conversationId === message.conversationId) book.amend(ticket, fields);
  }
}

function mayBeRated({ state, ratingAskedAt = 0, satisfaction }: Ticket, now: number): boolean {
  return state === 'closed' && satisfaction === undefined && ratingAskedAt > now - DAY;
}

function previewOf(text: string, otherwise: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line === '') return otherwise;
  const characters = [...line];
  return characters.length > PREVIEW ? `${characters.slice(0, PREVIEW - 1).join('')}…` : line;
}
