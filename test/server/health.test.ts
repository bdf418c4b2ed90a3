import { VitrineError } from '../../src/domain';
import { call, poll, startConversation, until } from '../channels/support/client';
import { type Harness, startHarness } from '../channels/support/harness';

let harness: Harness;
let broken: Error | undefined;

beforeAll(async () => {
  const check = (): void => {
    if (broken) throw broken;
  };
  harness = await startHarness({ checks: [{ name: 'index', check }] });
});
afterAll(() => harness.close());
beforeEach(() => {
  broken = undefined;
});

it('says that it lives, and whether it can serve', async () => {
  await expect(call(`${harness.origin}/healthz`)).resolves.toMatchObject({ status: 200, body: { status: 'ok' } });
  await expect(call(`${harness.origin}/readyz`)).resolves.toMatchObject({ status: 200, body: { status: 'ready' } });
  broken = new VitrineError('INDEX_MISSING', 'there is no index');
  await expect(call(`${harness.origin}/readyz`)).resolves.toMatchObject({
    status: 503,
    body: { status: 'not ready', failed: { index: 'there is no index' } },
  });
  broken = new Error('/secret/path');
  await expect(call(`${harness.origin}/readyz`)).resolves.toMatchObject({ body: { failed: { index: 'failed' } } });
  expect((await call(`${harness.origin}/healthz`)).status).toBe(200);
});

it('counts turns, faults and what waits, in the format of Prometheus', async () => {
  harness.handler.answer = async ({ text }) => {
    if (text === 'break') throw new Error('x');
    return [];
  };
  const started = await startConversation(harness.directLine);
  const url = `${harness.directLine}/conversations/${started.conversationId}/activities`;
  await call(url, { token: started.token, body: { type: 'message', text: 'break' } });
  await until(async () => (await poll(harness.directLine, started)).length === 2);
  const response = await fetch(`${harness.origin}/metrics`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(text).toContain('vitrine_turns_total{channel="directline",result="failed"} 1');
  expect(text).toContain('vitrine_errors_total{code="INTERNAL"} 1');
  expect(text).toMatch(/^vitrine_queue_depth 0$/m);
  expect(text).toMatch(/^vitrine_outbox_depth \d+$/m);
  expect(text).toMatch(/^vitrine_turn_seconds_count 2$/m);
});

it('shows its metrics to this machine only, or for a token', async () => {
  const url = `${harness.origin}/metrics`;
  expect((await fetch(url, { headers: { 'x-forwarded-for': '203.0.113.1' } })).status).toBe(403);
  const guarded = await startHarness({ metricsToken: 'abc' });
  const read = async (authorization?: string) =>
    (await fetch(`${guarded.origin}/metrics`, authorization === undefined ? {} : { headers: { authorization } }))
      .status;
  expect([await read(), await read('Bearer abd'), await read('Bearer abc')]).toEqual([403, 403, 200]);
  await guarded.close();
});

it('follows a message through the logs by its request id, without its words', async () => {
  harness.handler.answer = async () => [];
  const started = await startConversation(harness.directLine);
  const url = `${harness.directLine}/conversations/${started.conversationId}/activities`;
  const text = 'a very private wish';
  const sent = await call(url, { token: started.token, body: { type: 'message', text } });
  const id = sent.headers.get('x-request-id');
  const line = await until(() => harness.lines.find((each) => each.includes(String(id)) && each.includes('"turn"')));
  expect(JSON.parse(line)).toMatchObject({ requestId: id, channel: 'directline', result: 'answered' });
  expect(harness.lines.join('')).not.toContain('private');
});
