import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { WebSocket } from 'ws';
import type { App } from '../../src/app';
import { writeDemoFeed } from '../../src/catalogue/demo/feed';
import type { TurnHandler } from '../../src/channels';
import { withFeed } from '../../src/cli/eval';
import { serverOf } from '../../src/cli/wire-server';
import { packageRoot } from '../../src/config';
import { readLabelledQueries } from '../../src/training';
import { textReply } from '../support/server-deps';

const SHOPPERS = 8;
const WARM_UP = 100;

interface Run {
  /** Turns per second with `SHOPPERS` shoppers at once. */
  readonly rate: number;
  /** Milliseconds from sending a message to reading its answer, one shopper alone, in order of size. */
  readonly alone: readonly number[];
  /** Milliseconds that understanding and search took of those, in order of size. */
  readonly searching: readonly number[];
}

/** Repeats what was said; the state is saved as the assistant does it. */
const ECHO: TurnHandler = {
  handleTurn: async ({ text }, _signal, commit) => {
    const replies = [textReply(`echo: ${text}`)];
    commit(replies, () => true);
    return replies;
  },
  isSilent: () => false,
  apologise: (_message, commit) => {
    const replies = [textReply('sorry')];
    commit(replies, () => true);
    return replies;
  },
  say: (what) => textReply(what),
};

/**
 * Whole text turns over the local Direct Line (POST, inbox, turn, outbox, connector, WebSocket) on the demo catalogue,
 * beside an echo bot on the same server and storage in the same run; then the memory after `turns` turns.
 */
export async function benchTurns(turns: number, log: (line: string) => void): Promise<void> {
  const root = packageRoot();
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-turns-'));
  try {
    const { feed } = await writeDemoFeed({ localesDir: join(root, 'locales'), folder, withoutPictures: true });
    const file = join(root, 'test', 'fixtures', 'queries', 'validation.jsonl');
    const texts = readLabelledQueries(file).flatMap(({ text }) => text ?? []);
    await withFeed(feed, async (app) => {
      const echo = await run(app, texts, 500, ECHO);
      const search = await run(app, texts, 500);
      const overhead = percentile(search.alone, 0.5) - percentile(search.searching, 0.5);
      log(`echo bot: ${echo.rate.toFixed(0)} turns/s, alone p50 ${percentile(echo.alone, 0.5).toFixed(1)} ms`);
      log(
        `text search: ${search.rate.toFixed(0)} turns/s, alone p50 ${percentile(search.alone, 0.5).toFixed(1)} ms, ` +
          `p95 ${percentile(search.alone, 0.95).toFixed(1)} ms`,
      );
      log(`of it understanding and search p50 ${percentile(search.searching, 0.5).toFixed(1)} ms`);
      log(`overhead of the bot p50 ${overhead.toFixed(1)} ms (budget 25 ms)`);
      log(`turns per second, text search / echo bot = ${(search.rate / echo.rate).toFixed(2)}`);
      const before = memory();
      await run(app, texts, turns);
      log(`memory before ${before} MB, after ${turns} more turns ${memory()} MB`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(app: App, texts: readonly string[], turns: number, assistant?: TurnHandler): Promise<Run> {
  const http = createHttpServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server = serverOf(app, {
    publicUrl,
    tokenKey: Buffer.alloc(32, 7),
    logger: pino({ level: 'silent' }),
    onFault: (error) => process.stderr.write(`${error instanceof Error ? error.stack : error}\n`),
    ...(assistant && { assistant }),
  });
  server.attach(http);
  const searching: number[] = [];
  let spent = 0;
  app.observer.current = {
    fault: () => undefined,
    step: (name, milliseconds) => {
      if (name === 'understand' || name === 'search') spent += milliseconds;
    },
  };
  const text = (index: number) => texts[index % texts.length] ?? '';
  const clients = await Promise.all(Array.from({ length: SHOPPERS }, () => Client.open(publicUrl)));
  const [first] = clients;
  if (!first) throw new Error('no client');
  for (let index = 0; index < WARM_UP; index += 1) await first.ask(text(index));
  const alone: number[] = [];
  for (let index = 0; index < Math.min(turns, 300); index += 1) {
    spent = 0;
    const started = performance.now();
    await first.ask(text(index));
    alone.push(performance.now() - started);
    searching.push(spent);
  }
  let next = 0;
  const started = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (next < turns) await client.ask(text(next++));
    }),
  );
  const rate = turns / ((performance.now() - started) / 1000);
  for (const client of clients) client.close();
  await server.close();
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
  const sorted = (values: number[]) => values.sort((a, b) => a - b);
  return { rate, alone: sorted(alone), searching: sorted(searching) };
}

/** A shopper who waits for the answer before asking again. */
class Client {
  private readonly waiting = new Map<string, () => void>();
  private readonly early = new Set<string>();

  private constructor(
    private readonly base: string,
    private readonly token: string,
    private readonly id: string,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data) => {
      for (const { type, replyToId } of JSON.parse(String(data)).activities)
        if (type === 'message') this.came(replyToId);
    });
  }

  static async open(origin: string): Promise<Client> {
    const base = `${origin}/v3/directline`;
    const { token = '' } = await post(`${base}/tokens/generate`, '', {});
    const { conversationId = '', streamUrl = '' } = await post(`${base}/conversations`, token, {});
    const socket = new WebSocket(streamUrl);
    await new Promise((resolve) => socket.once('open', resolve));
    return new Client(base, token, conversationId, socket);
  }

  async ask(text: string): Promise<void> {
    const { id = '' } = await post(`${this.base}/conversations/${this.id}/activities`, this.token, {
      type: 'message',
      text,
    });
    if (this.early.delete(id)) return;
    await new Promise<void>((resolve) => this.waiting.set(id, resolve));
  }

  close(): void {
    this.socket.terminate();
  }

  private came(id: string | undefined): void {
    if (id === undefined) return;
    const resolve = this.waiting.get(id);
    if (resolve) {
      this.waiting.delete(id);
      resolve();
    } else this.early.add(id);
  }
}

async function post(url: string, token: string, body: object): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return (await response.json()) as Record<string, string>;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function memory(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().rss / 1e6);
}
