import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConsoleEvent } from '../../../src/domain';
import {
  openDatabase,
  type Sqlite,
  SqliteAgentStore,
  SqliteSessionStore,
  SqliteTicketStore,
  SqliteTranscriptStore,
} from '../../../src/storage';
import { until } from '../../channels/support/client';
import { type ShopServer, startShop } from '../../support/shop-server';
import { AgentClient, ShopperClient } from '../support/people-clients';

const ASKS = 'Can I talk to a human, please?';
const CROWD = 200;
const AGENTS = 10;
const CAPACITY = 3;
const KILLS = 5;

const folder = mkdtempSync(join(tmpdir(), 'vitrine-crowd-'));
const SETTINGS = {
  DATA_DIR: folder,
  MODELS: 'none',
  LOG_LEVEL: 'fatal',
  HANDOFF_ASSIGNMENT: 'automatic',
  AGENT_CAPACITY: String(CAPACITY),
};
const shoppers: ShopperClient[] = [];
let agents: AgentClient[] = [];
let db: Sqlite;
let shop: ShopServer;

// A server in a process of its own, on real storage; it needs what "tsc -p tsconfig.json" compiles.
beforeAll(async () => {
  shop = await startShop('0', SETTINGS);
  db = openDatabase(folder);
  const [store, sessions] = [new SqliteAgentStore(db), new SqliteSessionStore(db)];
  agents = Array.from({ length: AGENTS }, (_, index) => {
    const name = `agent${index}`;
    const id = store.add({ name, displayName: name, role: 'agent', passwordHash: 'x' })?.id ?? '';
    return new AgentClient(shop.address, id, sessions.start(id));
  });
}, 120_000);
afterAll(async () => {
  for (const line of [...shoppers, ...agents]) line.close();
  await shop.kill();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

async function newShopper(): Promise<ShopperClient> {
  const shopper = new ShopperClient(shop.address);
  shoppers.push(shopper);
  return shopper.begin();
}

const keyOf = ({ conversationId }: ShopperClient) => `local:${conversationId}`;
const entriesOf = (shopper: ShopperClient, speaker: string) =>
  new SqliteTranscriptStore(db)
    .of(keyOf(shopper))
    .filter((entry) => entry.speaker === speaker)
    .map(({ text }) => text);

/** All events of the database, as nobody's console sees them. */
function allEvents(): ConsoleEvent[] {
  const tickets = new SqliteTicketStore(db, Date.now);
  return [...tickets.eventsAfter(0, 1_000_000)];
}

it('loses and doubles no message when the server is killed five times in the middle of talks', async () => {
  const talks = await Promise.all(
    Array.from({ length: CAPACITY }, async () => {
      const shopper = await newShopper();
      await shopper.say(ASKS);
      const ticket = await until(() => {
        const event = agents
          .flatMap(({ events }) => events)
          .find(({ ticket: t, conversationId }) => {
            return t?.state === 'assigned' && conversationId === keyOf(shopper);
          });
        return event?.ticket;
      });
      const agent = agents.find(({ id }) => id === ticket.agentId) as AgentClient;
      return { shopper, agent, ticketId: String(ticket.id), said: [ASKS], answered: [] as string[] };
    }),
  );
  let talking = true;
  const running = talks.flatMap(({ shopper, agent, ticketId, said, answered }) => [
    (async () => {
      for (let count = 1; talking; count += 1) {
        await shopper.say(`said ${count}`);
        said.push(`said ${count}`);
        await wait(Math.random() * 60);
      }
    })(),
    (async () => {
      for (let count = 1; talking; count += 1) {
        await agent.send(ticketId, `${ticketId}-${count}`, `answer ${count}`);
        answered.push(`answer ${count}`);
        await wait(Math.random() * 60);
      }
    })(),
  ]);
  const port = new URL(shop.address).port;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await wait(200 + Math.random() * 400);
    await shop.kill();
    shop = await startShop(port, SETTINGS);
  }
  await wait(200);
  talking = false;
  await Promise.all(running);

  const name = (agent: AgentClient) => `agent${agents.indexOf(agent)}`;
  for (const { shopper, agent, said, answered } of talks) {
    // First of all the shopper is told that somebody is here.
    const read = () => shopper.texts('bot', name(agent)).filter((text) => !text.startsWith(`${name(agent)} is here`));
    await until(() => read().length >= answered.length);
    await until(() => entriesOf(shopper, 'shopper').length >= said.length);
    expect(entriesOf(shopper, 'shopper')).toEqual(said);
    expect(entriesOf(shopper, 'agent')).toEqual(answered);
    expect(shopper.texts('user')).toEqual(said);
    expect(read()).toEqual(answered);
    expect(answered.length).toBeGreaterThan(5);
  }
  for (const { agent, ticketId } of talks) {
    // Of a ticket that was theirs from the beginning an agent is told everything.
    const told = () => agent.events.filter((event) => event.ticketId === ticketId).map(({ sequence }) => sequence);
    const all = allEvents().flatMap((event) => (event.ticketId === ticketId ? event.sequence : []));
    await until(() => told().at(-1) === all.at(-1));
    expect(told()).toEqual(all);
    const sequences = agent.events.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((one, other) => one - other));
  }
  for (const { agent, ticketId } of talks) await agent.settle(ticketId);
}, 300_000);

it('gives each of 200 who ask at once to one of ten agents, in the order of arrival', async () => {
  const before = new SqliteTicketStore(db, Date.now).lastEvent();
  const served = new Map<string, string[]>();
  const faults: unknown[] = [];
  let closed = 0;
  let begin = (): void => undefined;
  const allAsked = new Promise<void>((resolve) => {
    begin = resolve;
  });
  for (const agent of agents) {
    agent.onEvent = ({ ticket, sequence }) => {
      if (sequence <= before || ticket?.state !== 'assigned' || ticket.agentId !== agent.id) return;
      served.set(ticket.id, [...(served.get(ticket.id) ?? []), agent.id]);
      allAsked
        .then(() => agent.send(ticket.id, `hello-${ticket.id}`, `hello from ${agent.id}`))
        .then(() => agent.settle(ticket.id))
        .then(() => {
          closed += 1;
        })
        .catch((error: unknown) => faults.push(error));
    };
  }
  const crowd: ShopperClient[] = [];
  for (let i = 0; i < CROWD; i += 20) crowd.push(...(await Promise.all(Array.from({ length: 20 }, newShopper))));
  await Promise.all(crowd.map((shopper) => shopper.say(ASKS)));
  const queued = () => new SqliteTicketStore(db, Date.now).inStates(['queued']).length;
  for (let tries = 0; queued() < CROWD - AGENTS * CAPACITY && tries < 600; tries += 1) await wait(100);
  begin();
  for (let tries = 0; closed < CROWD && faults.length === 0 && tries < 1_200; tries += 1) await wait(100);
  expect(faults).toEqual([]);

  expect([...served.values()].filter((times) => times.length !== 1)).toEqual([]);
  expect(served.size).toBe(CROWD);
  for (const shopper of crowd) {
    const texts = () => shopper.texts('bot').filter((text) => text.startsWith('hello from'));
    await until(() => texts().length > 0);
    expect([texts().length, entriesOf(shopper, 'agent')]).toEqual([1, texts()]);
  }
  // As the events tell it: whoever is taken has waited longest of those who wait.
  const waiting = new Map<string, number>();
  const taken: string[] = [];
  let longest = 0;
  for (const { ticketId, ticket, sequence } of allEvents()) {
    if (sequence <= before || !ticket) continue;
    if (ticket.state === 'queued' && !waiting.has(ticketId)) waiting.set(ticketId, ticket.openedAt);
    if (ticket.state !== 'assigned') continue;
    longest = Math.max(longest, waiting.size);
    const first = Math.min(...waiting.values());
    expect([...waiting].find(([, openedAt]) => openedAt === first)?.[0]).toBe(ticketId);
    waiting.delete(ticketId);
    taken.push(ticketId);
  }
  expect([taken.length, new Set(taken).size, waiting.size]).toEqual([CROWD, CROWD, 0]);
  // It was a crowd: ten agents take three each.
  expect(longest).toBeGreaterThanOrEqual(CROWD - AGENTS * CAPACITY);
}, 300_000);
