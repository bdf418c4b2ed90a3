import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { WebSocket, WebSocketServer } from 'ws';
import { createApp } from '../../src/app';
import { serverOf } from '../../src/cli/wire-server';
import { loadConfig } from '../../src/config';
import { openDatabase, SqliteAnswerReferences } from '../../src/storage';
import { until } from '../channels/support/client';
import { AgentClient, ShopperClient } from '../server/support/people-clients';

const TALKS = 8;
const WARM_UP = 50;
/** Milliseconds from an agent's sending to the shopper's screen, p95. */
const BUDGET = 150;
const TEXT = 'Hello, how can I help you with your order today?';

/** A conversation between a shopper and the agent who took it. */
class Talk {
  private sent = 0;
  private readonly waiting = new Map<string, () => void>();

  constructor(
    private readonly shopper: ShopperClient,
    private readonly agent: AgentClient,
    private readonly ticketId: string,
  ) {
    shopper.onActivity = ({ text }) => this.waiting.get(text)?.();
  }

  /** Milliseconds from the agent's sending until the message is read from the shopper's stream. */
  async send(): Promise<number> {
    this.sent += 1;
    const text = `${TEXT} ${this.sent}`;
    const started = performance.now();
    const shown = new Promise<number>((resolve) => {
      this.waiting.set(text, () => resolve(performance.now() - started));
    });
    await this.agent.send(this.ticketId, `${this.ticketId}-${this.sent}`, text);
    const took = await shown;
    this.waiting.delete(text);
    return took;
  }

  close(): void {
    this.shopper.close();
    this.agent.close();
  }
}

/**
 * How long an agent's message takes from POST (session, CSRF token, transcript, outbox, connector, Direct Line) to the
 * shopper's WebSocket, one talk alone and eight at once, beside a bare WebSocket echo on loopback and
 * a bare commit to the same disk in the same process and run. A message takes four commits.
 */
export async function benchHandoff(messages: number, log: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-handoff-'));
  const app = createApp(loadConfig({ DATA_DIR: folder, MODELS: 'none' }, {}));
  await app.indexer.sync({});
  const http = createHttpServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server = serverOf(app, {
    publicUrl,
    tokenKey: Buffer.alloc(32, 7),
    logger: pino({ level: 'silent' }),
    onFault: (error) => process.stderr.write(`${error instanceof Error ? error.stack : error}\n`),
  });
  server.attach(http);
  const talks: Talk[] = [];
  try {
    const echo = await benchEcho(messages);
    const commits = benchCommit(join(folder, 'bare'), messages);
    for (let index = 0; index < TALKS; index += 1) talks.push(await begin(index));
    const [first] = talks;
    if (!first) throw new Error('no talk');
    for (let index = 0; index < WARM_UP; index += 1) await first.send();
    const alone: number[] = [];
    for (let index = 0; index < messages; index += 1) alone.push(await first.send());
    const together: number[] = [];
    await Promise.all(
      talks.map(async (talk) => {
        while (together.length < messages) together.push(await talk.send());
      }),
    );
    const figures = (values: readonly number[]) =>
      [0.5, 0.95].map((share) => `p${share * 100} ${percentile(values, share).toFixed(2)} ms`).join(', ');
    log(`bare WebSocket echo: ${figures(echo)}`);
    log(`a commit of one row: ${figures(commits)}`);
    log(`agent to shopper, one talk alone: ${figures(alone)} (budget of p95 ${BUDGET} ms)`);
    log(`agent to shopper, ${TALKS} talks at once: ${figures(together)} (budget of p95 ${BUDGET} ms)`);
    log(`alone / echo, p50 = ${(percentile(alone, 0.5) / percentile(echo, 0.5)).toFixed(1)}`);
    log(`alone / commit, p50 = ${(percentile(alone, 0.5) / percentile(commits, 0.5)).toFixed(1)}`);
  } finally {
    for (const talk of talks) talk.close();
    await server.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }

  async function begin(index: number): Promise<Talk> {
    const name = `agent${index}`;
    const added = app.agents.add({ name, displayName: name, role: 'agent', passwordHash: 'x' });
    if (!added) throw new Error('the agent was not added');
    const agent = new AgentClient(publicUrl, added.id, app.sessions.start(added.id));
    const shopper = await new ShopperClient(publicUrl).begin();
    await shopper.say('Can I talk to a human, please?');
    const ticket = await until(() => app.tickets.openOf(`local:${shopper.conversationId}`));
    const claimed = app.handoff.claim(ticket.id, { id: added.id, supervises: false }, ticket.version);
    if (!claimed.ok) throw new Error(claimed.reason);
    return new Talk(shopper, agent, ticket.id);
  }
}

/** Milliseconds of a message of the same size over a bare WebSocket and back. */
async function benchEcho(messages: number): Promise<number[]> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await new Promise((resolve) => socket.once('open', resolve));
  const times: number[] = [];
  for (let index = -WARM_UP; index < messages; index += 1) {
    const started = performance.now();
    const back = new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ id: index, text: TEXT }));
    await back;
    if (index >= 0) times.push(performance.now() - started);
  }
  socket.terminate();
  await new Promise((resolve) => server.close(resolve));
  return times;
}

/** Milliseconds of writing one row as everything is written: on disk when it returns. */
function benchCommit(folder: string, rows: number): number[] {
  const db = openDatabase(folder);
  const references = new SqliteAnswerReferences(db);
  const times = Array.from({ length: rows }, (_, index) => {
    const started = performance.now();
    references.set(`local:${index}`, { text: TEXT });
    return performance.now() - started;
  });
  db.close();
  return times;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
