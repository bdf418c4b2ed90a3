import { rmSync } from 'node:fs';
import { SignJWT } from 'jose';
import { type App, createApp } from '../../src/app';
import { product, temporaryConfig } from '../support/data-dir';
import { tracesOf } from '../support/traces';
import { call, type Json, poll, type Started, until } from './support/client';
import { listen } from './support/listening';
import { PageBrowser, userOf, type Visit } from './support/page-browser';

const HOUR = 3600 * 1000;
const EVIL = { origin: 'https://evil.example' };
const config = temporaryConfig({ MODELS: 'none', SPEECH: 'none', HANDOFF: 'console' });
let app: App;
let origin: string;
let stop: () => Promise<void>;
/** How far the app's clock is ahead, in milliseconds. */
let ahead = 0;

async function serve(): Promise<void> {
  app = createApp(config, { clock: () => Date.now() + ahead });
  ({ origin, stop } = await listen(app, []));
}

const mug = (quantity: number) => product({ id: 'mug', title: 'Red mug', quantity });

beforeAll(async () => {
  await serve();
  app.products.upsert([mug(0), product({ id: 'cup', title: 'Blue cup', quantity: 9 })]);
  await app.indexer.sync({});
});
afterAll(async () => {
  await stop();
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

const textsOf = async (started: Started) => (await poll(`${origin}/v3/directline`, started)).map(({ text }) => text);

/** Says something and waits for the answer. */
async function say(started: Started, text: string, value?: Json): Promise<void> {
  const before = await until(async () => (await textsOf(started)).length || undefined);
  const url = `${origin}/v3/directline/conversations/${started.conversationId}/activities`;
  await call(url, { token: started.token, body: { type: 'message', text, ...(value && { value }) } });
  await until(async () => (await textsOf(started)).length > before + 1);
}

const tap = (started: Started, action: string, productId: string) => say(started, 'tap', { action, productId });

/** What a browser gets that comes back with its cookie. */
async function comeBack(browser: PageBrowser): Promise<Visit | undefined> {
  const { status, body } = await browser.ask('/tokens/return');
  expect([status, Object.keys(body)]).toEqual(
    status === 204 ? [204, []] : [200, ['conversationId', 'token', 'expires_in', 'watermark']],
  );
  return status === 204 ? undefined : { ...(body as unknown as Started), userId: userOf(String(body.token)) };
}

async function visit(): Promise<{ browser: PageBrowser; first: Visit }> {
  const browser = new PageBrowser(origin);
  return { browser, first: await browser.start() };
}

it('goes on where the browser was, with all that was said, also in two tabs and after a restart', async () => {
  const { browser, first } = await visit();
  expect(browser.attributes.vitrine_conversation).toMatch(
    /; Max-Age=2592000; Path=\/v3\/directline; .*HttpOnly; SameSite=Strict/,
  );
  await say(first, 'blue cup');
  const [one, two] = [await comeBack(browser), await comeBack(browser)];
  expect([one, two]).toMatchObject([
    { conversationId: first.conversationId, userId: first.userId, expires_in: 1800, watermark: '3' },
    { conversationId: first.conversationId },
  ]);
  await stop();
  await app.close();
  await serve();
  const again = new PageBrowser(origin);
  again.cookies = browser.cookies;
  const later = await comeBack(again);
  if (!later) throw new Error('there is nothing to come back to');
  expect(await textsOf(later)).toEqual(await textsOf(first));
  await say(later, 'red mug');
  expect((await textsOf(first)).length).toBe(5);
  // The cookie itself opens nothing.
  const { status } = await call(`${origin}/v3/directline/conversations/${first.conversationId}/activities`, {
    token: again.cookies.vitrine_conversation ?? '',
  });
  expect(status).toBe(403);
});

it('leaves the old one for a new conversation, and gives pages of other hosts nothing', async () => {
  const { browser, first } = await visit();
  expect((await browser.ask('/tokens/return', { headers: EVIL })).status).toBe(403);
  const foreign = new PageBrowser(origin);
  await foreign.start(EVIL);
  expect(foreign.cookies).toEqual({});
  const opened = await browser.ask('/tokens/generate');
  expect(browser.cookies).toEqual({});
  expect(await comeBack(browser)).toBeUndefined();
  const token = String(opened.body.token);
  await browser.ask('/conversations', { token, body: {} });
  // Starting what is started gives no cookie to who holds a token for half an hour.
  const kept = { ...browser.cookies };
  await new PageBrowser(origin).ask('/conversations', { token: first.token, body: {} });
  const thief = new PageBrowser(origin);
  await thief.ask('/conversations', { token, body: {} });
  expect(thief.cookies).toEqual({});
  expect(browser.cookies).toEqual(kept);
  expect((await comeBack(browser))?.conversationId).not.toBe(first.conversationId);
});

it('refuses what it did not give, what is too old and what never was, all alike', async () => {
  const { browser, first } = await visit();
  const { first: other } = await visit();
  const claims = { conv: first.conversationId, user: first.userId };
  const signed = (what: Json, { key = Buffer.alloc(32, 7), audience = 'return', until: end = '1h' } = {}) =>
    new SignJWT(what).setProtectedHeader({ alg: 'HS256' }).setAudience(audience).setExpirationTime(end).sign(key);
  const good = browser.cookies.vitrine_conversation ?? '';
  const refused: Record<string, string> = {
    'another key': await signed(claims, { key: Buffer.alloc(32, 8) }),
    'too old': await signed(claims, { until: '-1s' }),
    'a token of the conversation': first.token,
    'another audience': await signed(claims, { audience: 'stream' }),
    'another user': await signed({ ...claims, user: other.userId }),
    'no user': await signed({ conv: first.conversationId }),
    'no such conversation': await signed({ ...claims, conv: 'none' }),
    'an unsigned one': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`,
    'the bare id': first.conversationId,
  };
  for (const [what, cookie] of Object.entries(refused)) {
    const thief = new PageBrowser(origin);
    thief.cookies.vitrine_conversation = cookie;
    expect([what, await comeBack(thief), thief.cookies]).toEqual([what, undefined, {}]);
  }
  // The same, made as the server makes it, is let in: the cases above fail for what they change.
  const owner = new PageBrowser(origin);
  owner.cookies.vitrine_conversation = await signed(claims);
  expect((await comeBack(owner))?.conversationId).toBe(first.conversationId);
});

describe('after half a day', () => {
  afterEach(() => {
    ahead = 0;
  });

  const kept: Record<string, [(first: Visit) => Promise<void>, boolean]> = {
    'what was only talked': [(first) => say(first, 'blue cup'), false],
    'a basket': [(first) => tap(first, 'basketAdd', 'cup'), true],
    'an emptied basket': [
      async (first) => {
        await tap(first, 'basketAdd', 'cup');
        await say(first, 'empty my basket');
      },
      false,
    ],
    'an alert': [(first) => tap(first, 'alertStock', 'mug'), true],
    'an alert that was told': [
      async (first) => {
        await tap(first, 'alertStock', 'mug');
        app.products.upsert([mug(3)]);
        app.alerts.watch.tick();
        await until(async () => String((await textsOf(first)).at(-1)).startsWith('You asked me to tell you'));
        app.products.upsert([mug(0)]);
      },
      true,
    ],
    'a stopped alert': [
      async (first) => {
        await tap(first, 'alertStock', 'mug');
        await tap(first, 'alertStop', 'mug');
      },
      false,
    ],
    'a consent': [(first) => say(first, 'remember what I like'), true],
    'a person to wait for': [(first) => say(first, 'I want to talk to a person'), true],
  };
  it.each(Object.entries(kept))('goes on or starts anew, by what is kept: %s', async (_what, [happens, goesOn]) => {
    const { browser, first } = await visit();
    await happens(first);
    ahead = 11 * HOUR;
    expect((await comeBack(browser))?.conversationId).toBe(first.conversationId);
    ahead = 13 * HOUR;
    expect((await comeBack(browser))?.conversationId).toBe(goesOn ? first.conversationId : undefined);
  });
});

it('drops it when the shopper wants to be forgotten, whether or not the page hears that', async () => {
  const { browser, first } = await visit();
  await tap(first, 'basketAdd', 'cup');
  await say(first, 'remember what I like');
  const cookies = { ...browser.cookies };
  await say(first, 'forget me');
  const { browser: neighbour } = await visit();
  // Another tab's conversation, of somebody else, is not dropped with it.
  await neighbour.settle(first);
  expect((await comeBack(neighbour))?.conversationId).toBeDefined();
  await browser.settle(first);
  expect(browser.cookies).toEqual({});
  // Not even where the shopper is remembered anew, and has a basket again.
  await say(first, 'remember what I like');
  await tap(first, 'basketAdd', 'cup');
  browser.cookies = cookies;
  expect(await comeBack(browser)).toBeUndefined();
  // What the same shopper starts after that goes on.
  await browser.settle(first);
  const second = await browser.start();
  expect(second.userId).toBe(first.userId);
  expect((await comeBack(browser))?.conversationId).toBe(second.conversationId);
});

it('is refused once the conversation is erased, and leaves no trace of it', async () => {
  const { browser, first } = await visit();
  await tap(first, 'alertStock', 'mug');
  const [scope] = app.privacy.find({ conversation: first.conversationId });
  if (!scope) throw new Error('nothing is kept');
  await app.eraser.erase(scope, { serving: true });
  expect(await comeBack(browser)).toBeUndefined();
  expect(browser.cookies).toEqual({});
  expect(tracesOf(config.DATA_DIR, [first.userId, first.conversationId])).toEqual([]);
});
