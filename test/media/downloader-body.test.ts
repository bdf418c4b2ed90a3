import type { ServerResponse } from 'node:http';
import zlib from 'node:zlib';
import { GuardedDownloader } from '../../src/media';
import { faultOf, MEGABYTE, peakMemory } from './helpers/faults';
import { type LocalServer, startRawServer, startServer, stopServers } from './helpers/servers';

afterEach(stopServers);

function fetch(server: LocalServer, maxBytes = 1_000, readTimeoutMs = 10_000, signal?: AbortSignal) {
  const downloader = new GuardedDownloader({ allowPrivate: [server.host], readTimeoutMs });
  return downloader.fetch(`${server.url}/secret?secret`, { maxBytes, ...(signal ? { signal } : {}) });
}

const head = (...lines: string[]) => `${['HTTP/1.1 200 OK', ...lines].join('\r\n')}\r\n\r\n`;

test('a body of exactly the limit passes, one byte more does not', async () => {
  const server = await startServer((_request, response) => response.end('x'.repeat(1_000)));
  expect((await fetch(server, 1_000)).bytes).toHaveLength(1_000);
  expect(await faultOf(fetch(server, 999))).toMatchObject({
    code: 'DOWNLOAD_TOO_LARGE',
    message: '127.0.0.1 sent more than 999 bytes.',
  });
});

test('an empty body and no content type are fine', async () => {
  const server = await startRawServer([head('Content-Length: 0')]);
  expect(await fetch(server)).toEqual({ bytes: Buffer.alloc(0), contentType: '' });
});

test.each([204, 206, 304, 404, 500])('status %i fails without naming the path', async (status) => {
  const server = await startServer((_request, response) => response.writeHead(status).end());
  const fault = await faultOf(fetch(server));
  expect(fault).toMatchObject({ code: 'DOWNLOAD_FAILED', message: `127.0.0.1 answered with ${status}.` });
});

describe('31', () => {
  test('one byte at a time, for ever, ends by the read timeout', async () => {
    const server = await startServer((_request, response) => drip(response));
    const fault = await faultOf(fetch(server, 1_000_000, 100));
    expect(fault).toMatchObject({ code: 'DOWNLOAD_TIMEOUT', message: '127.0.0.1 did not answer in full in time.' });
    await allClosed(server);
  });

  test('a head that never comes, or comes one byte at a time, ends by the read timeout', async () => {
    const silent = await startRawServer([], { end: false });
    expect((await faultOf(fetch(silent, 1_000, 50))).code).toBe('DOWNLOAD_TIMEOUT');
    const half = await startRawServer(['HTTP/1.1 200 OK\r\nX: '], { end: false });
    expect((await faultOf(fetch(half, 1_000, 50))).code).toBe('DOWNLOAD_TIMEOUT');
  });

  test('redirects share the one timeout', async () => {
    const server = await startServer((request, response) => {
      if (request.url === '/slow') drip(response);
      else response.writeHead(302, { location: '/slow' }).end();
    });
    expect((await faultOf(fetch(server, 1_000_000, 100))).code).toBe('DOWNLOAD_TIMEOUT');
  });

  test('endless chunks end by the cap, and memory stays small', async () => {
    const server = await startServer((_request, response) => pour(response, Buffer.alloc(65_536)));
    const needed = await peakMemory(async () => {
      expect((await faultOf(fetch(server, 5 * MEGABYTE))).code).toBe('DOWNLOAD_TOO_LARGE');
    });
    expect(needed).toBeLessThan(80 * MEGABYTE);
    await allClosed(server);
  });

  test('an announced length above the cap is refused before the body', async () => {
    const server = await startRawServer([head('Content-Length: 1001')], { end: false });
    expect((await faultOf(fetch(server))).code).toBe('DOWNLOAD_TOO_LARGE');
  });

  test.each([
    ['longer than the body', [head('Content-Length: 100'), 'x'.repeat(50)]],
    ['shorter than the body', [`${head('Content-Length: 10')}${'x'.repeat(50)}`]],
    [
      'shorter, on a connection that says close',
      [`${head('Content-Length: 10', 'Connection: close')}${'x'.repeat(50)}`],
    ],
    ['given twice', [`${head('Content-Length: 10', 'Content-Length: 50')}${'x'.repeat(50)}`]],
    ['beside chunks', [`${head('Content-Length: 3', 'Transfer-Encoding: chunked')}3\r\nabc\r\n0\r\n\r\n`]],
    ['no number', [`${head('Content-Length: ten')}${'x'.repeat(10)}`]],
  ])('a Content-Length that is %s fails', async (_name, pieces) => {
    const server = await startRawServer(pieces);
    expect((await faultOf(fetch(server))).code).toBe('DOWNLOAD_FAILED');
  });

  test.each([
    ['cut-off chunks', [head('Transfer-Encoding: chunked'), '5\r\nhel']],
    ['a broken chunk size', [head('Transfer-Encoding: chunked'), 'zz\r\nhello\r\n0\r\n\r\n']],
    ['no HTTP', ['SSH-2.0-OpenSSH\r\n']],
    ['an endless head', [head(`X: ${'x'.repeat(100_000)}`)]],
    ['an upgrade', ['HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n']],
    ['nothing', []],
  ])('%s fails', async (_name, pieces) => {
    const server = await startRawServer(pieces);
    expect((await faultOf(fetch(server))).code).toBe('DOWNLOAD_FAILED');
  });
});

describe('32', () => {
  const text = Buffer.from('a picture '.repeat(50));

  test.each([
    ['gzip', zlib.gzipSync(text)],
    ['x-gzip', zlib.gzipSync(text)],
    ['GZIP', zlib.gzipSync(text)],
    ['deflate', zlib.deflateSync(text)],
    ['deflate', zlib.deflateRawSync(text)],
    ['br', zlib.brotliCompressSync(text)],
    ['identity', text],
  ])('%s is decoded although it was not asked for', async (encoding, bytes) => {
    const server = await startServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': bytes.length }).end(bytes);
    });
    expect((await fetch(server)).bytes).toEqual(text);
  });

  const zeros = Buffer.alloc(200 * MEGABYTE);
  test.each([
    ['gzip', zlib.gzipSync(zeros)],
    ['deflate', zlib.deflateSync(zeros)],
    ['deflate', zlib.deflateRawSync(zeros)],
    ['br', zlib.brotliCompressSync(zeros, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } })],
  ])('a bomb in %s ends by the cap on decoded bytes, and memory stays small', async (encoding, bomb) => {
    const server = await startServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb);
    });
    expect(bomb.length).toBeLessThan(MEGABYTE);
    const needed = await peakMemory(async () => {
      expect((await faultOf(fetch(server, MEGABYTE))).code).toBe('DOWNLOAD_TOO_LARGE');
    });
    expect(needed).toBeLessThan(80 * MEGABYTE);
  });

  test('endless empty gzip members end by the cap on encoded bytes', async () => {
    const members = Buffer.concat(Array.from({ length: 1_000 }, () => zlib.gzipSync('')));
    const server = await startServer((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      pour(response, members);
    });
    expect((await faultOf(fetch(server))).code).toBe('DOWNLOAD_TOO_LARGE');
  });

  test.each([
    ['cut off', 'gzip', zlib.gzipSync(text).subarray(0, 20)],
    ['not what it says', 'gzip', text],
    ['unknown', 'zstd', text],
    ['twofold', 'gzip, gzip', zlib.gzipSync(zlib.gzipSync(text))],
  ])('an encoding that is %s fails', async (_name, encoding, bytes) => {
    const server = await startServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
    });
    expect((await faultOf(fetch(server))).code).toBe('DOWNLOAD_FAILED');
  });
});

describe('the caller’s signal', () => {
  test('ends a download before and while it runs, and is let go of', async () => {
    const server = await startServer((_request, response) => {
      drip(response);
      setImmediate(() => controller.abort(new Error('shutting down')));
    });
    const controller = new AbortController();
    const removed = jest.spyOn(controller.signal, 'removeEventListener');
    const fault = await faultOf(fetch(server, 1_000, 10_000, controller.signal));
    expect(fault).toMatchObject({ code: 'DOWNLOAD_FAILED', message: 'The download from 127.0.0.1 was stopped.' });
    expect(fault.cause).toBe(controller.signal.reason);
    expect(removed).toHaveBeenCalledTimes(1);
    await allClosed(server);
    expect((await faultOf(fetch(server, 1_000, 10_000, controller.signal))).cause).toBe(controller.signal.reason);
    expect(server.requests).toHaveLength(1);
  });

  test('is a timeout when it says so', async () => {
    const server = await startServer((_request, response) => drip(response));
    expect((await faultOf(fetch(server, 1_000_000, 10_000, AbortSignal.timeout(30)))).code).toBe('DOWNLOAD_TIMEOUT');
  });
});

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('x'), 5);
  response.once('close', () => clearInterval(timer));
}

function pour(response: ServerResponse, piece: Buffer): void {
  const more = () => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

/** Waits until the server has seen its last connection go; runs into the test's timeout otherwise. */
async function allClosed(server: LocalServer): Promise<void> {
  while (server.sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 2));
}
