import type { ConsoleApi } from '../api/console-api';
import type { Answer, Refusal } from '../api/request';
import type { ConsoleEvent, FromSocket, Me, PresenceStatus, Ticket } from '../api/types';
import { type Line, LiveSocket } from '../live/live-socket';
import { CannedReplies } from './canned-replies';
import { Drafts } from './drafts';
import { forgetDesk, recallDesk, rememberDesk } from './memory';
import { type Notice, noticeOf } from './notices';
import { type Change, reduce } from './reduce';
import type { Remembered } from './remembered';
import { Sender } from './sender';
import { type DeskState, EMPTY_THREAD, emptyDesk, type Pending } from './state';

/** Milliseconds between two words to the server that somebody is there. */
const STILL_HERE = 300_000;
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel'] as const;
/** Milliseconds between two signs that the agent is typing. */
const TYPING = 3000;

export interface DeskDeps {
  readonly api: ConsoleApi;
  readonly me: Me;
  readonly connect: () => Line;
  /** The server ended the session. */
  readonly onExpired: () => void;
  readonly onNotice: (notice: Notice) => void;
}

/** An agent's desk: what they know, kept up to date by the live line, and what they do. */
export class Desk {
  readonly drafts = new Drafts();
  readonly canned: CannedReplies;
  private state: DeskState;
  private readonly listeners = new Set<() => void>();
  private readonly socket: LiveSocket;
  private readonly sender: Sender;
  /** What waits for the line to be back. */
  private readonly sleepers = new Set<() => void>();
  private stopped = false;
  private wasHereAt = Date.now();
  private readonly inView = new Set<string>();
  private typedAt = 0;

  /** Read before anything is kept anew. */
  private readonly kept: Remembered | undefined;

  constructor(private readonly deps: DeskDeps) {
    this.state = emptyDesk(deps.me);
    this.canned = new CannedReplies(deps.api);
    this.kept = recallDesk(deps.me.id);
    this.socket = new LiveSocket({
      connect: deps.connect,
      after: () => this.state.lastEvent,
      onMessage: (message) => this.receive(message),
      onConnection: (connection) => {
        this.apply({ type: 'connection', connection });
        if (connection === 'live') for (const wake of this.sleepers) wake();
      },
    });
    this.sender = new Sender({
      api: deps.api,
      onSent: (entry) => this.apply({ type: 'sent', entry }),
      wait: (milliseconds) => this.untilLive(milliseconds),
      onFailed: (sent) =>
        this.applyToTicket(sent.ticketId, (conversationId) => ({ type: 'sending', conversationId, sent })),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): DeskState => this.state;

  /** Loads the lists, opens the line, and takes up what was open before a refresh. */
  async start(): Promise<void> {
    addEventListener('online', this.socket.hurry);
    addEventListener('offline', this.socket.cut);
    document.addEventListener('visibilitychange', this.wake);
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, this.stillHere, { passive: true });
    while (!this.stopped && !(await this.refresh())) await pause(2000);
    if (this.stopped) return;
    this.resume();
    this.socket.start();
    void this.canned.load();
  }

  /** Leaves the desk; without `keep` nothing of it stays in this browser. */
  stop(keep: boolean): void {
    this.stopped = true;
    for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, this.stillHere);
    removeEventListener('online', this.socket.hurry);
    removeEventListener('offline', this.socket.cut);
    document.removeEventListener('visibilitychange', this.wake);
    this.socket.stop();
    if (keep) return;
    forgetDesk();
    this.drafts.forget();
  }

  /** Loads the lists again; true when the server gave them all. */
  async refresh(): Promise<boolean> {
    const { api } = this.deps;
    const answers = await Promise.all([api.tickets('open'), api.tickets('mine'), api.tickets('message')]);
    const lists = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
    if (lists.length < answers.length) return false;
    this.apply({ type: 'listed', lists });
    return true;
  }

  /** More closed tickets, older than those that are known. */
  async moreClosed(): Promise<void> {
    const closed = [...this.state.tickets.values()].flatMap(({ closedAt }) => closedAt ?? []);
    const answer = await this.deps.api.tickets('closed', closed.length > 0 ? Math.min(...closed) : undefined);
    if (answer.ok) this.apply({ type: 'closedListed', tickets: answer.value.tickets });
  }

  /** Opens a conversation beside the others. */
  open(ticketId: string): void {
    this.apply({ type: 'opened', ticketId });
    const ticket = this.state.tickets.get(ticketId);
    if (ticket === undefined || this.threadOf(ticket).loading === 'no') void this.load(ticketId);
  }

  leave(ticketId: string): void {
    this.apply({ type: 'left', ticketId });
  }

  /** Loads the newest page of a transcript. */
  async load(ticketId: string): Promise<Answer<unknown>> {
    this.applyToTicket(ticketId, (conversationId) => ({ type: 'loading', conversationId }));
    const answer = await this.deps.api.ticket(ticketId);
    if (answer.ok) this.apply({ type: 'loaded', loaded: answer.value });
    else this.applyToTicket(ticketId, (conversationId) => ({ type: 'loadFailed', conversationId }));
    return answer;
  }

  async loadOlder(ticket: Ticket): Promise<void> {
    const first = this.threadOf(ticket).entries[0];
    if (first === undefined) return;
    const answer = await this.deps.api.older(ticket.id, first.sequence);
    const { conversationId } = ticket;
    if (answer.ok) this.apply({ type: 'older', conversationId, entries: answer.value.entries });
  }

  /** Says whether the agent has the end of a conversation before their eyes. */
  look(ticketId: string, inView: boolean): void {
    if (inView) this.inView.add(ticketId);
    else this.inView.delete(ticketId);
    if (inView) this.applyToTicket(ticketId, (conversationId) => ({ type: 'seen', conversationId }));
  }

  /** Changes a ticket. After a conflict the desk shows what the ticket is now. */
  async act(ticketId: string, action: string, fields: object = {}): Promise<Answer<{ readonly ticket: Ticket }>> {
    const ticket = this.state.tickets.get(ticketId);
    if (ticket === undefined) return { ok: false, status: 404, code: 'NOT_FOUND' };
    const answer = await this.deps.api.act(ticket, action, fields);
    if (answer.ok) this.apply({ type: 'ticket', ticket: answer.value.ticket });
    else await this.takeRefusal(answer);
    return answer;
  }

  /** Sends words, pictures and products; they are shown at once, and tried again until the server has them. */
  async send(ticket: Ticket, message: Omit<Pending, 'id' | 'ticketId' | 'at' | 'failed'>): Promise<void> {
    const at = Date.now() + this.deps.api.requests.clockOffset;
    await this.resend({ ...message, id: crypto.randomUUID(), ticketId: ticket.id, at, failed: false });
  }

  async resend(pending: Pending): Promise<void> {
    const sent = { ...pending, failed: false };
    this.applyToTicket(sent.ticketId, (conversationId) => ({ type: 'sending', conversationId, sent }));
    await this.sender.send(sent);
  }

  discard({ ticketId, id }: Pending): void {
    this.applyToTicket(ticketId, (conversationId) => ({ type: 'discarded', conversationId, id }));
  }

  /** Tells the shopper that somebody writes; not with every key. */
  typing(ticketId: string): void {
    if (Date.now() - this.typedAt < TYPING) return;
    this.typedAt = Date.now();
    this.socket.send({ type: 'typing', ticketId });
  }

  async setPresence(status: PresenceStatus): Promise<void> {
    const answer = await this.deps.api.presence(status);
    if (!answer.ok) return;
    const { me, agents } = this.state;
    const changed = agents.map((agent) => (agent.id === me.id ? { ...agent, status } : agent));
    this.apply({ type: 'agents', agents: changed });
  }

  private receive(message: FromSocket): void {
    if (message.type === 'event') this.receiveEvent(message.event);
    else if (message.type === 'typing') {
      this.apply({ type: 'typing', ticketId: message.ticketId, now: Date.now() });
    } else if (message.type === 'presence') this.apply({ type: 'agents', agents: message.agents });
    else if (message.type === 'shopper') {
      this.apply({ type: 'present', ticketId: message.ticketId, present: message.present });
    } else if (message.type === 'bye' && message.reason === 'expired') this.deps.onExpired();
  }

  private receiveEvent(event: ConsoleEvent): void {
    const before = this.state;
    const notice = noticeOf(before, event, this.inView);
    this.apply({ type: 'event', event });
    if (this.inView.has(event.ticketId)) this.apply({ type: 'seen', conversationId: event.conversationId });
    if (notice !== undefined) this.deps.onNotice(notice);
  }

  private async takeRefusal({ ticket, status }: Refusal): Promise<void> {
    if (ticket !== undefined) this.apply({ type: 'ticket', ticket });
    else if (status >= 400 && status < 500) await this.refresh();
  }

  /** The server ends sessions in which nothing is asked for: who only reads and waits is there, too. */
  private readonly stillHere = (): void => {
    if (Date.now() - this.wasHereAt < STILL_HERE) return;
    this.wasHereAt = Date.now();
    void this.deps.api.me();
  };

  private readonly wake = (): void => {
    if (document.hidden) return;
    this.socket.hurry();
  };

  private resume(): void {
    const { opened = [], recent = [], seen = {}, pending = [] } = this.kept ?? {};
    for (const [conversationId, sequence] of Object.entries(seen)) {
      this.apply({ type: 'sawBefore', conversationId, sequence });
    }
    const known = opened.filter((id) => this.state.tickets.has(id));
    for (const id of known) this.open(id);
    for (const ticketId of recent.filter((id) => known.includes(id)).reverse())
      this.apply({ type: 'opened', ticketId });
    for (const { conversationId, ...sent } of pending) {
      if (sent.failed) this.apply({ type: 'sending', conversationId, sent });
      else void this.resend(sent);
    }
  }

  /** Resolves after so many milliseconds, or when the line is back. */
  private untilLive(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.sleepers.add(wake);
    });
  }

  private threadOf({ conversationId }: Ticket) {
    return this.state.threads.get(conversationId) ?? EMPTY_THREAD;
  }

  private applyToTicket(ticketId: string, change: (conversationId: string) => Change): void {
    const ticket = this.state.tickets.get(ticketId);
    if (ticket !== undefined) this.apply(change(ticket.conversationId));
  }

  private apply(change: Change): void {
    const before = this.state;
    const next = reduce(before, change);
    if (next === before) return;
    this.state = next;
    if (next.listed) rememberDesk(next);
    for (const listener of this.listeners) listener();
    // While it was another's, its entries were not for us.
    for (const id of next.opened) {
      const ticket = next.tickets.get(id);
      if (ticket?.isHidden !== true && ticket?.agentId !== before.tickets.get(id)?.agentId) void this.load(id);
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
