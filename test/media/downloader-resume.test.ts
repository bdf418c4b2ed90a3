import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { GuardedDownloader } from '../../src/media';
import { faultOf } from './helpers/faults';
import { type LocalServer, startServer, stopServers } from './helpers/servers';

const BODY = Buffer.from('0123456789'.repeat(10));
const LIMIT = { maxBytes: 1_000 };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-resume-'));
  file = join(folder, 'model.part');
});
afterEach(async () => {
  await stopServers();
  await rm(folder, { recursive: true });
});

const downloader = (server: LocalServer, idleTimeoutMs = 2_000) =>
  new GuardedDownloader({ allowPrivate: [server.host], idleTimeoutMs, readTimeoutMs: 150 });

/** Serves BODY by ranges. */
const ranged = (etag?: string) =>
  startServer((request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const headers = { ...(etag !== undefined && { etag }) };
    if (start >= BODY.length) response.writeHead(416, { 'content-range': `bytes */${BODY.length}` }).end();
    else if (start === 0) response.writeHead(200, headers).end(BODY);
    else {
      const range = `bytes ${start}-${BODY.length - 1}/${BODY.length}`;
      response.writeHead(206, { ...headers, 'content-range': range }).end(BODY.subarray(start));
    }
  });

it('fetches the whole, then asks for nothing that is there', async () => {
  const server = await ranged('"v1"');
  const progress: unknown[] = [];
  const onProgress = (bytes: number, total: number | undefined) => progress.push([bytes, total]);
  expect(await downloader(server).resumeToFile(server.url, file, { ...LIMIT, onProgress })).toEqual({
    bytes: 100,
    resumedFrom: 0,
  });
  expect(await readFile(`${file}.etag`, 'latin1')).toBe('"v1"');
  expect(progress.length).toBeGreaterThan(0);
  expect(await downloader(server).resumeToFile(server.url, file, LIMIT)).toEqual({ bytes: 100, resumedFrom: 100 });
  expect(server.requests[1]?.headers).toMatchObject({ range: 'bytes=100-', 'if-range': '"v1"' });
  expect((await readFile(file)).equals(BODY)).toBe(true);
});

it('adds the rest to what is there', async () => {
  const server = await ranged();
  await writeFile(file, BODY.subarray(0, 37));
  expect(await downloader(server).resumeToFile(server.url, file, LIMIT)).toEqual({ bytes: 100, resumedFrom: 37 });
  expect(server.requests[0]?.headers['if-range']).toBeUndefined();
  expect((await readFile(file)).equals(BODY)).toBe(true);
});

it('never names a weak ETag', async () => {
  const server = await ranged('W/"v1"');
  await downloader(server).resumeToFile(server.url, file, LIMIT);
  expect(existsSync(`${file}.etag`)).toBe(false);
});

it('starts anew when the server sends the whole, with its new ETag', async () => {
  const server = await startServer((_request, response) => response.writeHead(200, { etag: '"v2"' }).end(BODY));
  await writeFile(file, 'something longer '.repeat(20));
  await writeFile(`${file}.etag`, '"v1"');
  expect(await downloader(server).resumeToFile(server.url, file, LIMIT)).toEqual({ bytes: 100, resumedFrom: 0 });
  expect((await readFile(file)).equals(BODY)).toBe(true);
  expect(await readFile(`${file}.etag`, 'latin1')).toBe('"v2"');
});

it('removes what is longer than the file on the server', async () => {
  const server = await ranged();
  await writeFile(file, Buffer.alloc(150));
  expect((await faultOf(downloader(server).resumeToFile(server.url, file, LIMIT))).code).toBe('DOWNLOAD_FAILED');
  expect(await readdir(folder)).toEqual([]);
});

it.each([
  ['another range', { 'content-range': 'bytes 40-99/100' }],
  ['a range of nothing', { 'content-range': 'pages 1-2/3' }],
  ['no range at all', {}],
])('refuses %s', async (_, headers) => {
  const server = await startServer((_request, response) => response.writeHead(206, headers).end(BODY.subarray(40)));
  await writeFile(file, BODY.subarray(0, 37));
  expect((await faultOf(downloader(server).resumeToFile(server.url, file, LIMIT))).code).toBe('DOWNLOAD_FAILED');
  expect((await readFile(file)).length).toBe(37);
});

it('refuses an encoding that it did not ask for', async () => {
  const server = await startServer((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(BODY)),
  );
  expect((await faultOf(downloader(server).resumeToFile(server.url, file, LIMIT))).code).toBe('DOWNLOAD_FAILED');
});

it('stops at the limit, counting what was there', async () => {
  const server = await ranged();
  await writeFile(file, BODY.subarray(0, 60));
  const fault = await faultOf(downloader(server).resumeToFile(server.url, file, { maxBytes: 80 }));
  expect(fault.code).toBe('DOWNLOAD_TOO_LARGE');
});

it('waits for a slow server as long as it says something, and keeps what came from one that falls silent', async () => {
  let silent = false;
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-length': 50 });
    let sent = 0;
    const timer = setInterval(() => {
      if (silent && sent === 3) clearInterval(timer);
      else if (sent++ < 5) response.write('0123456789');
      else clearInterval(timer);
    }, 80);
  });
  // Longer in all than the limit of other downloads and than the limit of silence.
  expect(await downloader(server, 300).resumeToFile(server.url, file, LIMIT)).toEqual({ bytes: 50, resumedFrom: 0 });
  await rm(file);
  silent = true;
  expect((await faultOf(downloader(server, 300).resumeToFile(server.url, file, LIMIT))).code).toBe('DOWNLOAD_TIMEOUT');
  expect((await readFile(file)).length).toBe(30);
});

it('keeps what came when the caller stops', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-length': 50 });
    response.write('0123456789');
  });
  const controller = new AbortController();
  const options = { ...LIMIT, signal: controller.signal, onProgress: () => controller.abort() };
  expect((await faultOf(downloader(server).resumeToFile(server.url, file, options))).code).toBe('DOWNLOAD_FAILED');
  expect(await readFile(file, 'latin1')).toBe('0123456789');
});

it('checks redirects as always', async () => {
  const inside = await ranged();
  const server = await startServer((_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/` }).end(),
  );
  const fault = await faultOf(downloader(server).resumeToFile(server.url, file, LIMIT));
  expect(fault.code).toBe('DOWNLOAD_BLOCKED');
  expect(inside.requests).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});
