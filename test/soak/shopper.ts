import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';

type Json = Record<string, unknown>;

/** Tries of a call before the server counts as gone for good. */
const TRIES = 2_000;
const PAUSE = 15;
/** What `server.ts` says of a turn that it gave up. */
const APOLOGY = 'sorry';

/** A client that talks without end, sends again what was not acknowledged, and reads along over a socket that drops. */
export class Shopper {
  private readonly acknowledged = new Map<string, string>();
  private readonly seen = new Map<string, number>();
  private repeated = 0;
  private talking = true;
  private open = true;
  private socket: WebSocket | undefined;
  private token = '';
  private conversationId = '';
  private watermark = '';

  constructor(private readonly origin: string) {}

  /** Talks until `stop`. */
  async talk(): Promise<void> {
    const { body: generated } = await this.insist('/tokens/generate', {});
    this.token = String(generated.token);
    this.conversationId = String(generated.conversationId);
    await this.insist('/conversations', {});
    void this.readAlong();
    for (let count = 1; this.talking; count += 1) {
      const text = `m${count}`;
      const channelData = { clientActivityID: `${this.conversationId}-${count}` };
      const { body, tries } = await this.insist(`/conversations/${this.conversationId}/activities`, {
        type: 'message',
        text,
        channelData,
      });
      this.acknowledged.set(text, String(body.id));
      this.repeated += tries > 1 ? 1 : 0;
      await wait(Math.random() * 20);
    }
  }

  stop(): void {
    this.talking = false;
  }

  close(): void {
    this.talking = false;
    this.open = false;
    this.socket?.terminate();
  }

  /** Waits until everything is answered, or nothing comes any more, and counts what is wrong. */
  async check() {
    let history: Json[] = [];
    for (let quiet = 0; quiet < 100; quiet += 1) {
      const next = await this.history();
      if (next.length > history.length) quiet = 0;
      history = next;
      if (this.answers(history).length >= this.acknowledged.size) break;
      await wait(50);
    }
    await wait(200);
    history = await this.history();
    const own = history.filter(({ from }) => (from as Json).role === 'user').map(({ text }) => String(text));
    const answers = this.answers(history);
    const answered = answers.map(({ replyToId }) => String(replyToId));
    const counts = answers.map(({ text }) => String(text)).filter((text) => text !== APOLOGY);
    const twice = (list: readonly string[]) => list.length - new Set(list).size;
    const missing = (wanted: Iterable<string>, list: readonly string[]) =>
      [...wanted].filter((each) => !list.includes(each)).length;
    return {
      acknowledged: this.acknowledged.size,
      repeated: this.repeated,
      apologies: answers.length - counts.length,
      lost: missing(this.acknowledged.keys(), own) + missing(this.acknowledged.values(), answered),
      doubled: twice(own) + twice(answered) + [...this.seen.values()].filter((times) => times > 1).length,
      // Each answer counts one more than the answer before.
      wrongState: counts.filter((text, index) => !text.startsWith(`${index + 1}: `)).length,
    };
  }

  /** Answers to messages; the greeting answers none of them. */
  private answers(history: readonly Json[]): Json[] {
    const own = new Set(this.acknowledged.values());
    return history.filter(({ from, replyToId }) => (from as Json).role === 'bot' && own.has(String(replyToId)));
  }

  private async history(): Promise<Json[]> {
    const all: Json[] = [];
    for (let watermark = ''; ; ) {
      const path = `/conversations/${this.conversationId}/activities?watermark=${watermark}`;
      const { body } = await this.insist(path);
      const page = body.activities as Json[];
      if (page.length === 0) return all;
      all.push(...page);
      watermark = String(body.watermark);
    }
  }

  /** As the page does it: from the last watermark, whenever the socket has dropped. */
  private async readAlong(): Promise<void> {
    while (this.open) {
      const { body } = await this.insist(`/conversations/${this.conversationId}?watermark=${this.watermark}`);
      const socket = new WebSocket(String(body.streamUrl));
      this.socket = socket;
      socket.on('message', (data) => this.frame(JSON.parse(String(data)) as Json));
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('close', resolve));
      await wait(PAUSE);
    }
  }

  private frame({ activities, watermark }: Json): void {
    for (const { id, type } of activities as Json[]) {
      if (type === 'message') this.seen.set(String(id), (this.seen.get(String(id)) ?? 0) + 1);
    }
    if (watermark !== undefined) this.watermark = String(watermark);
  }

  /** Calls until the server answers. */
  private async insist(path: string, body?: Json): Promise<{ body: Json; tries: number }> {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      if (!this.open) break;
      try {
        const response = await fetch(`${this.origin}/v3/directline${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        if (response.ok) return { body: (await response.json()) as Json, tries };
        await response.arrayBuffer();
        if (response.status < 500 && response.status !== 429) throw new Refused(response.status);
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      await wait(PAUSE);
    }
    throw new Error('the server does not answer any more');
  }
}

class Refused extends Error {
  constructor(status: number) {
    super(`the server refused with ${status}`);
  }
}
