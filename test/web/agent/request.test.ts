import { Requests } from '../../../src/web/agent/api/request';

function requestsTo(...responses: readonly (Response | Error)[]) {
  const left = [...responses];
  const asked: { readonly url: string; readonly init: RequestInit }[] = [];
  let expired = 0;
  const requests = new Requests(
    () => {
      expired += 1;
    },
    async (url, init) => {
      asked.push({ url: String(url), init: init ?? {} });
      const next = left.shift();
      if (next === undefined || next instanceof Error) throw next ?? new Error('asked too often');
      return next;
    },
  );
  return { requests, asked, expired: () => expired };
}
const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init);

it('sends the token of the session with everything that changes something', async () => {
  const { requests, asked } = requestsTo(json({ a: 1 }), json({}), new Response(null, { status: 204 }));
  requests.csrf = 'secret';
  await expect(requests.get('tickets')).resolves.toEqual({ ok: true, value: { a: 1 } });
  await requests.change('POST', 'login', { name: 'anna' });
  await requests.change('POST', 'tickets/t1/files', new Blob(['x'], { type: 'image/png' }));
  expect(asked.map(({ url }) => url)).toEqual([
    '/agent/api/tickets',
    '/agent/api/login',
    '/agent/api/tickets/t1/files',
  ]);
  expect(asked.map(({ init }) => init.headers)).toEqual([
    undefined,
    { 'x-csrf-token': 'secret', 'content-type': 'application/json' },
    { 'x-csrf-token': 'secret', 'content-type': 'image/png' },
  ]);
  expect(asked[1]?.init.body).toBe('{"name":"anna"}');
});

it.each([
  [
    'a refusal',
    json({ error: { code: 'FORBIDDEN', message: '' } }, { status: 403 }),
    { status: 403, code: 'FORBIDDEN' },
  ],
  [
    'a conflict',
    json({ error: { code: 'CONFLICT' }, ticket: { id: 't1' } }, { status: 409 }),
    { status: 409, code: 'CONFLICT', ticket: { id: 't1' } },
  ],
  [
    'too often',
    json({ error: { code: 'TOO_MANY_REQUESTS' } }, { status: 429, headers: { 'retry-after': '30' } }),
    { status: 429, code: 'TOO_MANY_REQUESTS', retryAfter: 30 },
  ],
  ['a proxy’s page', new Response('<html>', { status: 502 }), { status: 0, code: 'OFFLINE' }],
  ['no server', new TypeError('fetch failed'), { status: 0, code: 'OFFLINE' }],
  ['an odd body', json([], { status: 500 }), { status: 500, code: 'UNKNOWN' }],
])('%s is an answer', async (_, response, expected) => {
  const { requests, expired } = requestsTo(response);
  await expect(requests.get('x')).resolves.toEqual({ ok: false, ...expected });
  expect(expired()).toBe(0);
});

it('says when the session has ended, but not when a password is wrong', async () => {
  const refused = () => json({ error: { code: 'UNAUTHORISED' } }, { status: 401 });
  const { requests, expired } = requestsTo(refused(), refused());
  await requests.change('POST', 'login', {});
  expect(expired()).toBe(0);
  await requests.get('me');
  expect(expired()).toBe(1);
});

it('notes by how much the clocks differ', async () => {
  const date = (milliseconds: number) => ({ headers: { date: new Date(Date.now() + milliseconds).toUTCString() } });
  const { requests } = requestsTo(json({}, date(600_000)), json({}, date(0)));
  await requests.get('x');
  expect(requests.clockOffset).toBeGreaterThan(590_000);
  await requests.get('x');
  expect(requests.clockOffset).toBe(0);
});
