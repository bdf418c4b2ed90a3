import { Secret, TOTP } from 'otpauth';
import { call, startConversation } from '../../channels/support/client';
import { startHarness } from '../../channels/support/harness';
import { Console, PASSWORD, Seat } from './support/console';

const HOUR = 3600 * 1000;
let desk: Console;
beforeEach(async () => {
  desk = await new Console().start();
});
afterEach(async () => {
  await desk.close();
  expect(desk.faults).toEqual([]);
});

function cookieOf(headers: Headers): { token: string; attributes: string[] } {
  const [pair = '', ...attributes] = String(headers.get('set-cookie')).split('; ');
  return {
    token: pair.split('=')[1] ?? '',
    attributes: attributes.filter((each) => !each.startsWith('Expires')).sort(),
  };
}

describe('signing in', () => {
  it('gives a cookie that scripts, other sites and other paths never see', async () => {
    const id = desk.addAgent('ann');
    const { status, headers, body } = await desk.login({ name: 'Ann', password: PASSWORD });
    const { token, attributes } = cookieOf(headers);
    expect([status, body.agent]).toEqual([200, { id, name: 'ann', displayName: 'ANN', role: 'agent' }]);
    expect(attributes).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/agent', 'SameSite=Strict']);
    expect(headers.get('cache-control')).toBe('no-store');
    const me = await new Seat(desk, id, token).get('/me');
    expect(me.body).toEqual({
      agent: body.agent,
      csrf: body.csrf,
      settings: {
        languages: expect.arrayContaining(['en', 'zh']),
        soundDefault: true,
        translation: false,
        shopName: 'Shop',
      },
    });
    expect(desk.trail()).toEqual([['login', 'done', '127.0.0.1']]);
  });

  it.each([
    ['the shop’s address is https', { publicUrl: 'https://shop.example' }, { origin: 'https://shop.example' }],
    ['a proxy says so', {}, { 'x-forwarded-proto': 'https' }],
  ])('keeps the cookie to https where %s', async (_name, options, headers) => {
    const secure = await new Console(options).start();
    secure.addAgent('ann');
    const answer = await secure.login({ name: 'ann', password: PASSWORD }, headers);
    expect(cookieOf(answer.headers).attributes).toContain('Secure');
    await secure.close();
  });

  it('needs the code where there is one, and takes it once', async () => {
    const secret = new Secret().base32;
    desk.addAgent('sue', 'admin', secret);
    const code = new TOTP({ secret }).generate({ timestamp: desk.now });
    const tries = [{}, { code: '000000' }, { code }, { code }];
    const answers = [];
    for (const more of tries) answers.push(await desk.login({ name: 'sue', password: PASSWORD, ...more }));
    expect(answers.map(({ status, body }) => [status, body.error?.code])).toEqual([
      [401, 'TOTP_REQUIRED'],
      [401, 'LOGIN_FAILED'],
      [200, undefined],
      [401, 'LOGIN_FAILED'],
    ]);
  });

  it('waits after five failures of an address, this machine’s, too', async () => {
    desk.addAgent('ann');
    for (let i = 0; i < 5; i++) {
      expect(await desk.login({ name: `nobody${i}`, password: 'wrong' })).toMatchObject({
        status: 401,
        body: { error: { code: 'LOGIN_FAILED' } },
      });
    }
    const late = await desk.login({ name: 'ann', password: PASSWORD });
    expect([late.status, late.body.error.code, late.headers.get('retry-after')]).toEqual([
      429,
      'TOO_MANY_REQUESTS',
      '300',
    ]);
    expect(late.headers.get('set-cookie')).toBeNull();
    expect(await desk.login({ name: 'ann', password: PASSWORD }, { 'x-forwarded-for': '10.1.1.1' })).toMatchObject({
      status: 200,
    });
  });

  it('looks at ten of fifty from fifty addresses, and writes all of it down', async () => {
    const id = desk.addAgent('ann');
    const tries = Array.from({ length: 50 }, (_, i) =>
      desk.login({ name: 'ann', password: 'wrong' }, { 'x-forwarded-for': `10.0.0.${i}` }),
    );
    const counts = new Map<number, number>();
    for (const { status } of await Promise.all(tries)) counts.set(status, (counts.get(status) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ 401: 10, 429: 40 });
    const noted = desk.audit.page({ limit: 100 });
    expect(noted.filter(({ result }) => result === 'LOGIN_FAILED')).toHaveLength(10);
    expect(noted.every(({ agentId, action }) => agentId === id && action === 'login')).toBe(true);
    expect(JSON.stringify(noted)).not.toContain('wrong');
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no password', '{"name":"ann"}'],
    ['a number', '{"name":"ann","password":1}'],
    ['a long name', JSON.stringify({ name: 'x'.repeat(65), password: 'y' })],
    ['an object as the name', '{"name":{"$ne":""},"password":{"$ne":""}}'],
  ])('refuses %s', async (_name, body) => {
    const headers = { 'content-type': 'application/json', origin: desk.origin };
    await expect(call(`${desk.origin}/agent/api/login`, { body, headers })).resolves.toMatchObject({
      status: 400,
      body: { error: { code: 'MESSAGE_INVALID' } },
    });
  });

  it('reads no more than a few KB of a stranger', async () => {
    const body = JSON.stringify({ name: 'ann', password: 'x'.repeat(10 * 1024 * 1024) });
    await expect(
      call(`${desk.origin}/agent/api/login`, { body, headers: { origin: desk.origin } }),
    ).resolves.toMatchObject({ status: 413 });
  });

  it('is for the console’s own page', async () => {
    desk.addAgent('ann');
    for (const origin of ['https://evil.example', 'null', `${desk.origin}.evil.example`, 'http://127.0.0.1:1']) {
      expect(await desk.login({ name: 'ann', password: PASSWORD }, { origin })).toMatchObject({ status: 403 });
    }
    expect(desk.trail()).toEqual(Array(4).fill(['login', 'FORBIDDEN', '127.0.0.1']));
  });

  it('ends the session that the browser had before', async () => {
    const seat = desk.seat('ann');
    await desk.login({ name: 'ann', password: PASSWORD }, seat.headers);
    expect((await seat.get('/me')).status).toBe(401);
  });
});

describe('a session', () => {
  it('ends when the agent signs out, and the cookie goes', async () => {
    const seat = desk.seat('ann');
    const { status, headers } = await seat.post('/logout');
    expect([status, cookieOf(headers).token]).toEqual([204, '']);
    expect(await seat.get('/me')).toMatchObject({ status: 401, body: { error: { code: 'SIGNED_OUT' } } });
    expect(desk.trail()).toEqual([
      ['logout', 'done'],
      ['request', 'SIGNED_OUT', '127.0.0.1'],
    ]);
  });

  it.each<[string, (desk: Console, id: string) => void]>([
    [
      'nothing was done for two hours',
      () => {
        desk.now += 2 * HOUR;
      },
    ],
    ['the password was changed', (_desk, id) => desk.agents.setPassword(id, 'x')],
    ['the agent was disabled', (_desk, id) => desk.agents.setDisabled(id, true)],
  ])('ends when %s', async (_name, happen) => {
    const seat = desk.seat('ann');
    expect((await seat.get('/me')).status).toBe(200);
    happen(desk, seat.id);
    expect((await seat.get('/me')).status).toBe(401);
  });

  it('lasts while something is done, twelve hours at most', async () => {
    const seat = desk.seat('ann');
    const statuses = [];
    for (let hour = 1; hour <= 12; hour++) {
      desk.now += HOUR;
      statuses.push((await seat.get('/me')).status);
    }
    expect(statuses).toEqual([...Array(11).fill(200), 401]);
  });

  it('follows the agent’s role at once', async () => {
    const seat = desk.seat('ann');
    expect((await seat.get('/supervisor')).status).toBe(403);
    desk.agents.setRole(seat.id, 'supervisor');
    expect((await seat.get('/supervisor')).status).toBe(200);
    desk.agents.setRole(seat.id, 'agent');
    expect((await seat.get('/supervisor')).status).toBe(403);
  });
});

describe('what is refused, and written down', () => {
  it('no cookie, a forged one, a shopper’s token', async () => {
    const { token } = await startConversation(`${desk.origin}/v3/directline`);
    const ticket = desk.escalate();
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const forged: Record<string, string>[] = [
      {},
      { cookie: 'vitrine_agent=' },
      { cookie: `vitrine_agent=${'x'.repeat(43)}` },
      { cookie: `vitrine_agent=${none}.${none}.` },
      { cookie: `vitrine_agent=${token}` },
      { authorization: `Bearer ${token}` },
    ];
    for (const headers of forged) {
      await expect(call(`${desk.origin}/agent/api/tickets/${ticket.id}`, { headers })).resolves.toMatchObject({
        status: 401,
        body: { error: { code: 'SIGNED_OUT' } },
      });
    }
    expect(desk.trail()).toEqual(Array(forged.length).fill(['open', 'SIGNED_OUT', ticket.id, '127.0.0.1']));
  });

  it('and no more of it than is of use: strangers can’t fill the disk', async () => {
    for (let i = 0; i < 70; i++) await call(`${desk.origin}/agent/api/me`);
    expect(desk.trail()).toHaveLength(60);
    desk.now += 61_000;
    await call(`${desk.origin}/agent/api/me`);
    expect(desk.trail()).toHaveLength(61);
  });

  it('a session’s token, for shoppers’ conversations', async () => {
    const seat = desk.seat('ann');
    const { conversationId } = await startConversation(`${desk.origin}/v3/directline`);
    const url = `${desk.origin}/v3/directline/conversations/${conversationId}/activities`;
    await expect(call(url, { token: seat.token, headers: seat.headers })).resolves.toMatchObject({ status: 403 });
  });

  it.each<[string, Record<string, string>]>([
    ['without the CSRF token', { 'x-csrf-token': '' }],
    ['with a made-up CSRF token', { 'x-csrf-token': 'x'.repeat(43) }],
    ['from another page', { origin: 'https://evil.example' }],
    ['from no page', { origin: '' }],
  ])('a change %s', async (_name, headers) => {
    const seat = desk.seat('ann');
    const ticket = desk.escalate();
    expect(await seat.post(`/tickets/${ticket.id}/claim`, { version: 1 }, headers)).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
    expect(desk.tickets.get(ticket.id)?.state).toBe('queued');
    expect(desk.trail()).toEqual([['claim', 'FORBIDDEN', ticket.id]]);
  });

  it('a change with the CSRF token of another session', async () => {
    const [ann, bob] = [desk.seat('ann'), desk.seat('bob')];
    const { csrf } = (await bob.get('/me')).body;
    expect(await ann.post('/presence', { status: 'away' }, { 'x-csrf-token': csrf }, 'PUT')).toMatchObject({
      status: 403,
    });
  });
});

it('narrows what a browser does with the page and what it loads', async () => {
  const { headers } = await desk.seat('ann').get('/me');
  const host = new URL(desk.origin).host;
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self' ws://${host} wss://${host}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

it('there is no console where it is not wanted', async () => {
  const without = await startHarness();
  for (const path of ['/agent', '/agent/api/me']) {
    await expect(call(without.origin + path)).resolves.toMatchObject({ status: 404 });
  }
  await without.close();
});
