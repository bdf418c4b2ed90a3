import type { Ticket } from '../domain';
import type { TicketBook } from './book';
import type { Floor } from './floor';
import { HUB_AGENT } from './hub-side';
import type { Presences } from './presences';
import type { HandoffSettings } from './settings';

/** Milliseconds between two looks at the tickets. */
const INTERVAL = 5_000;

export interface TimeoutsParts {
  readonly book: TicketBook;
  readonly floor: Floor;
  readonly presences: Presences;
  readonly settings: HandoffSettings;
}

/**
 * What happens to tickets because nothing happens. Each thing happens once: what was done is written on the ticket, so that
 * another process that takes over goes on from there.
 */
export class Timeouts {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: TimeoutsParts) {}

  start(): void {
    this.timer = setInterval(() => {
      try {
        this.tick();
      } catch (error) {
        // The next look does what this one could not.
        this.parts.book.parts.onFault(error);
      }
    }, INTERVAL);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Looks at every ticket once. */
  tick(): void {
    const { book, floor, settings } = this.parts;
    for (const ticket of book.parts.tickets.inStates(['queued', 'assigned', 'active', 'wrapUp'])) {
      const inState = book.parts.clock() - ticket.since;
      // The hub has clocks of its own; what it left when it was given up goes back.
      if (ticket.agentId === HUB_AGENT && settings.mode === 'hub') continue;
      if (ticket.state === 'queued' && ticket.remindedAt === undefined && inState >= settings.queueReminder) {
        this.remind(ticket);
      }
      if (ticket.state === 'wrapUp' && inState >= settings.wrapUp) this.close(ticket);
      if (ticket.state === 'assigned' && inState >= settings.answerWithin) this.release(ticket, true);
      else if (this.isLost(ticket)) this.release(ticket, false);
      else if (ticket.state === 'active') this.watchShopper(ticket);
    }
    floor.assignWaiting();
  }

  private remind(ticket: Ticket): void {
    const { book, floor } = this.parts;
    book.commit(ticket.conversationId, () => {
      const reminded = book.amend(ticket, { remindedAt: book.parts.clock() });
      const place = floor.placeOf(ticket);
      if (reminded.ok && place) book.notify(reminded.ticket, { kind: 'stillWaiting', place });
    });
  }

  private close(ticket: Ticket): void {
    const { book } = this.parts;
    const asksRating = ticket.answeredAt !== undefined;
    const asked = asksRating ? { ratingAskedAt: book.parts.clock() } : {};
    book.commit(ticket.conversationId, () => {
      const closed = book.move(ticket, 'close', ['system'], { outcome: ticket.outcome ?? 'timeout', ...asked });
      if (closed.ok) book.notify(closed.ticket, { kind: 'closed', asksRating });
    });
  }

  private release(ticket: Ticket, unanswered: boolean): void {
    const { book, floor, presences, settings } = this.parts;
    // Who was given a ticket and did not look would be given it again.
    if (unanswered && settings.assignment === 'automatic' && ticket.agentId !== undefined) {
      presences.status(ticket.agentId, 'away');
    }
    book.commit(ticket.conversationId, () => {
      const released = book.move(ticket, 'release', ['system']);
      const place = released.ok && floor.placeOf(released.ticket);
      if (released.ok && place) book.notify(released.ticket, { kind: 'released', place });
    });
    presences.changed();
  }

  private isLost({ state, agentId, since }: Ticket): boolean {
    if (agentId === undefined || (state !== 'assigned' && state !== 'active')) return false;
    const { presences, settings, book } = this.parts;
    const lost = presences.lostSince(agentId);
    return lost !== undefined && book.parts.clock() - Math.max(lost, since) >= settings.lostAfter;
  }

  /** The agent spoke last, long ago, and was not told of it since. */
  private watchShopper(ticket: Ticket): void {
    const { book, settings } = this.parts;
    const { transcripts, clock } = book.parts;
    const said = transcripts.lastOf(ticket.conversationId, 'agent');
    const answered = transcripts.lastOf(ticket.conversationId, 'shopper');
    if (!said || (answered && answered.sequence > said.sequence)) return;
    if (clock() - said.at < settings.shopperSilence || (ticket.remindedAt ?? 0) >= said.at) return;
    book.commit(ticket.conversationId, () => {
      const reminded = book.amend(ticket, { remindedAt: clock() });
      if (reminded.ok) book.hint(reminded.ticket, { kind: 'silent' });
    });
  }
}
