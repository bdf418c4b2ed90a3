import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VitrineError } from '../../src/domain';
import { openDatabase, SqliteInbox, SqliteOutbox } from '../../src/storage';
import { call, type Json, poll, type Started, startConversation, until } from './support/client';
import { EchoHandler, type Harness, startHarness, textReply } from './support/harness';

let harness: Harness;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-turns-'));
  harness = await startHarness({ folder });
});
afterEach(async () => {
  await harness.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = (started: Started, body: Json) =>
  call(`${harness.directLine}/conversations/${started.conversationId}/activities`, { token: started.token, body });
const textsOf = async (started: Started) => (await poll(harness.directLine, started)).map(({ text }) => text);
const said = (started: Started, text: string) => until(async () => (await textsOf(started)).includes(text));

/** Lets turns wait until what it returns is called; those of other texts are answered at once. */
function holdTurns(held: (text: string) => boolean = () => true): () => void {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  harness.handler.answer = async ({ text }) => {
    if (held(text)) await gate;
    return [textReply(`echo: ${text}`)];
  };
  return () => release();
}

describe('a message that is delivered again', () => {
  it('to the Direct Line is shown and answered once, even at the same time', async () => {
    const started = await startConversation(harness.directLine);
    const body = { type: 'message', text: 'hats', channelData: { clientActivityID: 'one' } };
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => post(started, body)));
    await said(started, 'echo: hats');
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect((await post(started, body)).body.id).toBe(answers[0]?.body.id);
    expect(await textsOf(started)).toEqual(['welcome', 'hats', 'echo: hats']);
  });

  it('is recognised after a restart', async () => {
    const started = await startConversation(harness.directLine);
    const body = { type: 'message', text: 'hats', channelData: { clientActivityID: 'one' } };
    const first = await post(started, body);
    await said(started, 'echo: hats');
    await harness.close();
    harness = await startHarness({ folder });
    expect((await post(started, body)).body.id).toBe(first.body.id);
    await post(started, { type: 'message', text: 'after' });
    await said(started, 'echo: after');
    expect(await textsOf(started)).toEqual(['welcome', 'hats', 'echo: hats', 'after', 'echo: after']);
  });

  it('by another channel is answered once', async () => {
    const channel = await fakeChannel();
    const body = activity(channel.url, 'a1', 'hats');
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => call(`${harness.origin}/api/messages`, { body })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await until(() => channel.received.length > 0);
    await harness.close();
    harness = await startHarness({ folder });
    await call(`${harness.origin}/api/messages`, { body });
    await call(`${harness.origin}/api/messages`, { body: activity(channel.url, 'a2', 'shoes') });
    await until(() => channel.received.some(({ text }) => text === 'echo: shoes'));
    expect(channel.received.map(({ text }) => text)).toEqual(['echo: hats', 'echo: shoes']);
    await channel.close();
  });
});

it('takes no channel for the local one, whatever it calls itself', async () => {
  const started = await startConversation(harness.directLine);
  await said(started, 'welcome');
  const channel = await fakeChannel();
  const forged = {
    ...activity(channel.url, 'a1', 'forged'),
    channelId: 'local',
    conversation: { id: started.conversationId },
  };
  await call(`${harness.origin}/api/messages`, { body: forged });
  await until(() => channel.received.length > 0);
  expect(await textsOf(started)).toEqual(['welcome']);
  await channel.close();
});

it('keeps the turns of a conversation in order, and runs those of others meanwhile', async () => {
  const [slow, other] = [await startConversation(harness.directLine), await startConversation(harness.directLine)];
  await said(slow, 'welcome');
  const release = holdTurns((text) => text === '1');
  for (const text of ['1', '2', '3']) await post(slow, { type: 'message', text });
  await post(other, { type: 'message', text: 'quick' });
  await said(other, 'echo: quick');
  release();
  await said(slow, 'echo: 3');
  expect((await textsOf(slow)).filter((text) => String(text).startsWith('echo'))).toEqual([
    'echo: 1',
    'echo: 2',
    'echo: 3',
  ]);
});

it('tells a shopper that the shop is busy, with nothing half done', async () => {
  await harness.close();
  harness = await startHarness({ folder, queueLimit: 2 });
  const started = await startConversation(harness.directLine);
  await said(started, 'welcome');
  const release = holdTurns();
  await post(started, { type: 'message', text: 'a' });
  await post(started, { type: 'message', text: 'b' });
  await expect(post(started, { type: 'message', text: 'c' })).resolves.toMatchObject({
    status: 429,
    body: { error: { code: 'BUSY' } },
  });
  expect((await call(`${harness.origin}/readyz`)).status).toBe(503);
  const channel = await fakeChannel();
  await call(`${harness.origin}/api/messages`, { body: { ...activity(channel.url, 'a1', 'x'), locale: 'de' } });
  expect(channel.received.map(({ text }) => text)).toEqual(['busy de']);
  release();
  await said(started, 'echo: b');
  expect(await textsOf(started)).not.toContain('c');
  await until(async () => (await call(`${harness.origin}/readyz`)).status === 200);
  await channel.close();
});

it('refuses a message that cannot be written, so that the page shows it as not sent', async () => {
  const started = await startConversation(harness.directLine);
  await said(started, 'welcome');
  const add = jest.spyOn(SqliteInbox.prototype, 'add').mockImplementation(() => {
    throw new VitrineError('STORAGE_FULL', 'the disk is full');
  });
  const body = { type: 'message', text: 'hats', channelData: { clientActivityID: 'one' } };
  expect((await post(started, body)).status).toBe(429);
  expect(harness.faults).toMatchObject([{ code: 'STORAGE_FULL' }]);
  expect(await textsOf(started)).toEqual(['welcome']);
  add.mockRestore();
  expect((await post(started, body)).status).toBe(200);
  await said(started, 'echo: hats');
});

it('is not confused by a clock that jumps', async () => {
  const started = await startConversation(harness.directLine);
  await said(started, 'welcome');
  for (const [text, jump] of [
    ['a', 600],
    ['b', -1_200],
    ['c', 300],
  ] as const) {
    harness.advance(jump);
    expect((await post(started, { type: 'message', text })).status).toBe(200);
    await said(started, `echo: ${text}`);
  }
  expect(await textsOf(started)).toEqual(['welcome', 'a', 'echo: a', 'b', 'echo: b', 'c', 'echo: c']);
});

it('sends an answer again until the channel takes it, in order', async () => {
  const channel = await fakeChannel();
  channel.failures = 2;
  await call(`${harness.origin}/api/messages`, { body: activity(channel.url, 'a1', 'one') });
  await call(`${harness.origin}/api/messages`, { body: activity(channel.url, 'a2', 'two') });
  await until(() => channel.received.length === 2);
  expect(channel.received.map(({ text }) => text)).toEqual(['echo: one', 'echo: two']);
  await channel.close();
});

describe('a process that ends', () => {
  it('before the turn: the next one runs it', async () => {
    await harness.close();
    leave(new SqliteInbox(openDatabase(folder)));
    const channel = await fakeChannel();
    harness = await startHarness({ folder, handler: new EchoHandler() });
    const started = await startConversation(harness.directLine);
    await said(started, 'welcome');
    expect(harness.handler.messages.map(({ text }) => text)).toContain('left');
    await channel.close();
  });

  it('again and again in the same turn: the turn is given up with an apology', async () => {
    await harness.close();
    const db = openDatabase(folder);
    const inbox = new SqliteInbox(db);
    leave(inbox);
    for (let count = 0; count < 5; count += 1) inbox.resume();
    db.close();
    harness = await startHarness({ folder });
    await until(() => harness.outbox.count() === 1);
    expect(harness.outbox.next('channel:test:c')?.activity.text).toBe('sorry fr');
    expect(harness.handler.messages).toEqual([]);
  });

  it('after the save and before the sending: the next one sends it, once', async () => {
    const started = await startConversation(harness.directLine);
    await said(started, 'welcome');
    await harness.close();
    const db = openDatabase(folder);
    const outbox = new SqliteOutbox(db);
    const conversation = `local:${started.conversationId}`;
    const answers = { id: 'x', channelId: 'directline', conversation: { id: started.conversationId } };
    outbox.add({ id: 'd1', conversation, activity: { type: 'message', text: 'late' }, answers });
    db.close();
    harness = await startHarness({ folder });
    await said(started, 'late');
    await until(() => harness.outbox.count() === 0);
    // As if the process had ended between the sending and its note.
    harness.outbox.add({ id: 'd1', conversation, activity: { type: 'message', text: 'late' }, answers });
    await harness.close();
    harness = await startHarness({ folder });
    await until(() => harness.outbox.count() === 0);
    expect((await textsOf(started)).filter((text) => text === 'late')).toEqual(['late']);
  });

  function leave(inbox: SqliteInbox): void {
    inbox.add({
      conversation: 'channel:test:c',
      messageId: 'm',
      activityId: 'm',
      activity: activity('http://127.0.0.1:9', 'm', 'left', 'fr'),
      requestId: 'r',
    });
  }
});

it('ends the turns under way before it stops, and leaves the others for the next process', async () => {
  await harness.close();
  harness = await startHarness({ folder, concurrency: 1 });
  const started = await startConversation(harness.directLine);
  await said(started, 'welcome');
  const release = holdTurns();
  await post(started, { type: 'message', text: 'running' });
  await until(() => harness.handler.messages.some(({ text }) => text === 'running'));
  await post(started, { type: 'message', text: 'waiting' });
  const closed = harness.close();
  release();
  await closed;
  harness = await startHarness({ folder });
  await said(started, 'echo: waiting');
  expect(await textsOf(started)).toEqual(['welcome', 'running', 'waiting', 'echo: running', 'echo: waiting']);
  expect(harness.handler.messages.map(({ text }) => text)).toEqual(['waiting']);
});

function activity(serviceUrl: string, id: string, text: string, locale = 'en'): Json {
  const parties = { from: { id: 'u' }, recipient: { id: 'b' }, conversation: { id: 'c' } };
  return { type: 'message', id, text, locale, channelId: 'test', serviceUrl, ...parties };
}

/** A channel's connector: takes activities, or refuses the next few. */
async function fakeChannel() {
  const received: Json[] = [];
  const state = { received, failures: 0, url: '', close: async () => {} };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      if (state.failures > 0) {
        state.failures -= 1;
        request.socket.destroy();
        return;
      }
      received.push(JSON.parse(body));
      response.setHeader('content-type', 'application/json').end('{"id":"1"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return state;
}
