import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { VitrineError } from '../../domain';
import type { Conversations } from './conversations';
import { describeError } from './http';
import { isAllowedOrigin } from './origins';
import { StreamSocket } from './stream-socket';
import { type StreamGrant, TOKEN_SECONDS, type Tokens } from './tokens';

const STREAM_PATH = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/;
const MAX_PAYLOAD = 64 * 1024;
const MAX_SOCKETS = 5;
/** Milliseconds between two looks at every socket. */
const HEARTBEAT = 30_000;
const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;

/** What the hub needs. */
export interface StreamHubOptions {
  readonly conversations: Conversations;
  readonly tokens: Tokens;
  readonly allowedOrigins: readonly string[];
  readonly onFault: (error: unknown) => void;
  readonly clock: () => Date;
  /** Called when the first socket of a conversation opens, and when the last one is closed. */
  readonly onPresence: (conversationId: string, isPresent: boolean) => void;
  /** Milliseconds between two looks at every socket. */
  readonly heartbeat?: number | undefined;
}

/** The WebSocket side of the local Direct Line. */
export class StreamHub {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD, perMessageDeflate: false });
  private readonly sockets = new Map<string, Set<StreamSocket>>();
  private readonly timer: NodeJS.Timeout;
  private closed = false;

  constructor(private readonly options: StreamHubOptions) {
    this.timer = setInterval(() => this.heartbeat(), options.heartbeat ?? HEARTBEAT);
    this.timer.unref();
  }

  /** Takes an HTTP upgrade to a stream address; false when the address is another's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const address = request.url ?? '/';
    if (!URL.canParse(address, 'http://local')) return false;
    const url = new URL(address, 'http://local');
    const path = STREAM_PATH.exec(url.pathname);
    if (path === null) return false;
    socket.on('error', () => socket.destroy());
    this.admit(request, path[1] ?? '', url.searchParams.get('t') ?? '').then(
      (grant) => this.server.handleUpgrade(request, socket, head, (webSocket) => this.connect(webSocket, grant)),
      (error: unknown) => this.refuse(socket, error),
    );
    return true;
  }

  /** The conversation's token was renewed: its sockets may stay as long again. */
  extend(conversationId: string): void {
    const until = this.expiry();
    for (const socket of this.sockets.get(conversationId) ?? []) socket.expires = until;
  }

  close(): void {
    this.closed = true;
    clearInterval(this.timer);
    for (const socket of this.all()) socket.close(GOING_AWAY, 'the server stops');
    this.server.close();
  }

  private async admit(request: IncomingMessage, conversationId: string, token: string): Promise<StreamGrant> {
    const { allowedOrigins, tokens, conversations } = this.options;
    if (!isAllowedOrigin(request.headers, allowedOrigins)) {
      throw new VitrineError('FORBIDDEN', 'Pages of this origin may not open the stream.');
    }
    const grant = await tokens.openStream(token);
    if (grant.conversationId !== conversationId || conversations.userOf(conversationId) !== grant.userId) {
      throw new VitrineError('FORBIDDEN', 'The token does not open this conversation.');
    }
    if (this.closed) throw new VitrineError('CONVERSATION_UNKNOWN', 'The server stops.');
    return grant;
  }

  private refuse(socket: Duplex, error: unknown): void {
    const { status, body } = describeError(error);
    if (status >= 500) this.options.onFault(error);
    const json = JSON.stringify(body);
    const head = ['content-type: application/json', `content-length: ${Buffer.byteLength(json)}`, 'connection: close'];
    socket.end(`HTTP/1.1 ${status} Refused\r\n${head.join('\r\n')}\r\n\r\n${json}`, () => socket.destroy());
  }

  private connect(webSocket: WebSocket, { conversationId, sequence }: StreamGrant): void {
    const { conversations, onFault, onPresence } = this.options;
    const socket = new StreamSocket(webSocket, conversations, conversationId, sequence, onFault);
    socket.expires = this.expiry();
    const group = this.sockets.get(conversationId) ?? new Set();
    this.sockets.set(conversationId, group.add(socket));
    if (group.size === 1) onPresence(conversationId, true);
    const [oldest] = group;
    // The oldest goes, not the newest: it is most likely what a broken connection left behind.
    if (group.size > MAX_SOCKETS) oldest?.close(POLICY_VIOLATION, 'too many connections');
    const stop = conversations.listen(conversationId, socket);
    webSocket.on('error', () => webSocket.terminate());
    webSocket.on('close', () => {
      stop();
      group.delete(socket);
      if (group.size > 0 || this.sockets.get(conversationId) !== group) return;
      this.sockets.delete(conversationId);
      onPresence(conversationId, false);
    });
    socket.stored();
  }

  /**
   * Drops the sockets that are dead or flooding, whose token has expired, or whose conversation was erased; the clients of
   * the last two come back and are told.
   */
  private heartbeat(): void {
    const now = this.options.clock().getTime();
    for (const [conversationId, group] of this.sockets) {
      const ended = this.isErased(conversationId);
      for (const socket of [...group]) {
        if (ended) socket.close(POLICY_VIOLATION, 'the conversation was erased');
        else if (socket.expires <= now) socket.close(POLICY_VIOLATION, 'the token has expired');
        else socket.heartbeat();
      }
    }
  }

  /** By another process, or because it was too old. */
  private isErased(conversationId: string): boolean {
    try {
      return !this.options.conversations.exists(conversationId);
    } catch (error) {
      this.options.onFault(error);
      return false;
    }
  }

  private expiry(): number {
    return this.options.clock().getTime() + TOKEN_SECONDS * 1000;
  }

  private all(): StreamSocket[] {
    return [...this.sockets.values()].flatMap((group) => [...group]);
  }
}
