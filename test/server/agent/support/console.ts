import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from '@node-rs/argon2';
import { WebSocket } from 'ws';
import type { AgentRole, FoundProduct, MessageTranslator, ProductFinder, Ticket } from '../../../../src/domain';
import { Handoff, type HandoffSettings } from '../../../../src/handoff';
import { createServer } from '../../../../src/server';
import {
  openDatabase,
  SqliteAgentStore,
  SqliteAuditLog,
  SqliteCannedReplyStore,
  SqliteSessionStore,
  SqliteTicketStatistics,
  SqliteTicketStore,
  SqliteTransactions,
  SqliteTranscriptStore,
} from '../../../../src/storage';
import { EchoHandler } from '../../../channels/support/harness';
import { SETTINGS } from '../../../handoff/support/desk';
import { serverDeps, textReply } from '../../../support/server-deps';

export const PASSWORD = 'a fine and long one';
const HASH = hashSync(PASSWORD);

export type Json = Record<string, unknown>;
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what the API answers, whatever its shape.
  readonly body: any;
}

export interface ConsoleOptions {
  readonly settings?: Partial<HandoffSettings>;
  readonly translator?: MessageTranslator;
  readonly heartbeat?: number;
  readonly publicUrl?: string;
}

/** The real server with the console on real storage; the clock is moved by hand, and what shoppers would get is written down. */
export class Console {
  now = Date.UTC(2030, 0, 1, 12);
  readonly sent: { conversationId: string; id: string; text: string; from: string | undefined }[] = [];
  readonly typed: [conversationId: string, from: string][] = [];
  readonly searched: Parameters<ProductFinder['find']>[0][] = [];
  found: readonly FoundProduct[] = [];
  readonly faults: unknown[] = [];
  readonly agents;
  readonly sessions;
  readonly audit;
  readonly tickets;
  readonly transcripts;
  readonly handoff: Handoff;
  readonly attachments;
  origin = '';
  private readonly folder = mkdtempSync(join(tmpdir(), 'vitrine-console-'));
  readonly db = openDatabase(this.folder);
  private readonly http = createHttpServer();
  private server: ReturnType<typeof createServer> | undefined;
  private said = 0;

  constructor(private readonly options: ConsoleOptions = {}) {
    const { db } = this;
    // Nothing is lost with this process: it need not wait for the disk.
    db.pragma('synchronous = OFF');
    const clock = () => this.now;
    this.agents = new SqliteAgentStore(db, clock);
    this.sessions = new SqliteSessionStore(db, clock);
    this.audit = new SqliteAuditLog(db, clock);
    this.tickets = new SqliteTicketStore(db, clock);
    this.transcripts = new SqliteTranscriptStore(db);
    this.attachments = serverDeps(db, this.folder).attachments;
    this.handoff = new Handoff({
      tickets: this.tickets,
      transcripts: this.transcripts,
      transactions: new SqliteTransactions(db),
      clock,
      onFault: (error) => this.faults.push(error),
      say: ({ kind }) => textReply(kind),
      marked: (translation, language) => `${translation} (${language})`,
      line: this.line,
      names: { nameOf: (id) => this.agents.get(id)?.displayName },
      cards: (ids) =>
        ids
          .filter((id) => id.startsWith('p'))
          .map((productId) => ({ productId, title: productId, imageText: '', price: '1 €', why: '', actions: [] })),
      attachments: this.attachments,
      settings: { ...SETTINGS, ...options.settings },
      hub: { current: undefined },
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.http.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
    this.server = createServer({
      ...serverDeps(this.db, this.folder),
      assistant: new EchoHandler(),
      publicUrl: this.options.publicUrl ?? this.origin,
      onFault: (error) => this.faults.push(error),
      trustProxy: 1,
      console: {
        desk: this.handoff,
        tickets: this.tickets,
        transcripts: this.transcripts,
        statistics: new SqliteTicketStatistics(this.db),
        agents: this.agents,
        sessions: this.sessions,
        audit: this.audit,
        canned: new SqliteCannedReplyStore(this.db),
        finder: {
          find: (query) => {
            this.searched.push(query);
            return Promise.resolve(this.found);
          },
        },
        translator: this.options.translator,
        translatedWithin: 2_000,
        line: this.line,
        shopName: 'Shop',
        clock: () => this.now,
        heartbeat: this.options.heartbeat,
      },
    });
    this.server.attach(this.http);
    return this;
  }

  /** Ends the sockets; the HTTP server goes on. */
  async stop(): Promise<void> {
    await this.server?.close();
    this.server = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
    this.db.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  addAgent(name: string, role: AgentRole = 'agent', totpSecret?: string): string {
    const secrets = { passwordHash: HASH, ...(totpSecret !== undefined && { totpSecret }) };
    const added = this.agents.add({ name, displayName: name.toUpperCase(), role, ...secrets });
    if (!added) throw new Error(`${name} was not added`);
    return added.id;
  }

  /** A new agent who is signed in, without the time that signing in takes. */
  seat(name: string, role: AgentRole = 'agent'): Seat {
    const id = this.addAgent(name, role);
    return new Seat(this, id, this.sessions.start(id));
  }

  async login(fields: Json, headers: Record<string, string> = {}): Promise<Answer> {
    return request(`${this.origin}/agent/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.origin, ...headers },
      body: JSON.stringify(fields),
    });
  }

  /** What the audit log says, oldest first. */
  trail(): (string | undefined)[][] {
    return this.audit
      .page({ limit: 10_000 })
      .map(({ action, result, ticketId, detail }) => [
        action,
        result,
        ...(ticketId ? [ticketId] : []),
        ...(detail ? [detail] : []),
      ])
      .reverse();
  }

  /** A conversation whose shopper asks for a person. */
  escalate(conversationId = `local:${this.said + 1}`, text = 'a person, please'): Ticket {
    const message = { conversationId, channel: 'directline', userId: `of ${conversationId}`, text };
    const entries = [this.entry(conversationId, text)];
    const change = { kind: 'escalate', reason: 'asked' } as const;
    this.handoff.shoppers.turned({ message, language: 'en', topic: 'shoes', entries, change });
    this.handoff.shoppers.settle(conversationId);
    return this.tickets.openOf(conversationId) as Ticket;
  }

  /** The shopper says something while a person owns the conversation. */
  say(conversationId: string, text: string): void {
    if (!this.handoff.shoppers.forward(this.entry(conversationId, text))) throw new Error('nobody owns it');
    this.handoff.shoppers.settle(conversationId);
  }

  private entry(conversationId: string, text: string) {
    this.said += 1;
    return { id: `said-${this.said}`, conversationId, at: this.now, speaker: 'shopper', text, language: 'en' } as const;
  }

  private get line() {
    return {
      current: {
        write: (conversationId: string, message: { id: string; reply: { text: string }; from?: string }) => {
          this.sent.push({ conversationId, id: message.id, text: message.reply.text, from: message.from });
          return true;
        },
        wake: () => undefined,
        typing: (conversationId: string, from: string) => {
          this.typed.push([conversationId, from]);
          return Promise.resolve();
        },
      },
    };
  }
}

/** A browser in which an agent is signed in. */
export class Seat {
  private csrf: string | undefined;

  constructor(
    private readonly console: Console,
    readonly id: string,
    public token: string,
  ) {}

  /** Signs in anew: time has passed. */
  renew(): this {
    this.token = this.console.sessions.start(this.id);
    this.csrf = undefined;
    return this;
  }

  get headers(): Record<string, string> {
    return { cookie: `vitrine_agent=${this.token}` };
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return request(`${this.console.origin}/agent/api${path}`, { headers: { ...this.headers, ...headers } });
  }

  async post(path: string, body: unknown = {}, headers: Record<string, string> = {}, method = 'POST'): Promise<Answer> {
    this.csrf ??= String((await this.get('/me')).body.csrf);
    const isRaw = Buffer.isBuffer(body) || body instanceof FormData || typeof body === 'string';
    const type =
      body instanceof FormData ? {} : { 'content-type': Buffer.isBuffer(body) ? 'image/png' : 'application/json' };
    return request(`${this.console.origin}/agent/api${path}`, {
      method,
      headers: { ...this.headers, ...type, origin: this.console.origin, 'x-csrf-token': this.csrf, ...headers },
      body: isRaw ? (body as string) : JSON.stringify(body),
    });
  }

  /** A line to the server; `frames` fills as they come. */
  socket(after?: number, headers: Record<string, string> = {}) {
    return openSocket(this.console.origin, { ...this.headers, origin: this.console.origin, ...headers }, after);
  }
}

export function openSocket(origin: string, headers: Record<string, string>, after?: number) {
  // biome-ignore lint/suspicious/noExplicitAny: tests read what the socket says, whatever its shape.
  const frames: any[] = [];
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/agent/socket`, { headers });
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  socket.on('error', () => undefined);
  const opened = new Promise<void>((resolve) => socket.on('open', resolve));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const refused = new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });
  const send = (frame: unknown) => socket.send(JSON.stringify(frame));
  if (after !== undefined) socket.on('open', () => send({ type: 'hello', after }));
  const of = (type: string) => frames.filter((frame) => frame.type === type);
  return { socket, frames, opened, closed, refused, send, of };
}

async function request(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(String(bytes)) : bytes };
}
