import { rmSync } from 'node:fs';
import { SignJWT } from 'jose';
import { type App, createApp } from '../../src/app';
import { product, temporaryConfig } from '../support/data-dir';
import { tracesOf } from '../support/traces';
import { call, type Json, poll, type Started, startConversation, until } from './support/client';
import { listen } from './support/listening';
import { PageBrowser, userOf } from './support/page-browser';

/** The server's, in `listen`. */
const KEY = Buffer.alloc(32, 7);

let app: App;
let origin: string;
let directLine: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  app = createApp(temporaryConfig({ MODELS: 'none', SPEECH: 'none' }));
  app.products.upsert(
    ['mug', 'teapot', 'bowl', 'coat'].flatMap((kind) =>
      ['Aurora', 'Zephyr'].map((brand, i) =>
        product({ id: `${brand}-${kind}`, title: kind, brand, rating: 5 - i, reviewCount: 100 }),
      ),
    ),
  );
  await app.indexer.sync({});
  ({ origin, stop } = await listen(app, []));
  directLine = `${origin}/v3/directline`;
});
afterAll(async () => {
  await stop();
  await app.close();
  rmSync(app.config.DATA_DIR, { recursive: true, force: true });
});

/** Says something and waits for the answer. */
async function say(started: Started, body: Json): Promise<Json> {
  const answers = async () => (await poll(directLine, started)).filter(({ from }) => (from as Json).role === 'bot');
  const before = (await answers()).length;
  await call(`${directLine}/conversations/${started.conversationId}/activities`, {
    token: started.token,
    body: { type: 'message', ...body },
  });
  return until(async () => (await answers()).slice(Math.max(before, 1))[0]);
}

const like = (productId: string) => ({ text: 'Like', value: { action: 'like', productId } });
const firstCard = ({ attachments }: Json) => (attachments as { content: { product: Json } }[])[0]?.content.product.id;

/** A browser whose shopper let the shop remember them, and likes Zephyr. */
async function fan() {
  const browser = new PageBrowser(origin);
  const first = await browser.start();
  const consented = await say(first, { text: 'remember what I like' });
  expect(consented.channelData).toMatchObject({ vitrine: { remembers: true } });
  for (const kind of ['teapot', 'bowl', 'coat']) await say(first, like(`Zephyr-${kind}`));
  expect(await browser.settle(first)).toBe(true);
  return { browser, first };
}

it('knows the browser again in the next conversation, once its shopper allowed that, and no other browser', async () => {
  const { browser, first } = await fan();
  expect(browser.attributes.vitrine_shopper).toMatch(
    /; Max-Age=15552000; Path=\/v3\/directline; .*HttpOnly; SameSite=Strict/,
  );
  const second = await browser.start();
  expect(second.userId).toBe(first.userId);
  expect(second.conversationId).not.toBe(first.conversationId);
  expect(firstCard(await say(second, { text: 'mug' }))).toBe('Zephyr-mug');
  const other = await new PageBrowser(origin).start();
  expect(other.userId).not.toBe(first.userId);
  expect(firstCard(await say(other, { text: 'mug' }))).toBe('Aurora-mug');
  // Each token opens its own conversation, whoever it is of.
  const { status } = await call(`${directLine}/conversations/${first.conversationId}/activities`, {
    token: second.token,
  });
  expect(status).toBe(403);
});

it('gives no cookie to who allowed nothing', async () => {
  const browser = new PageBrowser(origin);
  const first = await browser.start();
  await say(first, { text: 'mug' });
  expect(await browser.settle(first)).toBe(false);
  expect(browser.cookies.vitrine_shopper).toBeUndefined();
  expect((await browser.start()).userId).not.toBe(first.userId);
});

it('refuses an id that it did not give, or gave for something else', async () => {
  const { browser, first } = await fan();
  const { userId } = first;
  const consent = app.profiles.consentedAt({ channel: 'directline', userId });
  const signed = (claims: Json, { key = KEY, audience = 'shopper' } = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(key);
  const good = browser.cookies.vitrine_shopper ?? '';
  const forged: Record<string, string> = {
    'another key': await signed({ user: userId, consent }, { key: Buffer.alloc(32, 8) }),
    'a token of a conversation': first.token,
    'another audience': await signed({ user: userId, consent }, { audience: 'stream' }),
    'no consent named': await signed({ user: userId }),
    'another consent': await signed({ user: userId, consent: Number(consent) - 1 }),
    'an unsigned one': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`,
    'the bare id': userId,
    'a changed one': `${good.slice(0, -2)}${good.endsWith('AA') ? 'BB' : 'AA'}`,
  };
  for (const [what, cookie] of Object.entries(forged)) {
    const thief = new PageBrowser(origin);
    thief.cookies.vitrine_shopper = cookie;
    expect([what, (await thief.start()).userId === userId, thief.cookies.vitrine_shopper]).toEqual([
      what,
      false,
      undefined,
    ]);
  }
  // The same, made as the server makes it, is let in: the cases above fail for what they change.
  const owner = new PageBrowser(origin);
  owner.cookies.vitrine_shopper = await signed({ user: userId, consent });
  expect((await owner.start()).userId).toBe(userId);
  // Nor may pages of other hosts use it, a body name it, or the cookie open a conversation.
  expect((await browser.start({ origin: 'https://evil.example' })).userId).not.toBe(userId);
  const foreign = await browser.ask('/shopper', {
    token: first.token,
    headers: { origin: 'https://evil.example' },
  });
  expect([foreign.status, foreign.headers.getSetCookie()]).toEqual([403, []]);
  const named = await call(`${directLine}/tokens/generate`, { body: { user: { id: userId } } });
  expect(userOf(String(named.body.token))).not.toBe(userId);
  const opened = await call(`${directLine}/conversations`, { token: good, body: {} });
  expect(opened.status).toBe(403);
  expect((await call(`${directLine}/shopper`, { token: good, method: 'POST' })).status).toBe(403);
});

it('forgets: the id goes with the consent, and an old cookie stays worthless when it is given anew', async () => {
  const { browser, first } = await fan();
  const old = browser.cookies.vitrine_shopper;
  const forgotten = await say(first, { text: 'forget me' });
  expect(forgotten.channelData).toMatchObject({ vitrine: { remembers: false } });
  expect(await browser.settle(first)).toBe(false);
  expect(browser.cookies.vitrine_shopper).toBeUndefined();
  // Where the page was closed before it could tell: the cookie is there, and worth nothing.
  browser.cookies.vitrine_shopper = old ?? '';
  const next = await browser.start();
  expect(next.userId).not.toBe(first.userId);
  expect(browser.cookies.vitrine_shopper).toBeUndefined();
  expect(firstCard(await say(next, { text: 'mug' }))).toBe('Aurora-mug');
  await say(first, { text: 'remember what I like' });
  browser.cookies.vitrine_shopper = old ?? '';
  expect((await browser.start()).userId).not.toBe(first.userId);
  await browser.settle(first);
  expect((await browser.start()).userId).toBe(first.userId);
});

it('is gone from the data directory once it is erased, from all conversations', async () => {
  const { browser, first } = await fan();
  const second = await browser.start();
  await say(second, { text: 'mug' });
  const [scope] = app.privacy.find({ userId: first.userId });
  expect(scope?.conversations.length).toBe(2);
  if (!scope) throw new Error('nothing is kept');
  await app.eraser.erase(scope, { serving: true });
  expect(tracesOf(app.config.DATA_DIR, [first.userId, first.conversationId, second.conversationId])).toEqual([]);
  expect((await browser.start()).userId).not.toBe(first.userId);
  expect(browser.cookies.vitrine_shopper).toBeUndefined();
});

it('lets a client that is no page go on as before', async () => {
  const started = await startConversation(directLine);
  expect(started.conversationId).toMatch(/^[\w-]{36}$/);
});
