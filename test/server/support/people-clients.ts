import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { csrfOf } from '../../../src/server/agent/access';

// biome-ignore lint/suspicious/noExplicitAny: tests read what the server says, whatever its shape.
type Json = Record<string, any>;

/** Tries of a call before the server counts as gone for good, and milliseconds between two of them. */
const TRIES = 4_000;
const PAUSE = 15;

/** Calls until the server takes it: it may be killed and started again meanwhile, or too busy. */
async function insist(url: string, init: RequestInit): Promise<{ status: number; body: Json }> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      const response = await fetch(url, init);
      const text = await response.text();
      if (response.status < 500 && response.status !== 429) {
        return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
      }
    } catch {
      // Nobody listens just now, or the answer was cut.
    }
    await wait(PAUSE);
  }
  throw new Error('the server does not answer any more');
}

/** A line that is opened again whenever it is cut. */
abstract class Line {
  private open = true;
  private socket: WebSocket | undefined;

  close(): void {
    this.open = false;
    this.socket?.terminate();
  }

  protected abstract connect(): Promise<WebSocket>;
  protected abstract take(frame: Json): void;

  protected async readAlong(): Promise<void> {
    while (this.open) {
      const socket = await this.connect();
      this.socket = socket;
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('message', (data) => this.take(JSON.parse(String(data))));
      socket.on('error', () => undefined);
      if (!this.open) socket.terminate();
      await closed;
      await wait(PAUSE);
    }
  }
}

/** A shopper's page: it sends again what was not acknowledged, and shows each activity once, by its id. */
export class ShopperClient extends Line {
  /** By id, in the order in which they came. */
  readonly shown = new Map<string, Json>();
  conversationId = '';
  /** Told of each activity as it comes. */
  onActivity: (activity: Json) => void = () => undefined;
  private token = '';
  private watermark = '';
  private said = 0;

  constructor(private readonly origin: string) {
    super();
  }

  async begin(): Promise<this> {
    const { body } = await this.call('/tokens/generate', {});
    this.token = body.token;
    this.conversationId = body.conversationId;
    await this.call('/conversations', { locale: 'en-GB' });
    void this.readAlong();
    return this;
  }

  async say(text: string): Promise<void> {
    this.said += 1;
    const channelData = { clientActivityID: `${this.conversationId}-${this.said}` };
    const path = `/conversations/${this.conversationId}/activities`;
    const { status } = await this.call(path, { type: 'message', text, channelData });
    if (status !== 200) throw new Error(`the message was refused with ${status}`);
  }

  /** What the page shows of a sender, in order. */
  texts(role: 'user' | 'bot', name?: string): string[] {
    return [...this.shown.values()]
      .filter(
        ({ type, from }) => type === 'message' && from.role === role && (name === undefined || from.name === name),
      )
      .map(({ text }) => text);
  }

  protected async connect(): Promise<WebSocket> {
    const { body } = await this.call(`/conversations/${this.conversationId}?watermark=${this.watermark}`);
    return new WebSocket(body.streamUrl);
  }

  protected take({ activities, watermark }: Json): void {
    for (const activity of activities) {
      this.shown.set(activity.id, activity);
      this.onActivity(activity);
    }
    if (watermark !== undefined) this.watermark = watermark;
  }

  private call(path: string, body?: Json) {
    return insist(`${this.origin}/v3/directline${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}

/** An agent's console: it sends again what was not acknowledged, and asks for the events that it missed. */
export class AgentClient extends Line {
  readonly events: Json[] = [];
  /** Told of each event. */
  onEvent: (event: Json) => void = () => undefined;

  constructor(
    private readonly origin: string,
    readonly id: string,
    private readonly token: string,
  ) {
    super();
    void this.readAlong();
  }

  get(path: string): Promise<{ status: number; body: Json }> {
    return insist(`${this.origin}/agent/api${path}`, { headers: this.headers });
  }

  post(path: string, body: Json): Promise<{ status: number; body: Json }> {
    const headers = { ...this.headers, 'content-type': 'application/json', 'x-csrf-token': csrfOf(this.token) };
    return insist(`${this.origin}/agent/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async send(ticketId: string, id: string, text: string): Promise<void> {
    const { status } = await this.post(`/tickets/${ticketId}/messages`, { id, text });
    if (status !== 200) throw new Error(`the message was refused with ${status}`);
  }

  /** Ends the talk and closes the ticket. */
  async settle(ticketId: string): Promise<void> {
    const { body } = await this.get(`/tickets/${ticketId}`);
    const { body: finished } = await this.post(`/tickets/${ticketId}/finish`, { version: body.ticket.version });
    const closing = { version: finished.ticket.version, outcome: 'solved', tags: [] };
    const { status } = await this.post(`/tickets/${ticketId}/close`, closing);
    if (status !== 200) throw new Error(`closing was refused with ${status}`);
  }

  protected async connect(): Promise<WebSocket> {
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}/agent/socket`, { headers: this.headers });
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', after: this.events.at(-1)?.sequence ?? 0 })));
    return socket;
  }

  protected take({ type, event }: Json): void {
    if (type !== 'event') return;
    this.events.push(event);
    this.onEvent(event);
  }

  private get headers() {
    return { cookie: `vitrine_agent=${this.token}`, origin: this.origin };
  }
}
