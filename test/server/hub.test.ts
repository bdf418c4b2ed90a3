import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import { hubOf } from '../../src/cli/wire-hub';
import { call, type Json, openStream, type Started, startConversation, until } from '../channels/support/client';
import { listen } from '../channels/support/listening';
import { product, temporaryConfig } from '../support/data-dir';
import { OutsideHub, SECRET } from './support/outside-hub';

/** Milliseconds before each further attempt to hand over. */
const PAUSES = [20, 20, 20];
let app: App;
let hub: OutsideHub;
let origin: string;
let stop: () => Promise<void>;
const lines: string[] = [];
const streams: ReturnType<typeof openStream>[] = [];

beforeAll(async () => {
  hub = await new OutsideHub().start();
  const settings = { HANDOFF: 'hub', HANDOFF_HUB_URL: hub.url, HANDOFF_HUB_SECRET: SECRET };
  const context = { HANDOFF_HUB_CONTEXT: '{"Skill":"mugs"}' };
  app = createApp(temporaryConfig({ MODELS: 'none', ...settings, ...context }));
  app.products.upsert([product({ id: 'mug', title: 'Red mug', color: 'red' })]);
  await app.indexer.sync({});
  await serve();
});
afterAll(async () => {
  for (const { socket } of streams) socket.terminate();
  await stop();
  await app.close();
  await hub.stop();
  rmSync(app.config.DATA_DIR, { recursive: true, force: true });
});

async function serve(): Promise<void> {
  const parts = hubOf(app);
  if (!parts) throw new Error('no hub');
  ({ origin, stop } = await listen(app, lines, { hub: { ...parts, pauses: PAUSES } }));
}

/** A shopper's page: the REST side, and all that its stream ever showed. */
async function page() {
  const started = await startConversation(`${origin}/v3/directline`, { locale: 'en-GB' });
  const stream = openStream(started.streamUrl);
  streams.push(stream);
  await stream.opened;
  const id = `local:${started.conversationId}`;
  const bot = () => stream.activities().filter(({ from }) => (from as Json).role === 'bot');
  const shown = (text: string) => until(() => bot().find((activity) => String(activity.text).includes(text)));
  const send = (text: string, more: Json = {}) => post(started, { type: 'message', text, ...more });
  /** Asks for a person; resolves with what the hub was told. */
  const escalate = async (): Promise<Json> => {
    await send('Can I talk to a human, please?');
    return until(() => hub.of(id, 'handoff.initiate').at(-1));
  };
  return { id, stream, bot, shown, send, escalate };
}

async function post(started: Started, body: Json) {
  const url = `${origin}/v3/directline/conversations/${started.conversationId}/activities`;
  expect((await call(url, { ...started, body })).status).toBe(200);
}

const stateOf = (id: string) => app.tickets.openOf(id)?.state ?? 'bot';
const titles = (activity: Json) =>
  ((activity.suggestedActions as { actions: { title: string }[] } | undefined)?.actions ?? []).map(
    ({ title }) => title,
  );

it('takes a conversation over and gives it back; nothing of that reaches the shopper’s stream', async () => {
  const shopper = await page();
  await shopper.send('red mug');
  await shopper.shown('red');
  const told = await shopper.escalate();
  const headers = hub.told.at(-1)?.headers;
  expect(headers).toMatchObject({ authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' });
  const ticket = app.tickets.openOf(shopper.id);
  expect(told).toMatchObject({
    type: 'event',
    channelId: 'directline',
    serviceUrl: `${origin}/hub`,
    conversation: { id: shopper.id },
    value: { Skill: 'mugs', ticketId: ticket?.id, reason: 'asked', language: 'en' },
    attachments: [{ contentType: 'application/json', name: 'Transcript' }],
  });
  const [{ content }] = told.attachments as [{ content: { activities: Json[] } }];
  expect(content.activities.map(({ text, from }) => [(from as Json).role, text])).toEqual(
    expect.arrayContaining([
      ['user', 'red mug'],
      ['user', 'Can I talk to a human, please?'],
    ]),
  );
  // Queued, the bot goes on, and the hub reads along.
  await shopper.send('blue mug');
  await until(() => hub.of(shopper.id, 'message').length >= 2);
  expect(hub.of(shopper.id, 'message')[0]).toMatchObject({ text: 'blue mug', from: { role: 'user' } });

  expect(await hub.status(told, 'accepted', { from: { name: 'Zoe' } })).toMatchObject({ status: 200 });
  await shopper.shown('Zoe is here now');
  const before = shopper.bot().length;
  await shopper.send('are you a person?');
  await until(() => hub.of(shopper.id, 'message').some(({ text }) => text === 'are you a person?'));
  const message = { type: 'message', id: 'hello', text: 'I am.', from: { name: 'Zoe' } };
  const typing = { type: 'typing', from: { name: 'Zoe' } };
  for (const each of [typing, message, message]) expect((await hub.answer(told, each)).status).toBe(200);
  expect(await shopper.shown('I am.')).toMatchObject({ from: { role: 'bot', name: 'Zoe' } });
  expect(stateOf(shopper.id)).toBe('active');
  const done = { id: 'done' };
  for (let i = 0; i < 2; i++) expect((await hub.status(told, 'completed', done)).status).toBe(200);
  await shopper.shown('This is the shopping assistant again.');
  await shopper.send('red mug');
  await until(() => shopper.bot().length > before + 3);

  const types = shopper.bot().slice(before);
  expect(types.map(({ type, text }) => [type, text])).toEqual([
    ['typing', undefined],
    ['message', 'I am.'],
    ['message', expect.stringContaining('shopping assistant')],
    ['message', expect.stringContaining('red')],
  ]);
  const everything = JSON.stringify(shopper.stream.frames);
  expect(everything).not.toMatch(/handoff\.|Transcript|Skill|ticketId/);
  expect(stateOf(shopper.id)).toBe('bot');
});

it('is told again until it takes it, each time by the same id', async () => {
  const shopper = await page();
  hub.answers.push(503, 'lost', 429);
  await shopper.escalate();
  const ids = await until(() => {
    const found = hub.of(shopper.id, 'handoff.initiate').map(({ id }) => id);
    return found.length === 2 && app.hubOutbox.count() === 0 && found;
  });
  expect(ids[0]).toBe(ids[1]);
  expect(stateOf(shopper.id)).toBe('queued');
});

it.each([
  ['is down', [503, 503, 503, 503]],
  ['wants nothing', [404]],
  ['sends it elsewhere', [302, 302, 302, 302]],
])(
  'that %s: the shopper hears that nobody can be reached, and may chat on or leave a message',
  async (_name, answers) => {
    const shopper = await page();
    hub.answers.push(...answers);
    await shopper.send('Can I talk to a human, please?');
    const said = await shopper.shown('could not reach anybody');
    expect(titles(said)).toEqual(['Keep chatting', 'Leave a message']);
    expect([stateOf(shopper.id), app.hubOutbox.count(), hub.answers]).toEqual(['bot', 0, []]);
    for (const text of ['Leave a message', 'My mug came broken', 'ann@example.com']) {
      const before = shopper.bot().length;
      await shopper.send(text);
      await until(() => shopper.bot().length > before);
    }
    const left = await until(() => hub.of(shopper.id, 'handoff.message')[0]);
    expect(left.value).toMatchObject({ email: 'ann@example.com', text: 'My mug came broken' });
    expect(stateOf(shopper.id)).toBe('message');
    expect((await hub.status(left, 'completed')).status).toBe(200);
    expect(app.tickets.ofConversation(shopper.id)[0]).toMatchObject({ state: 'closed', outcome: 'completed' });
  },
);

it('is told by the next process what this one could not', async () => {
  const shopper = await page();
  hub.answers.push(503);
  await shopper.send('Can I talk to a human, please?');
  await until(() => hub.answers.length === 0);
  await stop();
  expect([hub.of(shopper.id, 'handoff.initiate'), app.hubOutbox.count()]).toEqual([[], 1]);
  await serve();
  await until(() => hub.of(shopper.id, 'handoff.initiate').length === 1);
  expect(stateOf(shopper.id)).toBe('queued');
});

it('fails, or hears that the shopper no longer waits', async () => {
  const shopper = await page();
  const told = await shopper.escalate();
  expect((await hub.status(told, 'failed', { value: { state: 'failed', message: 'all asleep' } })).status).toBe(200);
  const said = await shopper.shown('could not reach anybody');
  expect(titles(said)).toContain('Leave a message');
  expect(JSON.stringify(shopper.stream.frames)).not.toContain('all asleep');
  expect((await hub.status(told, 'accepted')).status).toBe(409);

  const again = await until(async () => {
    const latest = await shopper.escalate();
    return latest.id !== told.id && latest;
  });
  // What is said of the ticket before is not about this one.
  const old = { value: { state: 'completed', ticketId: (told.value as Json).ticketId } };
  expect((await hub.status(again, 'completed', old)).status).toBe(409);
  expect(stateOf(shopper.id)).toBe('queued');
  await shopper.send('cancel');
  await until(() => hub.of(shopper.id, 'endOfConversation').length === 1);
  expect((await hub.answer(again, { type: 'message', text: 'hello?' })).status).toBe(409);
});

it('that refuses what is said in a conversation that it owns gives it back', async () => {
  const shopper = await page();
  expect((await hub.status(await shopper.escalate(), 'accepted')).status).toBe(200);
  await shopper.shown('is here now');
  hub.answers.push(410);
  await shopper.send('are you there?');
  await shopper.shown('could not reach anybody');
  await shopper.send('red mug');
  await shopper.shown('red');
  expect([stateOf(shopper.id), app.hubOutbox.count()]).toEqual(['bot', 0]);
});

describe('what does not come from the hub, or makes no sense', () => {
  const known = { conversation: { id: 'local:none' } };
  const told = () => ({ ...known, serviceUrl: `${origin}/hub` });

  it.each([
    ['no token', { authorization: '' }],
    ['another token', { authorization: `Bearer ${SECRET}x` }],
    ['another scheme', { authorization: SECRET }],
  ])('%s is refused, and logged', async (_name, headers) => {
    const before = lines.length;
    expect((await hub.answer(told(), { type: 'message', text: 'x' }, headers)).status).toBe(401);
    expect(lines.slice(before).join('\n')).toContain('"status":401');
  });

  it('a shopper’s token, and an event that a shopper’s page sends', async () => {
    const shopper = await page();
    const asked = await shopper.escalate();
    const { token } = await startConversation(`${origin}/v3/directline`);
    const authorization = `Bearer ${token}`;
    expect((await hub.answer(asked, { type: 'message', text: 'x' }, { authorization })).status).toBe(401);
    await shopper.send('', { type: 'event', name: 'handoff.status', value: { state: 'accepted' } });
    await shopper.send('red mug');
    await shopper.shown('red');
    expect(stateOf(shopper.id)).toBe('queued');
  });

  it.each<[string, Json, number]>([
    ['no type', {}, 400],
    ['a type that is none', { type: 1 }, 400],
    ['another event', { type: 'event', name: 'x', value: {} }, 400],
    ['an unknown state', { type: 'event', name: 'handoff.status', value: { state: 'perhaps' } }, 400],
    ['a message without words', { type: 'message', text: ' ' }, 400],
    ['no id', { type: 'message', text: 'x', id: null }, 400],
    ['files', { type: 'message', text: 'x', attachments: [{ contentUrl: 'http://x/' }] }, 400],
    ['a prototype', JSON.parse('{"type":"message","__proto__":{"text":"x"}}'), 400],
    ['a long text', { type: 'message', text: 'x'.repeat(4_001) }, 400],
    ['a huge body', { type: 'message', text: 'x'.repeat(70_000) }, 413],
    ['an unknown conversation', { type: 'message', text: 'x' }, 404],
  ])('%s', async (_name, activity, status) => {
    expect((await hub.answer(told(), activity)).status).toBe(status);
  });

  it('is never written to the log with its words', () => {
    expect(lines.join('\n')).not.toMatch(/human, please|red mug|I am\.|ann@example|a-secret-of-the-hub/);
  });
});
