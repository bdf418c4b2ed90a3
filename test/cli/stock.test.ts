import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../src/app';
import { StockWatch } from '../../src/assistant';
import { run } from '../../src/cli/program';
import type { Config } from '../../src/config';
import { type Product, VitrineError } from '../../src/domain';
import { openDatabase, SqliteStockNotices } from '../../src/storage';
import { product, temporaryConfig } from '../support/data-dir';

const NOW = Date.UTC(2026, 10, 27);
const DAY = 24 * 3600 * 1000;
const SECRET = 'a secret of sixteen';
const signal = new AbortController().signal;
const shopper = { channel: 'directline', userId: 'u1' };

/** What purchasing was told, and how it answers. */
interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: { type: string; delivery: string; items: { id: string; soldOut: boolean }[] };
}
const told: Told[] = [];
let statuses: number[] = [];
let http: Server;
let config: Config;
let app: App;
let dir: string;
let out: string[];

const mug = (color: string, fields: Partial<Product> = {}) =>
  product({
    id: `mug-${color}`,
    title: `${color} mug`,
    color,
    productType: 'Kitchen > Mugs',
    ...fields,
  });
const ids = () => told.map(({ body }) => body.items.map(({ id }) => id));
const check = async () => app.stock.tellPurchasing(await app.stock.report({ days: 14 }, signal), signal);

beforeAll(async () => {
  http = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const status = statuses.shift() ?? 204;
      if (status === 204) told.push({ headers: request.headers, text, body: JSON.parse(text) });
      response.writeHead(status, { Location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => http.close(resolve)));

beforeEach(async () => {
  told.length = 0;
  statuses = [];
  out = [];
  dir = mkdtempSync(join(tmpdir(), 'vitrine-stock-'));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/stock?shop=1`;
  config = temporaryConfig({ MODELS: 'none', SPEECH: 'none', STOCK_WEBHOOK: url, STOCK_WEBHOOK_SECRET: SECRET });
  app = createApp(config, { clock: () => NOW });
  // Red lasts 10 / (20 / 30) = 15 days without baskets and looks, 10 / (21.5 / 30) ≈ 13.95 with them.
  app.products.upsert([
    mug('red', { quantity: 10 }),
    mug('white', { quantity: 2 }),
    mug('black', { quantity: 0 }),
    mug('green', { availability: 'out_of_stock' }),
    mug('blue'),
  ]);
  app.profiles.giveConsent(shopper);
  for (let index = 0; index < 20; index++)
    app.profiles.record(shopper, { productId: 'mug-red', kind: 'purchase', at: NOW - index * DAY });
  for (let index = 0; index < 10; index++)
    app.profiles.record(shopper, { productId: 'mug-red', kind: 'view', at: NOW - index * DAY });
  app.profiles.record(shopper, { productId: 'mug-white', kind: 'purchase', at: NOW - 40 * DAY });
  app.baskets.set(shopper, [{ productId: 'mug-red', quantity: 4 }]);
  const owner = { ...shopper, conversationId: 'local:c' };
  app.alerts.store.put(owner, { kind: 'stock', productId: 'mug-green', language: 'en', state: 'waiting' });
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => out.push(String(text)) > 0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
  for (const folder of [config.DATA_DIR, dir]) rmSync(folder, { recursive: true, force: true });
});

it('finds what is sold out, the most wanted first, then what lasts shortest by recent demand', async () => {
  const { low, products, withoutNumber } = await app.stock.report({ days: 14 }, signal);
  expect(low.map((each) => [each.product.id, each.soldOut, each.waiting, each.daysLeft?.toFixed(2)])).toEqual([
    ['mug-green', true, 1, '0.00'],
    ['mug-black', true, 0, '0.00'],
    ['mug-red', false, 0, '13.95'],
  ]);
  expect(low[2]?.demand).toEqual({ purchases: 20, inBaskets: 4, looks: 10 });
  expect([products, withoutNumber]).toEqual([5, 1]);
  const few = await app.stock.report({ below: 11 }, signal);
  expect(few.low.map((each) => each.product.id)).toEqual(['mug-green', 'mug-black', 'mug-red', 'mug-white']);
});

it('names other items that are in stock as substitutes', async () => {
  await app.indexer.sync({});
  const [green] = (await app.stock.report({ days: 14 }, signal)).low;
  if (!green) throw new Error('nothing is sold out');
  const { substitutes } = await app.stock.itemOf(green, signal);
  expect(substitutes.map(({ id }) => id).sort()).toEqual(['mug-blue', 'mug-red', 'mug-white']);
});

it('tells purchasing once of each product until it is restocked, and signs it', async () => {
  expect(await check()).toBe(3);
  expect(ids()).toEqual([['mug-green', 'mug-black', 'mug-red']]);
  const [first] = told;
  const timestamp = String(first?.headers['x-vitrine-timestamp']);
  const signature = createHmac('sha256', SECRET)
    .update(['POST', '/stock?shop=1', timestamp, first?.text].join('\n'))
    .digest('hex');
  expect([timestamp, first?.headers['x-vitrine-signature']]).toEqual([String(NOW / 1000), signature]);
  expect(first?.headers['x-vitrine-delivery']).toBe(first?.body.delivery);
  expect(first?.body).toMatchObject({
    type: 'stock.low',
    items: [{ soldOut: true }, {}, { id: 'mug-red', quantity: 10 }],
  });
  expect(await check()).toBe(0);
  // Sold on, and demand that falls: nothing came.
  app.products.upsert([mug('red', { quantity: 9 })]);
  app.baskets.empty(shopper);
  expect(await check()).toBe(0);
  app.products.upsert([mug('red', { quantity: 50 }), mug('black', { quantity: 30 })]);
  expect(await check()).toBe(0);
  app.products.upsert([mug('red', { quantity: 3 }), mug('black', { quantity: 0 })]);
  expect(await check()).toBe(2);
  expect(ids().slice(1)).toEqual([['mug-black', 'mug-red']]);
});

it.each([
  ['is down for a moment', [500, 429], 1],
  ['refuses', [403], 0],
  ['redirects', [302, 302, 302], 0],
  ['is down', [500, 503, 500], 0],
])('a webhook that %s', async (_name, answers, deliveries) => {
  statuses = answers;
  const first = check();
  if (deliveries === 0) await expect(first).rejects.toMatchObject({ code: 'STOCK_WEBHOOK_FAILED' });
  else expect(await first).toBe(3);
  expect(told).toHaveLength(deliveries);
  // What was not taken is sent with the next check, under the same name.
  const names = deliveries === 0 ? new Set<string>() : new Set(told.map(({ body }) => body.delivery));
  expect(await check()).toBe(deliveries === 0 ? 3 : 0);
  expect(told).toHaveLength(1);
  expect(names.size).toBe(deliveries);
});

it('sends again what the process could not note as sent, under the same name', async () => {
  statuses = [500, 500, 500];
  await expect(check()).rejects.toBeInstanceOf(VitrineError);
  const pending = new Set(pendingOf(app).map(({ delivery }) => delivery));
  await app.close();
  app = createApp(config, { clock: () => NOW });
  expect(await check()).toBe(3);
  expect(told.map(({ body }) => body.delivery)).toEqual([...pending]);
});

/** What stands in the database of an app: its own reading of it. */
function pendingOf({ config: { DATA_DIR } }: App): { delivery: string }[] {
  const db = openDatabase(DATA_DIR);
  try {
    return new SqliteStockNotices(db).pending();
  } finally {
    db.close();
  }
}

it('while serving, tells after an import has ended, and once a day', async () => {
  let now = NOW;
  const faults: unknown[] = [];
  const watch = new StockWatch({
    ...{ stock: app.stock, products: app.products, limit: { days: 14 } },
    clock: () => now,
    onFault: (error) => faults.push(error),
  });
  watch.start();
  await watch.tick();
  expect(told).toHaveLength(0);
  await watch.tick();
  expect(ids()).toEqual([['mug-green', 'mug-black', 'mug-red']]);
  app.products.upsert([mug('white', { quantity: 0 })]);
  statuses = [403];
  await watch.tick();
  await watch.tick();
  expect([told.length, faults.length]).toEqual([1, 1]);
  await watch.tick();
  expect(ids()[1]).toEqual(['mug-white']);
  // Demand grew, and nothing was imported.
  app.products.upsert([mug('blue', { quantity: 1 })]);
  for (let looks = 0; looks < 2; looks++) await watch.tick();
  app.profiles.record(shopper, { productId: 'mug-blue', kind: 'purchase', at: NOW });
  app.profiles.record(shopper, { productId: 'mug-blue', kind: 'purchase', at: NOW - 1 });
  app.profiles.record(shopper, { productId: 'mug-blue', kind: 'purchase', at: NOW - 2 });
  await watch.tick();
  expect(told).toHaveLength(2);
  now += DAY;
  await watch.tick();
  expect(ids()[2]).toEqual(['mug-blue']);
  watch.stop();
});

it('the command lists, writes CSV and JSON, and says what is not known', async () => {
  const command = (...args: string[]) => run(['stock', '--data-dir', config.DATA_DIR, ...args]);
  await app.indexer.sync({});
  await app.close();
  const before = { ...process.env };
  try {
    Object.assign(process.env, { MODELS: 'none', SPEECH: 'none' });
    expect(await command('--below', '11')).toBe(0);
    expect(out.join('')).toContain('5 products: 2 sold out, 2 have fewer than 11 pieces.');
    expect(out.join('')).toContain("Of 1 of 5 products the feed doesn't say how many pieces there are");
    expect(out.join('')).toMatch(/1\. green mug {2}\[mug-green\]\n {5}sold out · 1 waiting · 0 bought/);
    const csv = join(dir, 'low.csv');
    expect(await command('--csv', csv, '--below', '11', '--limit', '1')).toBe(0);
    expect(readFileSync(csv, 'utf8').split('\r\n')).toEqual([
      'id,title,sold_out,quantity,days_left,purchases,in_baskets,looks,waiting,substitutes',
      expect.stringMatching(/^mug-green,green mug,yes,,0,0,0,0,1,mug-/),
      '',
    ]);
    out.length = 0;
    expect(await command('--json', '--below', '11')).toBe(0);
    expect(JSON.parse(out.join(''))).toMatchObject({
      products: 5,
      soldOut: 2,
      low: 2,
      items: [{ id: 'mug-green' }, {}, {}, {}],
    });
    expect(await command('--notify')).toBe(2);
    expect(await command('--below', '1', '--days', '2')).toBe(2);
    expect(await command('--csv', dir)).toBe(2);
    Object.assign(process.env, { STOCK_WEBHOOK: config.STOCK_WEBHOOK, STOCK_WEBHOOK_SECRET: SECRET });
    out.length = 0;
    expect(await command('--below', '11', '--notify')).toBe(0);
    expect(await command('--below', '11', '--notify')).toBe(0);
    expect(out.join('')).toMatch(/Purchasing was told of 4\.[\s\S]*Purchasing was told of all of it before\./);
    expect(ids()).toHaveLength(1);
  } finally {
    process.env = before;
    app = createApp(config);
  }
});

it('a webhook needs a secret, and an address that names nobody', () => {
  expect(() => createApp(temporaryConfig({ STOCK_WEBHOOK: 'https://shop.example/hook' }))).toThrow(
    'STOCK_WEBHOOK_SECRET',
  );
  expect(() => temporaryConfig({ STOCK_WEBHOOK: 'https://me:secret@shop.example' })).toThrow('STOCK_WEBHOOK (set');
  expect(() => temporaryConfig({ STOCK_WEBHOOK: 'file:///etc/passwd' })).toThrow('STOCK_WEBHOOK (set');
});
