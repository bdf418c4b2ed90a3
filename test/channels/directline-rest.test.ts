import { call, type Json, poll, type Started, startConversation, until } from './support/client';
import { type Harness, startHarness, textReply } from './support/harness';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

const activities = (started: Started) => `${harness.directLine}/conversations/${started.conversationId}/activities`;
const post = (started: Started, body: unknown) => call(activities(started), { token: started.token, body });
const errorOf = (body: Json) => body.error as Json;

describe('tokens', () => {
  it('open one conversation, which they do not start', async () => {
    const { body } = await call(`${harness.directLine}/tokens/generate`, { body: { user: { id: 'dl_victim' } } });
    expect(body).toMatchObject({ expires_in: 1800 });
    const claims = JSON.parse(Buffer.from(String(body.token).split('.')[1] ?? '', 'base64url').toString());
    expect(claims.user).toMatch(/^dl_[0-9a-f-]{36}$/);
    const unknown = await call(`${harness.directLine}/conversations/${body.conversationId}`, {
      token: String(body.token),
    });
    expect([unknown.status, errorOf(unknown.body).code]).toEqual([404, 'CONVERSATION_UNKNOWN']);
  });

  it('start a conversation once', async () => {
    const { body } = await call(`${harness.directLine}/tokens/generate`, { method: 'POST' });
    const start = () =>
      call(`${harness.directLine}/conversations`, { token: String(body.token), body: { locale: 'ja-JP' } });
    expect([(await start()).status, (await start()).status]).toEqual([201, 200]);
    await until(() => harness.handler.messages.length > 0);
    await harness.close();
    expect(harness.handler.messages).toMatchObject([
      { kind: 'opened', locale: 'ja-JP', text: '', channel: 'directline' },
    ]);
  });

  it('do not open another conversation', async () => {
    const [mine, other] = [await startConversation(harness.directLine), await startConversation(harness.directLine)];
    const { status, body } = await call(activities(other), { token: mine.token, body: { type: 'message', text: 'x' } });
    expect([status, errorOf(body).code]).toEqual([403, 'FORBIDDEN']);
    await expect(call(activities(other), { token: mine.token })).resolves.toMatchObject({ status: 403 });
  });

  it('expire, and are refreshed only before', async () => {
    const started = await startConversation(harness.directLine);
    harness.advance(1700);
    const refreshed = await call(`${harness.directLine}/tokens/refresh`, { token: started.token, method: 'POST' });
    expect(refreshed).toMatchObject({
      status: 200,
      body: { conversationId: started.conversationId, expires_in: 1800 },
    });
    harness.advance(200);
    await expect(post(started, { type: 'message', text: 'late' })).resolves.toMatchObject({ status: 403 });
    await expect(
      call(`${harness.directLine}/tokens/refresh`, { token: started.token, method: 'POST' }),
    ).resolves.toMatchObject({ status: 403 });
    await expect(poll(harness.directLine, { ...started, token: String(refreshed.body.token) })).resolves.toBeDefined();
  });

  it('are refused when missing or forged', async () => {
    const { conversationId, token } = await startConversation(harness.directLine);
    const url = `${harness.directLine}/conversations/${conversationId}/activities`;
    await expect(call(url)).resolves.toMatchObject({ status: 401 });
    const [header, payload] = token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const forged of ['x', `${header}.${payload}.AAAA`, unsigned]) {
      await expect(call(url, { token: forged })).resolves.toMatchObject({ status: 403 });
    }
  });
});

describe('activities', () => {
  it('take their sender from the token, and nothing else that the server decides', async () => {
    const started = await startConversation(harness.directLine);
    const forged = {
      type: 'message',
      text: 'hi',
      id: 'mine',
      from: { id: 'dl_victim', role: 'bot' },
      serviceUrl: 'http://169.254.169.254/',
      conversation: { id: 'other' },
      recipient: { id: 'x' },
      deliveryMode: 'expectReplies',
      channelId: 'msteams',
      timestamp: '1999-01-01T00:00:00Z',
      channelData: { clientActivityID: 'c1' },
    };
    const { body } = await post(started, forged);
    await until(async () => (await poll(harness.directLine, started)).some(({ text }) => text === 'echo: hi'));
    const echo = (await poll(harness.directLine, started)).find(({ text }) => text === 'hi');
    expect(echo).toMatchObject({ id: body.id, conversation: { id: started.conversationId }, channelId: 'directline' });
    expect(echo?.from).toMatchObject({ id: expect.stringMatching(/^dl_(?!victim)/), role: 'user' });
    expect(Object.keys(echo ?? {})).not.toEqual(expect.arrayContaining(['serviceUrl', 'recipient', 'deliveryMode']));
    expect(String(echo?.timestamp)).toMatch(/^2030/);
    expect(harness.handler.messages.at(-1)?.userId).toBe((echo?.from as Json | undefined)?.id);
  });

  it.each([
    ['no JSON', '{"type":', 400, 'MESSAGE_INVALID'],
    ['a list', '[]', 400, 'MESSAGE_INVALID'],
    ['a number', '1', 400, 'MESSAGE_INVALID'],
    ['null', 'null', 400, 'MESSAGE_INVALID'],
    ['no type', '{}', 400, 'MESSAGE_INVALID'],
    ['a numeric type', '{"type":1}', 400, 'MESSAGE_INVALID'],
    ['a type that only servers send', '{"type":"conversationUpdate"}', 400, 'MESSAGE_INVALID'],
    ['a numeric text', '{"type":"message","text":1}', 400, 'MESSAGE_INVALID'],
    ['channelData that is a list', '{"type":"message","channelData":[]}', 400, 'MESSAGE_INVALID'],
    ['attachments that are no list', '{"type":"message","attachments":{}}', 400, 'MESSAGE_INVALID'],
    ['a deep nesting', `{"type":"message","value":${'['.repeat(9000)}${']'.repeat(9000)}}`, 400, 'MESSAGE_INVALID'],
    ['a large text', JSON.stringify({ type: 'message', text: 'x'.repeat(1024 * 1024) }), 413, 'MESSAGE_TOO_LARGE'],
  ])('refuses %s', async (_name, body, status, code) => {
    const started = await startConversation(harness.directLine);
    const answer = await post(started, body);
    expect([answer.status, errorOf(answer.body).code]).toEqual([status, code]);
    expect(Object.keys(errorOf(answer.body)).sort()).toEqual(['code', 'hint', 'message']);
    expect(harness.faults).toEqual([]);
  });

  it('keep channelData, and survive a prototype in it', async () => {
    const started = await startConversation(harness.directLine);
    const body =
      '{"type":"event","name":"x","channelData":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":[1,{"b":null}]}}';
    await expect(post(started, body)).resolves.toMatchObject({ status: 200 });
    const echo = (await poll(harness.directLine, started)).find(({ type }) => type === 'event');
    expect(echo?.channelData).toMatchObject({ a: [1, { b: null }] });
    expect(Object.hasOwn(echo?.channelData as Json, '__proto__')).toBe(false);
    expect(({} as Json).polluted).toBeUndefined();
  });

  it('are cut at 4,000 characters for the assistant, not in the history', async () => {
    const started = await startConversation(harness.directLine);
    await post(started, { type: 'message', text: 'x'.repeat(5000) });
    const message = await until(() => harness.handler.messages.find(({ kind }) => kind === 'message'));
    expect(message.text).toHaveLength(4000);
    expect((await poll(harness.directLine, started)).some(({ text }) => String(text).length === 5000)).toBe(true);
  });

  it('are refused while too many wait', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    harness.handler.answer = async () => {
      await gate;
      return [];
    };
    const started = await startConversation(harness.directLine);
    const statuses: number[] = [];
    for (let count = 0; count < 22; count += 1)
      statuses.push((await post(started, { type: 'message', text: 'x' })).status);
    release();
    expect(statuses.filter((status) => status === 200)).toHaveLength(19);
    expect(statuses.at(-1)).toBe(429);
    expect(await poll(harness.directLine, started)).toHaveLength(19);
  });

  it('of typing are acknowledged and go nowhere', async () => {
    const started = await startConversation(harness.directLine);
    await expect(post(started, { type: 'typing' })).resolves.toMatchObject({
      status: 200,
      body: { id: expect.any(String) },
    });
    expect((await poll(harness.directLine, started)).some(({ type }) => type === 'typing')).toBe(false);
  });
});

it('answers a preflight, and lets only allowed origins read', async () => {
  const url = `${harness.directLine}/tokens/generate`;
  const preflight = (origin: string) => fetch(url, { method: 'OPTIONS', headers: { origin } });
  const own = await preflight(harness.origin);
  expect(own.status).toBe(204);
  expect(own.headers.get('access-control-allow-origin')).toBe(harness.origin);
  expect(own.headers.get('access-control-allow-headers')).toBe(
    'authorization, content-type, x-ms-bot-agent, x-requested-with',
  );
  expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
});

it('pages through the history by watermarks, and refuses strange ones', async () => {
  const started = await startConversation(harness.directLine);
  await post(started, { type: 'event', name: 'a' });
  await until(async () => (await poll(harness.directLine, started)).length === 2);
  const first = await call(`${activities(started)}?watermark=1`, started);
  expect(first.body).toMatchObject({ activities: [{}], watermark: '2' });
  for (const strange of ['-1', 'x', '1e3', '1&watermark=2']) {
    await expect(call(`${activities(started)}?watermark=${strange}`, started)).resolves.toMatchObject({ status: 400 });
  }
});

describe('faults of the assistant', () => {
  it('become an apology, and the next message is answered', async () => {
    const started = await startConversation(harness.directLine);
    await until(() => harness.handler.messages.length === 1);
    harness.handler.answer = async () => {
      harness.handler.answer = async () => [textReply('fine again')];
      throw new Error('secret detail');
    };
    await post(started, { type: 'message', text: 'a', locale: 'fr-FR' });
    await post(started, { type: 'message', text: 'b' });
    const seen = await until(async () => {
      const all = (await poll(harness.directLine, started)).map(({ text }) => text);
      return all.includes('fine again') && all;
    });
    expect(seen).toContain('sorry fr-FR');
    expect(JSON.stringify(seen)).not.toContain('secret');
    expect(harness.faults).toEqual([expect.objectContaining({ message: 'secret detail' })]);
  });

  it('include a turn that ignores its deadline', async () => {
    await harness.close();
    harness = await startHarness({ deadline: 20 });
    let aborted = false;
    harness.handler.answer = (_message, signal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise(() => undefined);
    };
    const started = await startConversation(harness.directLine, { locale: 'en' });
    await until(async () => (await poll(harness.directLine, started)).some(({ text }) => text === 'sorry en'));
    expect(aborted).toBe(true);
    expect(harness.faults).toEqual([expect.objectContaining({ code: 'TURN_TIMEOUT' })]);
  });
});

describe('the connector behind it', () => {
  it('is reached without credentials even where the bot has an app id', async () => {
    await harness.close();
    harness = await startHarness({ appId: '00000000-0000-4000-8000-000000000000' });
    const started = await startConversation(harness.directLine);
    await until(async () => (await poll(harness.directLine, started)).some(({ text }) => text === 'welcome'));
    expect(harness.faults).toEqual([]);
  });

  it('keeps its address to itself: not in activities, not in the log', async () => {
    const started = await startConversation(harness.directLine);
    await until(async () => (await poll(harness.directLine, started)).some(({ text }) => text === 'welcome'));
    expect(JSON.stringify(harness.log.after(started.conversationId, 0, 100))).not.toContain('connector');
    await until(() => harness.lines.some((line) => line.includes('/connector/…/v3')));
    expect(harness.lines.join('')).not.toMatch(/connector\/[\w-]/);
    expect(harness.lines.join('')).not.toContain(started.token);
  });
});
