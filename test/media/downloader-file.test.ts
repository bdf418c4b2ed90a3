import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { GuardedDownloader } from '../../src/media';
import { faultOf } from './helpers/faults';
import { type LocalServer, startRawServer, startServer, stopServers } from './helpers/servers';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-media-'));
});
afterEach(async () => {
  await stopServers();
  await rm(folder, { recursive: true });
});

const downloader = (server: LocalServer) => new GuardedDownloader({ allowPrivate: [server.host] });

test('streams to the file, tells progress, returns length, type and etag', async () => {
  const body = Buffer.alloc(300_000, 'feed');
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-length': body.length, 'content-type': 'text/csv; charset=utf-8', etag: '"1"' });
    response.end(body);
  });
  const progress: [number, number | undefined][] = [];
  const got = await downloader(server).fetchToFile(server.url, join(folder, 'feed.csv'), {
    maxBytes: 300_000,
    onProgress: (bytes, total) => progress.push([bytes, total]),
  });
  expect(got).toEqual({ bytes: 300_000, contentType: 'text/csv; charset=utf-8', etag: '"1"' });
  expect((await readFile(join(folder, 'feed.csv'))).equals(body)).toBe(true);
  expect(await readdir(folder)).toEqual(['feed.csv']);
  expect(progress.at(-1)).toEqual([300_000, 300_000]);
});

test('the total is unknown for an encoded body, and the etag may be missing', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('text'));
  });
  const totals = new Set<number | undefined>();
  const got = await downloader(server).fetchToFile(server.url, join(folder, 'a'), {
    maxBytes: 10,
    onProgress: (_bytes, total) => totals.add(total),
  });
  expect([got, [...totals]]).toEqual([{ bytes: 4, contentType: '', etag: undefined }, [undefined]]);
});

test.each([
  ['DOWNLOAD_TOO_LARGE', ['HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(20), 'x'.repeat(5_000)]],
  ['DOWNLOAD_FAILED', ['HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n', 'x'.repeat(50)]],
  ['DOWNLOAD_FAILED', [`HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n${'x'.repeat(50)}`]],
  ['DOWNLOAD_FAILED', ['HTTP/1.1 404 Not Found\r\n\r\n']],
])('%s leaves the old file and nothing else', async (code, pieces) => {
  const file = join(folder, 'feed.csv');
  await writeFile(file, 'old');
  const server = await startRawServer(pieces);
  const fault = await faultOf(downloader(server).fetchToFile(server.url, file, { maxBytes: 1_000 }));
  expect(fault.code).toBe(code);
  expect(await readdir(folder)).toEqual(['feed.csv']);
  expect(await readFile(file, 'utf8')).toBe('old');
});

test('a stopped download leaves nothing', async () => {
  const server = await startRawServer(['HTTP/1.1 200 OK\r\n\r\n', 'some'], { end: false });
  const controller = new AbortController();
  const work = downloader(server).fetchToFile(server.url, join(folder, 'a'), {
    maxBytes: 1_000,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  expect((await faultOf(work)).code).toBe('DOWNLOAD_FAILED');
  expect(await readdir(folder)).toEqual([]);
});

test('a progress listener that throws ends the download, cleanly', async () => {
  const server = await startRawServer(['HTTP/1.1 200 OK\r\n\r\n', 'some']);
  const onProgress = () => {
    throw new Error('listener');
  };
  await faultOf(downloader(server).fetchToFile(server.url, join(folder, 'a'), { maxBytes: 1_000, onProgress }));
  expect(await readdir(folder)).toEqual([]);
});

test.each(['missing/a', '.'])('a target that cannot be written (%s) is a fault of the storage', async (target) => {
  const server = await startServer((_request, response) => response.end('hello'));
  const fault = await faultOf(downloader(server).fetchToFile(server.url, join(folder, target), { maxBytes: 1_000 }));
  expect(fault.code).toBe('STORAGE_FAILED');
  expect(await readdir(folder)).toEqual([]);
});
