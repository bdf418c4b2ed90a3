import { SqliteProfileStore } from '../../src/storage';
import { call } from '../channels/support/client';
import { type Harness, startHarness } from '../channels/support/harness';

const TOKEN = 'a-token-of-the-shop';
const NOW = Date.UTC(2030, 0, 1);
const sent = { userId: 'u1', channel: 'msteams', productId: 'p1', kind: 'purchase' };

let harness: Harness;
let profiles: SqliteProfileStore;
const post = (body: unknown, token: string | undefined = TOKEN) =>
  call(`${harness.origin}/events`, { body, ...(token !== undefined && { token }) });

beforeAll(async () => {
  harness = await startHarness({
    eventsToken: TOKEN,
    isProduct: (id) => id === 'p1',
    profiles: { record: (shopper, event) => profiles.record(shopper, event), consentedAt: () => undefined },
  });
  profiles = new SqliteProfileStore(harness.db, () => NOW);
});
afterAll(() => harness.close());

it('keeps an event of a shopper who consented, and of no other', async () => {
  expect(await post(sent)).toMatchObject({ status: 200, body: { stored: false } });
  profiles.giveConsent({ channel: 'msteams', userId: 'u1' });
  expect(await post({ ...sent, at: '2029-12-31T00:00:00Z' })).toMatchObject({ status: 200, body: { stored: true } });
  expect(profiles.events({ channel: 'msteams', userId: 'u1' })).toEqual([
    { productId: 'p1', kind: 'purchase', at: Date.UTC(2029, 11, 31) },
  ]);
  expect((await post({ ...sent, at: '2029-01-01T00:00:00Z' })).body).toEqual({ stored: false });
});

it.each([
  ['no token', undefined],
  ['another token', 'another'],
  ['the beginning of the token', TOKEN.slice(0, -1)],
  ['an empty token', ''],
])('refuses %s, whatever the body', async (_name, token) => {
  const refused = await call(`${harness.origin}/events`, {
    body: '{"broken',
    ...(token !== undefined && { token }),
  });
  expect(refused).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHORISED' } } });
  expect(refused.headers.get('www-authenticate')).toBe('Bearer');
});

it.each([
  [{ ...sent, kind: 'returned' }, 'kind must be one of view, like, purchase'],
  [{ ...sent, productId: 'p2' }, 'productId: there is no such product'],
  [{ ...sent, price: 9 }, 'there is no field "price"'],
  [[sent], 'not a JSON object'],
])('says what is wrong with %j', async (body, message) => {
  expect(await post(body)).toMatchObject({ status: 400, body: { error: { code: 'EVENT_INVALID', message } } });
});

it('says that a body is no JSON, or too large', async () => {
  expect((await post('{"broken')).status).toBe(400);
  expect((await post({ ...sent, userId: 'x'.repeat(20_000) })).status).toBe(413);
});

it('logs neither the shopper nor the token', () => {
  const lines = harness.lines.join('\n');
  expect(lines).toContain('/events');
  for (const secret of ['u1', TOKEN, 'purchase']) expect(lines).not.toContain(secret);
});

it('is not there without a token in the settings', async () => {
  const without = await startHarness();
  try {
    for (const token of ['', TOKEN]) {
      expect((await call(`${without.origin}/events`, { token, body: sent })).status).toBe(404);
    }
  } finally {
    await without.close();
  }
});
