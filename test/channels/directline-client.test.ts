import type { Activity, DirectLine } from 'botframework-directlinejs';
import { call, directLineClient, type Json, poll, startConversation, until } from './support/client';
import { type Harness, startHarness, textReply } from './support/harness';

let harness: Harness;
const clients: DirectLine[] = [];

beforeAll(async () => {
  harness = await startHarness();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.end();
});
afterAll(() => harness.close());

async function connect(options: Json = {}) {
  const { body } = await call(`${harness.directLine}/tokens/generate`, { method: 'POST' });
  const client = directLineClient({ domain: harness.directLine, token: body.token, ...options });
  clients.push(client);
  const seen: Json[] = [];
  client.activity$.subscribe(
    (activity) => seen.push(activity as unknown as Json),
    // `end` ends the stream with an error.
    () => undefined,
  );
  return { client, seen, conversationId: String(body.conversationId), token: String(body.token) };
}

function send(client: DirectLine, text: string, more: Json = {}): Promise<string> {
  const activity = {
    type: 'message',
    from: { id: 'x' },
    text,
    channelData: { clientActivityID: `c-${text}` },
    ...more,
  };
  return new Promise((resolve, reject) => {
    client.postActivity(activity as unknown as Activity).subscribe(resolve, reject);
  });
}

const messages = (seen: Json[]) => seen.filter(({ type }) => type === 'message');
const texts = (seen: Json[]) => messages(seen).map(({ text }) => text);

describe.each([
  ['WebSocket', {}],
  ['polling', { webSocket: false, pollingInterval: 200 }],
])('DirectLineJS over %s', (_name, options) => {
  it('gets the greeting, its own message and the answer, in order', async () => {
    const { client, seen } = await connect(options);
    await until(() => texts(seen).includes('welcome'));
    const id = await send(client, 'red shoes', { locale: 'de-DE' });
    await until(() => texts(seen).includes('echo: red shoes'));

    expect(texts(seen)).toEqual(['welcome', 'red shoes', 'echo: red shoes']);
    const [, own, answer] = messages(seen);
    expect(own).toMatchObject({ id, from: { role: 'user' }, channelData: { clientActivityID: 'c-red shoes' } });
    expect(String((own?.from as Json | undefined)?.id)).toMatch(/^dl_/);
    expect(answer).toMatchObject({ replyToId: id, from: { role: 'bot' }, locale: 'en', textFormat: 'plain' });
    const order = messages(seen).map(({ channelData }) => (channelData as Json)['webchat:sequence-id']);
    expect(order).toEqual([...order].sort((a, b) => Number(a) - Number(b)));
    expect(new Set(order).size).toBe(3);
    expect(messages(seen).every(({ timestamp }) => !Number.isNaN(Date.parse(String(timestamp))))).toBe(true);
  });
});

it('shows typing over the socket while a slow turn runs, and does not store it', async () => {
  const { client, seen, conversationId, token } = await connect();
  await until(() => texts(seen).includes('welcome'));
  const { answer } = harness.handler;
  harness.handler.answer = async ({ text }) => {
    await until(() => seen.some(({ type }) => type === 'typing'));
    return [textReply(`echo: ${text}`)];
  };
  await send(client, 'hats');
  await until(() => texts(seen).includes('echo: hats'));
  harness.handler.answer = answer;
  const kinds = seen.map(({ type, text }) => text ?? type);
  expect(kinds.indexOf('typing', kinds.indexOf('hats'))).toBe(kinds.indexOf('echo: hats') - 1);
  const stored = await poll(harness.directLine, { conversationId, token, streamUrl: '' });
  expect(stored.map(({ type }) => type)).toEqual(['message', 'message', 'message']);
});

it('brings the history back after a page refresh, and goes on from a watermark', async () => {
  const { client, seen, conversationId, token } = await connect();
  await until(() => texts(seen).includes('welcome'));
  await send(client, 'one');
  await until(() => texts(seen).includes('echo: one'));
  const first = clients.splice(0)[0];
  first?.end();

  const refreshed = await connect({ conversationId, token });
  await until(() => texts(refreshed.seen).includes('echo: one'));
  expect(texts(refreshed.seen)).toEqual(['welcome', 'one', 'echo: one']);

  const later = await connect({ conversationId, token, watermark: '2' });
  await until(() => texts(later.seen).includes('echo: one'));
  expect(texts(later.seen)).toEqual(['echo: one']);
});

it('answers the messages of one conversation in order, one turn at a time', async () => {
  const running = new Set<string>();
  let most = 0;
  harness.handler.answer = async ({ text }) => {
    running.add(text);
    most = Math.max(most, running.size);
    await new Promise((resolve) => setImmediate(resolve));
    running.delete(text);
    return [textReply(`${text} a`), textReply(`${text} b`)];
  };
  const started = await startConversation(harness.directLine);
  const path = `${harness.directLine}/conversations/${started.conversationId}/activities`;
  for (const text of ['1', '2', '3']) await call(path, { ...started, body: { type: 'message', text } });
  const answers = async () =>
    (await poll(harness.directLine, started)).filter(({ from }) => (from as Json).role === 'bot');
  const all = await until(async () => (await answers()).length === 8 && answers());
  expect(all.map(({ text }) => text)).toEqual([' a', ' b', '1 a', '1 b', '2 a', '2 b', '3 a', '3 b']);
  expect(most).toBe(1);
});
