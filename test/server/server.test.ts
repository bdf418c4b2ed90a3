import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VitrineError } from '../../src/domain';
import { call, until } from '../channels/support/client';
import { type Harness, startHarness } from '../channels/support/harness';

/** Without it fetch asks for a full answer. */
const REVALIDATE = { 'cache-control': 'max-age=0' };

let harness: Harness;
let folder: string;
let findPicture: (productId: string, position: number) => string | undefined;
let strings: (language: string) => Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '.vitrine-server-'));
  harness = await startHarness({
    pictures: { file: (productId, position) => findPicture(productId, position) },
    pageStrings: (language) => strings(language),
    hears: true,
  });
});
afterAll(async () => {
  await harness.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  findPicture = () => undefined;
  strings = (language) => ({ title: `Shop ${language}` });
});

it('serves the page and its files, with headers that narrow what they may do', async () => {
  const page = await fetch(harness.origin);
  const host = new URL(harness.origin).host;
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`connect-src 'self' blob: ws://${host} wss://${host}`);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect(page.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
  expect(page.headers.get('x-powered-by')).toBeNull();
  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]*src=)/);
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) expect((await fetch(harness.origin + file)).status).toBe(200);
  expect((await fetch(`${harness.origin}/assets/none.js`)).status).toBe(404);
});

it.each([
  ['br, gzip', 'br'],
  ['gzip', 'gzip'],
  ['identity', null],
])('serves a script to who accepts %s, to be kept for ever', async (accepted, encoding) => {
  const html = await (await fetch(harness.origin)).text();
  const url = harness.origin + (/src="([^"]+\.js)"/.exec(html)?.[1] ?? '');
  const first = await fetch(url, { headers: { 'accept-encoding': accepted } });
  expect(first.headers.get('content-encoding')).toBe(encoding);
  expect(first.headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(first.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(first.headers.get('vary')).toMatch(/accept-encoding/i);
  expect(await first.text()).toContain('import');
  const known = { 'accept-encoding': accepted, 'if-none-match': first.headers.get('etag') ?? '', ...REVALIDATE };
  expect((await fetch(url, { headers: known })).status).toBe(304);
});

it('gives the texts of the page in a language that the shop speaks', async () => {
  const title = async (query: string) => (await call(`${harness.origin}/page/strings${query}`)).body.title;
  expect(await title('?lang=ja')).toBe('Shop ja');
  expect(await title('?lang=pt-BR')).toBe('Shop pt');
  expect(await title('?lang=xx')).toBe('Shop en');
  expect(await title('?lang=de&lang=fr')).toBe('Shop en');
  expect(await title('')).toBe('Shop en');
  expect((await call(`${harness.origin}/page/strings`)).body.hears).toBe(true);
});

describe('pictures', () => {
  it('are served with an ETag of their content, also from a folder that starts with a dot', async () => {
    const file = join(folder, 'abc.webp');
    await writeFile(file, 'RIFF');
    const asked: unknown[] = [];
    findPicture = (...key) => {
      asked.push(key);
      return file;
    };
    const url = `${harness.origin}/pictures/${encodeURIComponent('a/../b ü')}/2.webp`;
    const picture = await fetch(url);
    expect([picture.status, picture.headers.get('content-type'), picture.headers.get('etag')]).toEqual([
      200,
      'image/webp',
      '"abc"',
    ]);
    expect(picture.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    expect(await picture.text()).toBe('RIFF');
    expect(asked).toEqual([['a/../b ü', 2]]);
    expect((await fetch(url, { headers: { 'if-none-match': '"abc"', ...REVALIDATE } })).status).toBe(304);
  });

  it('are 404 when there is none, or the file is gone', async () => {
    await expect(call(`${harness.origin}/pictures/p/0.webp`)).resolves.toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
    findPicture = () => join(folder, 'gone.webp');
    const gone = await call(`${harness.origin}/pictures/p/0.webp`);
    expect([gone.status, gone.headers.get('etag') === '"gone"']).toEqual([404, false]);
    for (const name of ['-1.webp', 'x.webp', '1.png', '99999.webp', '..%2f..%2fpackage.json']) {
      await expect(call(`${harness.origin}/pictures/p/${name}`)).resolves.toMatchObject({ status: 404 });
    }
  });
});

it('does not serve what lies outside the folder of the page', async () => {
  for (const path of ['/..%2f..%2fpackage.json', '/%2e%2e/server/server.ts', '/.git/config']) {
    expect((await fetch(harness.origin + path)).status).toBeGreaterThanOrEqual(400);
  }
});

describe('errors', () => {
  it('say code, message and hint of the table', async () => {
    strings = () => {
      throw new VitrineError('INDEX_MISSING', 'There is no index.');
    };
    const { status, body } = await call(`${harness.origin}/page/strings`);
    expect([status, body]).toEqual([
      503,
      {
        error: { code: 'INDEX_MISSING', message: 'There is no index.', hint: expect.stringContaining('vitrine demo') },
      },
    ]);
  });

  it('say nothing of a fault without a code', async () => {
    strings = () => {
      throw new Error('/secret/path');
    };
    const { status, body } = await call(`${harness.origin}/page/strings`);
    expect([status, JSON.stringify(body).includes('secret')]).toEqual([500, false]);
    expect(harness.faults.at(-1)).toMatchObject({ message: '/secret/path' });
  });

  it('are JSON for unknown and malformed addresses too', async () => {
    await expect(call(`${harness.origin}/nothing`)).resolves.toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
    await expect(call(`${harness.origin}/pictures/%E0%A4%A/0.webp`)).resolves.toMatchObject({
      status: 400,
      body: { error: { code: 'MESSAGE_INVALID' } },
    });
  });
});

describe('/api/messages', () => {
  const activity = {
    type: 'message',
    text: 'hi',
    channelId: 'test',
    conversation: { id: 'c' },
    from: { id: 'u' },
    recipient: { id: 'b' },
    id: 'a1',
  };

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a numeric type', JSON.stringify({ ...activity, type: 1, serviceUrl: 'http://localhost:1' })],
    ['no serviceUrl', JSON.stringify(activity)],
    ['a serviceUrl that is no web address', JSON.stringify({ ...activity, serviceUrl: 'file:///x' })],
    [
      'a serviceUrl on another machine, without an app id',
      JSON.stringify({ ...activity, serviceUrl: 'http://10.0.0.1/' }),
    ],
    ['no conversation', JSON.stringify({ ...activity, serviceUrl: 'http://localhost:1', conversation: undefined })],
  ])('refuses %s', async (_name, body) => {
    const before = harness.handler.messages.length;
    await expect(call(`${harness.origin}/api/messages`, { body })).resolves.toMatchObject({
      status: 400,
      body: { error: { code: 'MESSAGE_INVALID' } },
    });
    expect(harness.handler.messages).toHaveLength(before);
  });

  it('refuses a body of more than 256 KB', async () => {
    const body = { ...activity, serviceUrl: 'http://localhost:1', text: 'x'.repeat(300 * 1024) };
    await expect(call(`${harness.origin}/api/messages`, { body })).resolves.toMatchObject({ status: 413 });
  });

  it('acknowledges, then answers to the serviceUrl of the channel', async () => {
    const received: { type: string; text?: string }[] = [];
    const channel = createServer((request, response) => {
      let text = '';
      request.on('data', (part) => {
        text += part;
      });
      request.on('end', () => {
        received.push(JSON.parse(text));
        response.setHeader('content-type', 'application/json').end('{"id":"1"}');
      });
    });
    await new Promise<void>((resolve) => channel.listen(0, '127.0.0.1', resolve));
    const serviceUrl = `http://127.0.0.1:${(channel.address() as AddressInfo).port}`;
    await expect(call(`${harness.origin}/api/messages`, { body: { ...activity, serviceUrl } })).resolves.toMatchObject({
      status: 200,
    });
    await until(() => received.length > 0);
    expect(received).toMatchObject([{ type: 'message', text: 'echo: hi', replyToId: 'a1' }]);
    channel.closeAllConnections();
    await new Promise((resolve) => channel.close(resolve));
  });

  it('answers in the response where the channel expects it there', async () => {
    const body = { ...activity, serviceUrl: 'http://localhost:1', deliveryMode: 'expectReplies' };
    const { status, body: answer } = await call(`${harness.origin}/api/messages`, { body });
    expect([status, answer.activities]).toEqual([200, [expect.objectContaining({ text: 'echo: hi' })]]);
  });

  it('turns away callers without a token where there is an app id', async () => {
    const guarded = await startHarness({ appId: '00000000-0000-4000-8000-000000000000' });
    const silent = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const body = { ...activity, serviceUrl: 'https://smba.trafficmanager.net/' };
    expect(
      (
        await fetch(`${guarded.origin}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status,
    ).toBe(401);
    expect(guarded.handler.messages).toEqual([]);
    silent.mockRestore();
    await guarded.close();
  });
});

it('logs requests with an id, and without query or body', async () => {
  const response = await fetch(`${harness.origin}/page/strings?lang=de&secret=abc`);
  await response.text();
  const id = response.headers.get('x-request-id');
  const line = await until(() => harness.lines.find((each) => each.includes(String(id))));
  expect(JSON.parse(line)).toMatchObject({ requestId: id, method: 'GET', path: '/page/strings', status: 200 });
  expect(line).not.toContain('abc');
  expect(await (await fetch(`${harness.origin}/healthz`)).json()).toEqual({ status: 'ok' });
});
