import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { loadConfig, packageRoot } from '../../src/config';
import { orderNumberIn } from '../../src/domain';
import { FileOrderStore, HttpOrderStore } from '../../src/orders';

const SECRET = 'a secret of the shop';
const signal = new AbortController().signal;
const ORDER = { number: 'V-1', state: 'shipped', items: [{ title: 'Mug', quantity: 1 }], expectedOn: '2026-12-01' };

type Answer = (request: IncomingMessage, response: ServerResponse, body: string, count: number) => void;

/** Runs an action on a store whose API answers so; tells how often it was asked. */
async function withApi(answer: Answer, action: (store: HttpOrderStore, asked: () => number) => Promise<void>) {
  let count = 0;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    count += 1;
    answer(request, response, Buffer.concat(parts).toString(), count);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders?shop=1`;
  const store = new HttpOrderStore({ url, secret: SECRET, clock: () => 1_764_000_000_500, timeout: 300, backoff: 1 });
  try {
    await action(store, () => count);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it('signs method, path, time and body, and reads the order', async () => {
  const seen: unknown[] = [];
  const answer: Answer = ({ method, url, headers }, response, body) => {
    const wanted = createHmac('sha256', SECRET).update(`${method}\n${url}\n1764000000\n${body}`).digest('hex');
    seen.push(JSON.parse(body), headers['x-vitrine-signature'] === wanted, headers['x-vitrine-timestamp']);
    response.end(JSON.stringify({ ...ORDER, secretOfTheShop: 1 }));
  };
  await withApi(answer, async (store) => {
    expect(await store.find('V1', 'Ada@example.com', signal)).toEqual(ORDER);
    expect(seen).toEqual([{ number: 'V1', email: 'ada@example.com' }, true, '1764000000']);
  });
});

it('tries again on server errors and silence, three times at most', async () => {
  const recovers: Answer = (_request, response, _body, count) => {
    if (count === 2) return;
    response.writeHead(count === 1 ? 503 : 200).end(JSON.stringify(ORDER));
  };
  await withApi(recovers, async (store, asked) => {
    expect(await store.find('V1', 'a@example.com', signal)).toEqual(ORDER);
    expect(asked()).toBe(3);
  });
  await withApi(
    (_request, response) => response.writeHead(500).end(),
    async (store, asked) => {
      await expect(store.find('V1', 'a@example.com', signal)).rejects.toMatchObject({ code: 'ORDERS_FAILED' });
      expect(asked()).toBe(3);
    },
  );
});

it.each<[string, number, string, object]>([
  ['no such order', 404, '', {}],
  ['a refusal', 403, '', { message: "the shop's API answered with status 403" }],
  ['no JSON', 200, '<html>', { message: "the shop's API answered with what is no JSON" }],
  [
    'an unknown state',
    200,
    JSON.stringify({ ...ORDER, state: 'ada@example.com' }),
    { message: expect.stringContaining('whose state') },
  ],
  [
    'another order',
    200,
    JSON.stringify({ ...ORDER, number: 'V-2' }),
    { message: expect.stringContaining('another order') },
  ],
  ['too much', 200, ' '.repeat(70_000), { message: expect.stringContaining('too much') }],
  ['a redirect', 302, '', { code: 'ORDERS_FAILED' }],
])('%s is told, and never in the shopper’s words', async (name, status, body, error) => {
  await withApi(
    (_request, response) => response.writeHead(status, { Location: 'http://127.0.0.1:9/' }).end(body),
    async (store) => {
      const found = store.find('V1', 'ada@example.com', signal);
      if (name === 'no such order') expect(await found).toBeUndefined();
      else await expect(found).rejects.toMatchObject(error);
      await found.catch(({ message }: Error) => expect(message).not.toContain('ada'));
    },
  );
});

it('the file opens an order to its own address only, however it is written', async () => {
  const store = new FileOrderStore(join(packageRoot(), 'dialogs', 'orders.json'));
  expect(await store.find('v 1001', ' ADA@Example.com')).toMatchObject({ number: 'V-1001', state: 'shipped' });
  expect(await store.find('V-1001', 'ada@example.com')).not.toHaveProperty('email');
  expect(await store.find('V-1001', 'lin@example.com')).toBeUndefined();
  expect(await store.find('V-1001', '')).toBeUndefined();
  expect(await store.find('V-9', 'ada@example.com')).toBeUndefined();
  expect(await store.find('V-9', '')).toBeUndefined();
  expect(() => new FileOrderStore(join(packageRoot(), 'package.json'))).toThrow('ORDERS: ');
});

it('says that a file is broken without quoting it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-orders-'));
  const file = join(folder, 'orders.json');
  try {
    for (const [text, says] of [
      ['', 'the file is empty'],
      ['[{"number": "V-1", "email": "ada@example.com" "state"', 'the file is not valid JSON'],
      ['[{"number": "V-1", "email": "ada at example.com"}]', 'email'],
    ] as const) {
      writeFileSync(file, text);
      let said = '';
      try {
        new FileOrderStore(file);
      } catch (error) {
        said = inspect(error);
      }
      expect(said).toContain(says);
      expect(said).not.toMatch(/ada(@| at )example/);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it.each([
  ['V-1001', 'V1001'],
  ['my order #1001 please', '1001'],
  ['订单V-1001在哪', 'V1001'],
  ['ｖ－1001です', 'V1001'],
  ['user1001@example.com', undefined],
  ['size 38', undefined],
])('finds the order number of “%s”: %s', (text, number) => {
  expect(orderNumberIn(text)).toBe(number);
});

it('keeps the secret out of what the settings say', () => {
  expect(() => loadConfig({ ORDERS_SECRET: 'short' }, {})).toThrow(
    'ORDERS_SECRET (set in the command line): must have',
  );
});
