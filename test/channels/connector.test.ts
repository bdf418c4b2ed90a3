import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { connectorRouter } from '../../src/channels/directline/connector';
import { Conversations } from '../../src/channels/directline/conversations';
import { jsonErrors } from '../../src/channels/directline/http';
import type { AttachmentScreener, AttachmentStore } from '../../src/domain';
import { call } from './support/client';
import { MemoryActivityLog } from './support/memory-log';

const KEY = 'k'.repeat(43);
const log = new MemoryActivityLog();
const conversations = new Conversations(log, () => new Date(0));
const faults: unknown[] = [];
// Files are tested with botbuilder's own client, on the real store.
const files = { store: {} as AttachmentStore, screener: {} as AttachmentScreener };
let server: Server;
let base: string;

beforeAll(async () => {
  conversations.open('c|1', 'dl_u');
  const app = express();
  app.use('/connector', connectorRouter(KEY, conversations, files));
  app.use((_request, response) => void response.status(404).json({}));
  app.use(jsonErrors((error) => faults.push(error)));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/connector`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  log.conversations.get('c|1')?.activities.splice(0);
});

const conversation = () => `${base}/${KEY}/v3/conversations/c%7C1`;
const stored = () => log.after('c|1', 0, 10).map(({ activity }) => activity);

it('answers 404 without the key', async () => {
  for (const key of ['x', 'k'.repeat(42), `${KEY}k`, 'K'.repeat(43), '']) {
    const url = `${base}/${key}/v3/conversations/c%7C1/activities`;
    await expect(call(url, { body: { type: 'message', text: 'forged' } })).resolves.toMatchObject({ status: 404 });
  }
  expect(stored()).toEqual([]);
});

it('stores messages as the bot, without the secret address', async () => {
  const body = {
    type: 'message',
    text: 'hi',
    serviceUrl: `${base}/${KEY}`,
    from: { id: 'dl_u', role: 'user' },
    replyToId: 'r',
  };
  const sent = await call(`${conversation()}/activities`, { body });
  const replied = await call(`${conversation()}/activities/r`, { body });
  expect(stored()).toMatchObject([
    { id: sent.body.id, text: 'hi', from: { id: 'vitrine', role: 'bot' } },
    { id: replied.body.id, replyToId: 'r' },
  ]);
  expect(JSON.stringify(stored())).not.toContain(KEY);
});

it('does not show traces, nor a hand-off with its transcript', async () => {
  for (const body of [
    { type: 'trace' },
    { type: 'event', name: 'handoff.initiate', attachments: [{ content: 'all' }] },
    { type: 'typing' },
  ]) {
    await expect(call(`${conversation()}/activities`, { body })).resolves.toMatchObject({
      status: 200,
      body: { id: expect.any(String) },
    });
  }
  expect(stored()).toEqual([]);
});

it('names the members', async () => {
  const members = [{ id: 'dl_u' }, { id: 'vitrine' }];
  await expect(call(`${conversation()}/members`)).resolves.toMatchObject({ body: members });
  await expect(call(`${conversation()}/activities/a1/members`)).resolves.toMatchObject({ body: members });
  await expect(call(`${conversation()}/pagedmembers`)).resolves.toMatchObject({ body: { members } });
  await expect(call(`${conversation()}/members/dl_u`)).resolves.toMatchObject({ status: 200, body: { id: 'dl_u' } });
  await expect(call(`${conversation()}/members/nobody`)).resolves.toMatchObject({ status: 404 });
});

it('refuses what is no activity, and unknown conversations', async () => {
  await expect(call(`${conversation()}/activities`, { body: '[]' })).resolves.toMatchObject({ status: 400 });
  await expect(
    call(`${base}/${KEY}/v3/conversations/other/activities`, { body: { type: 'message' } }),
  ).resolves.toMatchObject({ status: 404 });
  expect(faults).toEqual([]);
});
