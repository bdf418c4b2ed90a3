import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { describeError } from '../../channels';
import {
  type AgentDesk,
  OWNED_STATES,
  type SessionStore,
  type ShopperLine,
  Throttle,
  VitrineError,
} from '../../domain';
import type { Access, Seat } from './access';
import { ConsoleSocket, type ConsoleSocketDeps } from './console-socket';
import type { AuditTrail } from './trail';

const PATH = '/agent/socket';
const MAX_PAYLOAD = 64 * 1024;
/** Consoles that one agent has open. */
const MAX_SOCKETS = 10;
/** Milliseconds between two looks at every socket. */
const HEARTBEAT = 30_000;
/** Milliseconds between two signs that somebody types. */
const TYPING = 1_500;
const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;

export interface SocketHubDeps extends Omit<ConsoleSocketDeps, 'access' | 'onTyping' | 'onFlood' | 'onExpired'> {
  readonly access: Access;
  readonly sessions: Pick<SessionStore, 'touch'>;
  readonly trail: AuditTrail;
  readonly desk: Pick<AgentDesk, 'connected' | 'disconnected' | 'subscribe' | 'subscribePresence'>;
  readonly tickets: ConsoleSocketDeps['tickets'] & {
    openOf(conversationId: string): ReturnType<ConsoleSocketDeps['tickets']['get']>;
  };
  /** Undefined until there is a way to shoppers. */
  readonly line: { readonly current: Pick<ShopperLine, 'typing'> | undefined };
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds between two looks at every socket. */
  readonly heartbeat?: number | undefined;
}

/** The consoles that listen now. */
export class SocketHub {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD, perMessageDeflate: false });
  private readonly sockets = new Set<ConsoleSocket>();
  private readonly typing: Throttle;
  private readonly timer: NodeJS.Timeout;
  private readonly ends: (() => void)[];
  private presenceTold = true;
  private closed = false;

  constructor(private readonly deps: SocketHubDeps) {
    const { desk, clock } = deps;
    this.typing = new Throttle(1, TYPING, clock);
    this.timer = setInterval(() => this.heartbeat(), deps.heartbeat ?? HEARTBEAT);
    this.timer.unref();
    this.ends = [
      desk.subscribe(() => {
        for (const socket of this.sockets) socket.wake();
      }),
      desk.subscribePresence(() => this.presenceChanged()),
    ];
  }

  /** Takes an HTTP upgrade to the console's socket; false when the address is another's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (request.url?.split('?')[0] !== PATH) return false;
    socket.on('error', () => socket.destroy());
    try {
      const seat = this.admit(request);
      this.server.handleUpgrade(request, socket, head, (webSocket) => this.connect(webSocket, seat));
    } catch (error) {
      refuse(socket, error);
    }
    return true;
  }

  /** A session has ended: its sockets do, too. */
  sessionEnded(): void {
    for (const socket of this.sockets) socket.check();
  }

  /** The shopper of a conversation writes; to be called as often as they do. */
  shopperTypes(conversationId: string): void {
    const at = this.deps.clock();
    this.tellOfShopper(conversationId, (ticketId) => ({ type: 'typing', ticketId, who: 'shopper', at }), true);
  }

  /** The shopper's page was opened or is closed. */
  shopperCame(conversationId: string, present: boolean): void {
    this.tellOfShopper(conversationId, (ticketId) => ({ type: 'shopper', ticketId, present }), false);
  }

  close(): void {
    this.closed = true;
    clearInterval(this.timer);
    for (const end of this.ends) end();
    for (const socket of this.sockets) socket.bye('stopping', GOING_AWAY);
    this.server.close();
  }

  /** Throws SIGNED_OUT, FORBIDDEN or NOT_READY; each refusal is written down. */
  private admit({ headers, socket }: IncomingMessage): Seat {
    const { access, trail } = this.deps;
    const seat = access.seatOf(headers);
    try {
      access.checkOrigin(headers);
      if (!seat) throw new VitrineError('SIGNED_OUT', 'Nobody is signed in, or no longer.');
      if (this.closed) throw new VitrineError('NOT_READY', 'The server stops.');
      return seat;
    } catch (error) {
      if (!(error instanceof VitrineError)) throw error;
      const who = seat ? { agentId: seat.agent.id } : { detail: socket.remoteAddress ?? '' };
      trail.addCheap({ ...who, action: 'socket', result: error.code });
      throw error;
    }
  }

  private connect(webSocket: WebSocket, seat: Seat): void {
    const { desk, trail, onFault } = this.deps;
    const agentId = seat.agent.id;
    const socket = new ConsoleSocket(webSocket, seat, {
      ...this.deps,
      onTyping: (...typing) => this.agentTypes(...typing),
      onFlood: () => trail.addCheap({ agentId, action: 'socket', result: 'TOO_MANY_REQUESTS' }),
      onExpired: () => trail.addCheap({ agentId, action: 'socket', result: 'SIGNED_OUT' }),
    });
    this.sockets.add(socket);
    const own = [...this.sockets].filter((other) => other.seat.agent.id === agentId);
    // The oldest goes, not the newest: it is most likely what a broken connection left behind.
    if (own.length > MAX_SOCKETS) own[0]?.bye('stopping', POLICY_VIOLATION);
    trail.addCheap({ agentId, action: 'socket', result: 'done' });
    desk.connected(agentId);
    webSocket.on('error', () => webSocket.terminate());
    webSocket.on('close', () => {
      this.sockets.delete(socket);
      try {
        desk.disconnected(agentId);
      } catch (error) {
        onFault(error);
      }
    });
  }

  /** Dead sockets and those of sessions that are over go. */
  private heartbeat(): void {
    for (const socket of this.sockets) socket.heartbeat();
  }

  private agentTypes({ agent, sessionId }: Seat, ticketId: string): void {
    const { tickets, sessions, line, trail } = this.deps;
    const ticket = tickets.get(ticketId);
    if (ticket?.agentId !== agent.id) {
      trail.addCheap({ agentId: agent.id, action: 'socket', result: 'FORBIDDEN', ...(ticket && { ticketId }) });
      return;
    }
    const key = `agent ${ticketId}`;
    if (!OWNED_STATES.has(ticket.state) || this.typing.wait(key) > 0) return;
    this.typing.count(key);
    sessions.touch(sessionId);
    line.current?.typing(ticket.conversationId, agent.displayName).catch(() => undefined);
  }

  private tellOfShopper(
    conversationId: string,
    message: (ticketId: string) => Parameters<ConsoleSocket['shopper']>[1],
    isThrottled: boolean,
  ): void {
    if (this.sockets.size === 0) return;
    const key = `shopper ${conversationId}`;
    if (isThrottled && this.typing.wait(key) > 0) return;
    if (isThrottled) this.typing.count(key);
    const ticket = this.deps.tickets.openOf(conversationId);
    if (ticket) for (const socket of this.sockets) socket.shopper(ticket, message(ticket.id));
  }

  /** Several changes of one moment are told once. */
  private presenceChanged(): void {
    if (!this.presenceTold) return;
    this.presenceTold = false;
    setImmediate(() => {
      this.presenceTold = true;
      if (this.closed) return;
      const agents = this.deps.views.agents();
      for (const socket of this.sockets) socket.presence(agents);
    });
  }
}

function refuse(socket: Duplex, error: unknown): void {
  const { status, body } = describeError(error);
  const json = JSON.stringify(body);
  const head = ['content-type: application/json', `content-length: ${Buffer.byteLength(json)}`, 'connection: close'];
  socket.end(`HTTP/1.1 ${status} Refused\r\n${head.join('\r\n')}\r\n\r\n${json}`, () => socket.destroy());
}
