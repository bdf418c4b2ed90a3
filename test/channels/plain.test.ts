import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import { type Language, plainReply, type Reply, withChoice } from '../../src/domain';
import { startServer, stopServers } from '../media/helpers/servers';
import { product, temporaryConfig } from '../support/data-dir';
import { call, type Json, until } from './support/client';
import { listen } from './support/listening';

const received: Json[] = [];
let app: App;
let origin: string;
let serviceUrl: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  // The connector of a channel: takes what it is sent.
  const server = await startServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const activity = JSON.parse(body || '{}') as Json;
      if (activity.type === 'message') received.push(activity);
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ id: `r${received.length}` }));
    });
  });
  serviceUrl = server.url;
  const config = temporaryConfig({ MODELS: 'none' });
  app = createApp(config);
  app.products.upsert(
    ['red', 'blue', 'green'].map((color) =>
      product({
        id: color,
        title: `${color[0]?.toUpperCase()}${color.slice(1)} mug`,
        color,
        link: `https://shop.example/${color}`,
        price: { minor: 1200, currency: 'EUR' },
      }),
    ),
  );
  await app.indexer.sync({});
  const listening = await listen(app, []);
  origin = listening.origin;
  stop = async () => {
    await listening.stop();
    await app.close();
    rmSync(config.DATA_DIR, { recursive: true, force: true });
    await stopServers();
  };
}, 120_000);
afterAll(() => stop());

let sent = 0;

/** A phone: what it is answered to what it sends. */
function phone(number: string, locale: string) {
  return async (text: string): Promise<Json> => {
    const before = received.length;
    sent += 1;
    const parties = { from: { id: number, name: number }, recipient: { id: 'shop' }, conversation: { id: number } };
    const body = { type: 'message', id: `m${sent}`, channelId: 'sms', serviceUrl, text, locale, ...parties };
    expect((await call(`${origin}/api/messages`, { body })).status).toBeLessThan(300);
    return until(async () => received[before]);
  };
}

/** What the number before a line's words is. */
const numberOf = (reply: Json, words: string) =>
  new RegExp(`^(\\d+)\\. ${words}`, 'm').exec(String(reply.text))?.[1] ?? '?';

/** A search, and what says that a number may be replied with. */
const TALKS: readonly [Language, string, string][] = [
  ['en', 'mug', 'Reply with a number'],
  ['zh', '马克杯', '回复数字即可'],
  ['es', 'taza', 'Responde con un número'],
];

it.each(TALKS)('%s: everything is text, and a number picks what it stands for', async (locale, wish, hint) => {
  const label = (key: string) => app.translator.text(locale, key);
  const say = phone(`+49${locale}`, locale);
  const found = await say(wish);
  expect(found.attachments ?? []).toEqual([]);
  expect(found.suggestedActions).toBeUndefined();
  expect(found.text).toContain(hint);
  expect(found.text).toMatch(/^1\. .+ — .*12/m);
  expect(found.text).toContain('https://shop.example/');
  const second = /^2\. (.+?) — /m.exec(String(found.text))?.[1] ?? '?';
  const details = await say('2');
  expect(details.text).toContain(second);
  // The numbers are those of the last answer: the page of one product numbers what can be done with it.
  const added = await say(numberOf(details, label('card.basketAdd')));
  expect(added.text).toContain(second);
  expect(app.baskets.lines({ channel: 'sms', userId: `+49${locale}` })).toHaveLength(1);
  // Suggestions go on where products end.
  const once = await say(wish);
  expect(numberOf(once, label('suggestions.startOver'))).toBe('4');
  expect(String((await say('4')).text)).toContain(label('startOver'));
});

it('compares in text, with numbers for the products that are compared', async () => {
  const say = phone('+491', 'en');
  const found = await say('mug');
  const third = /^3\. (.+?) — /m.exec(String(found.text))?.[1] ?? '?';
  const compared = await say('compare 1 and 3');
  expect(compared.text).toContain(`2. ${third}`);
  expect((await say('2')).text).toContain(third);
});

it('asks for a score by the score, not by its place in a list', async () => {
  const say = phone('+492', 'en');
  await say('what is your return policy');
  expect((await say('thanks')).text).toContain('from 1 to 5');
  await say('5');
  expect(app.statistics.satisfactionWithBot(0).get(5)).toBe(1);
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  expect(metrics).toContain('vitrine_satisfaction_ratings{by="bot",score="5"} 1\n');
  expect(metrics).toContain('vitrine_satisfaction_ratings{by="person",score="5"} 0\n');
});

it('numbers nothing where nobody would know what the numbers meant, and shows no address but of the web', () => {
  const reply: Reply = {
    language: 'en',
    text: 'Hello',
    cards: [
      {
        productId: 'p',
        title: 'Mug',
        imageText: '',
        price: '1 €',
        why: '',
        actions: [{ name: 'details', label: 'Details' }],
        link: { label: 'View', url: 'javascript:alert(1)' },
      },
    ],
    suggestions: [{ title: 'Help', value: 'Help' }],
  };
  expect(plainReply(reply)).toEqual({
    reply: { language: 'en', text: 'Hello\n\n• Mug — 1 €\n\n• Help', cards: [], suggestions: [] },
    numbers: [],
  });
  const { numbers } = plainReply(reply, { hint: 'Reply' });
  const message = { channel: 'sms', conversationId: 'c', userId: 'u', kind: 'message', hasAttachments: false } as const;
  const meant = (text: string) => withChoice({ ...message, text }, numbers);
  expect(meant('1').action).toEqual({ name: 'details', productId: 'p' });
  expect(meant('２.').text).toBe('Help');
  expect(['3', '0', '1 mug', ''].map((text) => meant(text).text)).toEqual(['3', '0', '1 mug', '']);
});
