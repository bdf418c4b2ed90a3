import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { call, type Json } from '../../channels/support/client';

export const SECRET = 'a-secret-of-the-hub';

/** What a hub was told. */
export interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly activity: Json;
}

/** A hub that speaks the protocol over HTTP: it writes down what it is told, and answers by the activity's `serviceUrl`. */
export class OutsideHub {
  readonly told: Told[] = [];
  /** What it answers next, one after the other; then 200. `lost`: it takes the activity, but nobody hears of it. */
  readonly answers: (number | 'lost')[] = [];
  url = '';
  private said = 0;
  private readonly http = createServer(async (request, response) => {
    const activity = JSON.parse(await text(request)) as Json;
    const answer = this.answers.shift() ?? 200;
    if (answer === 200 || answer === 'lost') this.told.push({ headers: request.headers, activity });
    if (answer === 'lost') request.socket.destroy();
    else response.writeHead(answer, answer === 302 ? { location: `${this.url}/elsewhere` } : {}).end('{}');
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.http.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.http.address() as AddressInfo).port}/activities`;
    return this;
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  /** What it was told with a name, or of a type, about a conversation. */
  of(conversationId: string, what: string): Json[] {
    return this.told
      .map(({ activity }) => activity)
      .filter(({ conversation }) => (conversation as Json).id === conversationId)
      .filter(({ name, type }) => (name ?? type) === what);
  }

  /** Answers in the conversation of an activity; with an id of its own unless one is given. */
  answer(told: Json, activity: Json, headers: Record<string, string> = {}) {
    this.said += 1;
    const { id } = told.conversation as { id: string };
    return call(`${told.serviceUrl}/v3/conversations/${encodeURIComponent(id)}/activities`, {
      body: { id: `said-${this.said}`, ...activity },
      headers: { authorization: `Bearer ${SECRET}`, ...headers },
    });
  }

  status(told: Json, state: string, more: Json = {}) {
    return this.answer(told, { type: 'event', name: 'handoff.status', value: { state }, ...more });
  }
}
