import { WebSocket } from 'ws';
import { z } from 'zod';
import type { ConsoleEvent, Ticket, TicketStore } from '../../domain';
import type { Access, Seat } from './access';
import { id } from './fields';
import type { Reach } from './reach';
import type { AgentView, EventView, Views } from './views';

/** A reader with more than this many unsent bytes is dropped; it comes back and asks from the last event that it saw. */
const MAX_BUFFERED = 1024 * 1024;
/** Most frames, pings and pongs that a console may send between two heartbeats. */
const MAX_FRAMES = 300;
/** Events that are read at once. */
const PAGE = 50;
const POLICY_VIOLATION = 1008;

const FRAME = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), after: z.number().int().min(0) }),
  z.object({ type: z.literal('typing'), ticketId: id }),
  z.object({ type: z.literal('ping') }),
]);

type Message =
  | { readonly type: 'event'; readonly event: EventView }
  | { readonly type: 'typing'; readonly ticketId: string; readonly who: 'shopper'; readonly at: number }
  | { readonly type: 'presence'; readonly agents: readonly AgentView[] }
  | { readonly type: 'shopper'; readonly ticketId: string; readonly present: boolean }
  | { readonly type: 'bye'; readonly reason: 'expired' | 'stopping' }
  | { readonly type: 'pong' };

export interface ConsoleSocketDeps {
  readonly access: Pick<Access, 'seatOfSession'>;
  readonly tickets: Pick<TicketStore, 'get' | 'eventsAfter' | 'lastEvent' | 'inStates'>;
  readonly reach: Reach;
  readonly views: Views;
  /** The agent types in a ticket. */
  readonly onTyping: (seat: Seat, ticketId: string) => void;
  readonly onFlood: (seat: Seat) => void;
  /** The session ended while the console listened. */
  readonly onExpired: (seat: Seat) => void;
  readonly onFault: (error: unknown) => void;
}

/**
 * One console's line. Events are read from their table as the reader takes them, so a slow reader costs no memory, and
 * nothing is lost or doubled between what was missed and what happens now. Who it is is asked anew before anything is shown.
 */
export class ConsoleSocket {
  /** The newest event that the console has; undefined before its hello. */
  private after: number | undefined;
  private sending = false;
  private answered = true;
  private received = 0;

  constructor(
    private readonly socket: WebSocket,
    readonly seat: Seat,
    private readonly deps: ConsoleSocketDeps,
  ) {
    socket.on('message', (data, isBinary) => this.guarded(() => this.receive(isBinary ? '' : String(data))));
    socket.on('ping', () => this.count());
    socket.on('pong', () => {
      this.answered = true;
      this.count();
    });
  }

  /** Something happened. */
  wake(): void {
    this.guarded(() => this.pump());
  }

  presence(agents: readonly AgentView[]): void {
    this.guarded(() => {
      if (this.after !== undefined && this.present()) this.send({ type: 'presence', agents });
    });
  }

  /** The shopper of a ticket writes, comes or goes. */
  shopper(ticket: Ticket, message: Extract<Message, { type: 'typing' | 'shopper' }>): void {
    this.guarded(() => {
      const seat = this.after === undefined ? undefined : this.present();
      if (seat && this.deps.reach.mayRead(seat, ticket)) this.send(message);
    });
  }

  /** Ends a line whose session is over. */
  check(): void {
    this.guarded(() => this.present());
  }

  /** Drops a console that did not answer the last ping, and pings the others. */
  heartbeat(): void {
    this.guarded(() => {
      if (!this.present()) return;
      if (!this.answered) {
        this.socket.terminate();
        return;
      }
      this.answered = false;
      this.received = 0;
      if (this.socket.readyState === WebSocket.OPEN) this.socket.ping();
    });
  }

  bye(reason: 'expired' | 'stopping', code: number): void {
    this.send({ type: 'bye', reason });
    this.socket.close(code, reason);
  }

  private receive(data: string): void {
    if (!this.count()) return;
    const frame = FRAME.safeParse(parsed(data)).data;
    // What a newer page says, or nobody, is no reason to hang up.
    if (!frame) return;
    const seat = this.present();
    if (!seat) return;
    if (frame.type === 'ping') this.send({ type: 'pong' });
    else if (frame.type === 'typing') this.deps.onTyping(seat, frame.ticketId);
    else if (this.after === undefined) this.greet(frame.after);
  }

  private greet(after: number): void {
    const { tickets, views } = this.deps;
    // A number from another database would keep it waiting for ever.
    this.after = Math.min(after, tickets.lastEvent());
    this.send({ type: 'presence', agents: views.agents() });
    for (const ticket of tickets.inStates(['queued', 'assigned', 'active', 'wrapUp', 'message'])) {
      if (views.ticket(ticket).shopperPresent) {
        this.shopper(ticket, { type: 'shopper', ticketId: ticket.id, present: true });
      }
    }
    this.pump();
  }

  private pump(): void {
    while (this.after !== undefined && !this.sending && this.socket.readyState === WebSocket.OPEN) {
      const seat = this.present();
      if (!seat) return;
      const events = this.deps.tickets.eventsAfter(this.after, PAGE);
      if (events.length === 0) return;
      this.after = events.at(-1)?.sequence ?? this.after;
      this.show(events.flatMap((event) => this.shown(seat, event) ?? []));
    }
  }

  /** The next page waits until the reader took this one. */
  private show(events: readonly EventView[]): void {
    this.sending = events.length > 0;
    events.forEach((event, index) => {
      const isLast = index === events.length - 1;
      const taken = (error?: Error | null): void => {
        this.sending = false;
        if (!error) this.wake();
      };
      this.send({ type: 'event', event }, isLast ? taken : undefined);
    });
  }

  /** The event as the agent may see it; undefined for nothing of theirs. */
  private shown(seat: Seat, { ticket, entry, ...event }: ConsoleEvent): EventView | undefined {
    const { tickets, reach, views } = this.deps;
    // As it is now: what was anybody's may be another agent's by now.
    const now = tickets.get(event.ticketId);
    const isOpen = now !== undefined && reach.mayRead(seat, now);
    if (ticket)
      return { ...event, ticket: isOpen && reach.mayRead(seat, ticket) ? views.ticket(ticket) : views.hidden(ticket) };
    return entry && isOpen ? { ...event, entry: views.entry(entry) } : undefined;
  }

  /** Who sits here; undefined, and the line ends, when the session is over. */
  private present(): Seat | undefined {
    const seat = this.deps.access.seatOfSession(this.seat.sessionId);
    if (!seat) {
      if (this.socket.readyState === WebSocket.OPEN) this.deps.onExpired(this.seat);
      this.bye('expired', POLICY_VIOLATION);
    }
    return seat;
  }

  /** False, and the line is cut, for too many. */
  private count(): boolean {
    this.received += 1;
    if (this.received <= MAX_FRAMES) return true;
    if (this.socket.readyState === WebSocket.OPEN) this.deps.onFlood(this.seat);
    this.socket.terminate();
    return false;
  }

  private send(message: Message, done?: (error?: Error) => void): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > MAX_BUFFERED) this.socket.terminate();
    else this.socket.send(JSON.stringify(message), done);
  }

  private guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.deps.onFault(error);
      this.socket.terminate();
    }
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
