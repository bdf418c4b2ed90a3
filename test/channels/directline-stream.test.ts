import { SqlitePrivacyStore } from '../../src/storage';
import { call, openStream, startConversation, until } from './support/client';
import { type Harness, startHarness, textReply } from './support/harness';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ allowedOrigins: ['https://shop.example'] });
});
afterEach(() => harness.close());

async function post(started: { conversationId: string; token: string }, text: string): Promise<void> {
  const url = `${harness.directLine}/conversations/${started.conversationId}/activities`;
  await call(url, { token: started.token, body: { type: 'message', text } });
}

it('sends stored activities with a watermark, and typing without one', async () => {
  const started = await startConversation(harness.directLine);
  const { frames, activities } = openStream(started.streamUrl);
  await until(() => activities().some(({ text }) => text === 'welcome'));
  harness.handler.answer = async () => {
    await until(() => activities().some(({ type }) => type === 'typing'));
    return [textReply('echo: a')];
  };
  await post(started, 'a');
  await until(() => activities().some(({ text }) => text === 'echo: a'));
  for (const frame of frames) {
    const typing = frame.activities[0]?.type === 'typing';
    expect(typeof frame.watermark).toBe(typing ? 'undefined' : 'string');
  }
});

it('replays from a watermark, from the start for an empty one, and only new ones without', async () => {
  const started = await startConversation(harness.directLine);
  await post(started, 'a');
  const url = `${harness.directLine}/conversations/${started.conversationId}`;
  await until(async () => (await call(`${url}/activities`, started)).body.watermark === '3');
  const reconnect = async (query: string) => openStream(String((await call(url + query, started)).body.streamUrl));
  const all = await reconnect('?watermark=');
  const some = await reconnect('?watermark=2');
  const beyond = await reconnect('?watermark=999');
  const none = await reconnect('');
  const streams = [all, some, beyond, none];
  await Promise.all(streams.map(({ opened }) => opened));
  await post(started, 'b');
  await until(() => streams.every(({ activities }) => activities().some(({ text }) => text === 'echo: b')));
  const texts = streams.map(({ activities }) =>
    activities().flatMap(({ text }) => (typeof text === 'string' ? [text] : [])),
  );
  expect(texts).toEqual([
    ['welcome', 'a', 'echo: a', 'b', 'echo: b'],
    ['echo: a', 'b', 'echo: b'],
    ['b', 'echo: b'],
    ['b', 'echo: b'],
  ]);
});

it('replays a long history whole and in order', async () => {
  const started = await startConversation(harness.directLine);
  for (let count = 0; count < 130; count += 1) {
    harness.log.append(started.conversationId, { type: 'message', id: `h${count}`, text: `h${count}` });
  }
  const { activities } = openStream(started.streamUrl);
  const history = () => activities().filter(({ text }) => /^h\d/.test(String(text)));
  await until(() => history().length === 130);
  expect(history().map(({ text }) => text)).toEqual(Array.from({ length: 130 }, (_, index) => `h${index}`));
});

it('opens only with a fresh stream token of the same conversation', async () => {
  const started = await startConversation(harness.directLine);
  const other = await startConversation(harness.directLine);
  await expect(openStream(started.streamUrl.replace(/t=.*/, `t=${started.token}`)).refused).resolves.toBe(403);
  await expect(
    openStream(started.streamUrl.replace(started.conversationId, other.conversationId)).refused,
  ).resolves.toBe(403);
  await expect(openStream(started.streamUrl.replace('/stream', '/else')).refused).resolves.toBe(404);
  const token = new URL(started.streamUrl).searchParams.get('t') ?? '';
  const url = `${harness.directLine}/conversations/${started.conversationId}`;
  await expect(call(url, { token })).resolves.toMatchObject({ status: 403 });
  harness.advance(120);
  await expect(openStream(started.streamUrl).refused).resolves.toBe(403);
});

it('opens for pages of the same host and of the list', async () => {
  const { streamUrl } = await startConversation(harness.directLine);
  await expect(openStream(streamUrl, { origin: 'https://evil.example' }).refused).resolves.toBe(403);
  await expect(openStream(streamUrl, { origin: 'null' }).refused).resolves.toBe(403);
  for (const origin of [harness.origin, 'https://shop.example']) {
    await openStream(streamUrl, { origin }).opened;
  }
});

it('keeps at most five sockets a conversation: the oldest goes', async () => {
  const started = await startConversation(harness.directLine);
  const streams = [];
  for (let count = 0; count < 6; count += 1) {
    const stream = openStream(started.streamUrl);
    await stream.opened;
    streams.push(stream);
  }
  await expect(streams[0]?.closed).resolves.toBe(1008);
  expect(streams.slice(1).every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true);
});

it('takes empty frames as pings, and ends a socket that sends too much', async () => {
  const started = await startConversation(harness.directLine);
  const { socket, closed, activities } = openStream(started.streamUrl);
  await until(() => activities().length > 0);
  socket.send('');
  await post(started, 'a');
  await until(() => activities().some(({ text }) => text === 'echo: a'));
  socket.send('x'.repeat(70 * 1024));
  await expect(closed).resolves.toBe(1009);
});

it('ends a socket that floods it with tiny messages, and one that never ends a message', async () => {
  const flooding = openStream((await startConversation(harness.directLine)).streamUrl);
  await flooding.opened;
  for (let count = 0; count < 2_000; count += 1) flooding.socket.send('');
  await flooding.closed;
  const endless = openStream((await startConversation(harness.directLine)).streamUrl);
  await endless.opened;
  for (let count = 0; count < 131_000; count += 1) endless.socket.send('', { fin: false });
  await endless.closed;
  const started = await startConversation(harness.directLine);
  const { activities } = openStream(started.streamUrl);
  await until(() => activities().some(({ text }) => text === 'welcome'));
});

it('ends a socket whose token has expired, unless it was renewed', async () => {
  await harness.close();
  harness = await startHarness({ heartbeat: 20 });
  const [left, renewed] = [await startConversation(harness.directLine), await startConversation(harness.directLine)];
  const [leftStream, renewedStream] = [openStream(left.streamUrl), openStream(renewed.streamUrl)];
  await Promise.all([leftStream.opened, renewedStream.opened]);
  harness.advance(1_000);
  const refreshed = await call(`${harness.directLine}/tokens/refresh`, { token: renewed.token, method: 'POST' });
  expect(refreshed.status).toBe(200);
  harness.advance(1_000);
  await expect(leftStream.closed).resolves.toBe(1008);
  expect(renewedStream.socket.readyState).toBe(renewedStream.socket.OPEN);
  const url = `${harness.directLine}/conversations/${left.conversationId}`;
  await expect(call(url, { token: left.token })).resolves.toMatchObject({ status: 403 });
});

it('ends a socket whose conversation was erased, and tells its client so', async () => {
  await harness.close();
  harness = await startHarness({ heartbeat: 300 });
  const [mine, other] = [await startConversation(harness.directLine), await startConversation(harness.directLine)];
  const [myStream, otherStream] = [openStream(mine.streamUrl), openStream(other.streamUrl)];
  await Promise.all([myStream.opened, otherStream.opened]);
  const scope = { conversations: [`local:${mine.conversationId}`] };
  new SqlitePrivacyStore(harness.db).erase(scope, { keepWaiting: false });
  await expect(myStream.closed).resolves.toBe(1008);
  expect(otherStream.socket.readyState).toBe(otherStream.socket.OPEN);
  const url = `${harness.directLine}/conversations/${mine.conversationId}`;
  await expect(call(url, { token: mine.token })).resolves.toMatchObject({ status: 404 });
});

it('ends its sockets when the server stops', async () => {
  const started = await startConversation(harness.directLine);
  const { closed, activities } = openStream(started.streamUrl);
  await until(() => activities().length > 0);
  await harness.close();
  await expect(closed).resolves.toBe(1001);
});
