import http from 'node:http';
import net from 'node:net';
import { GuardedDownloader, type Resolver } from '../../src/media';
import { faultOf } from './helpers/faults';
import { startServer, stopServers } from './helpers/servers';

afterEach(stopServers);
afterEach(() => jest.restoreAllMocks());

const maxBytes = 1_000;
const hello = (_request: http.IncomingMessage, response: http.ServerResponse) => {
  response.setHeader('content-type', 'text/plain');
  response.end('hello');
};
const loopback: Resolver = async () => [{ address: '127.0.0.1', family: 4 }];

test('nothing private is reached, however it is written (27)', async () => {
  const server = await startServer(hello);
  const downloader = new GuardedDownloader();
  const hosts = [
    '127.0.0.1',
    '[::ffff:7f00:1]',
    '0x7f000001',
    '0177.1',
    '2130706433',
    'localhost',
    '0.0.0.0',
    '127.0.0.1.',
  ];
  for (const host of [...hosts, 'user@127.0.0.1', 'localhost.']) {
    const fault = await faultOf(downloader.fetch(`http://${host}:${server.port}/`, { maxBytes }));
    expect([host, fault.code]).toEqual([host, 'DOWNLOAD_BLOCKED']);
  }
  expect(server.requests).toHaveLength(0);
});

test('a name that resolves to a private address is refused (27)', async () => {
  const server = await startServer(hello);
  const downloader = new GuardedDownloader({ lookup: loopback });
  const fault = await faultOf(downloader.fetch(`http://shop.example:${server.port}/?key=secret`, { maxBytes }));
  expect(fault).toMatchObject({ code: 'DOWNLOAD_BLOCKED', message: 'shop.example is not a public address.' });
  expect(server.sockets.size).toBe(0);
});

test('an allowed name may resolve to a private address, on its port only', async () => {
  const server = await startServer(hello);
  const downloader = new GuardedDownloader({ lookup: loopback, allowPrivate: [`Shop.example:${server.port}`] });
  const got = await downloader.fetch(`http://shop.example:${server.port}/`, { maxBytes });
  expect(got).toEqual({ bytes: Buffer.from('hello'), contentType: 'text/plain' });
  const fault = await faultOf(downloader.fetch('http://shop.example:1/', { maxBytes }));
  expect(fault.code).toBe('DOWNLOAD_BLOCKED');
});

test.each([
  'http://169.254.169.254/',
  'http://rebind.example/',
  'file:///etc/passwd',
  'data:,x',
  'http://u:p@8.8.8.8/',
])('a redirect to %s is refused (28)', async (location) => {
  const server = await startServer((_request, response) => response.writeHead(302, { location }).end());
  const downloader = new GuardedDownloader({ lookup: loopback, allowPrivate: [server.host] });
  const fault = await faultOf(downloader.fetch(server.url, { maxBytes }));
  expect(fault.code).toBe('DOWNLOAD_BLOCKED');
  expect(server.requests).toHaveLength(1);
});

test('redirects are followed as far as allowed, relative and in UTF-8', async () => {
  const server = await startServer((request, response) => {
    const left = Number(request.url?.slice(1, 2));
    const location = Buffer.from(`/${left - 1}/Mütze`).toString('latin1');
    if (left > 0) response.writeHead(307, { location }).end();
    else response.end(decodeURI(request.url ?? ''));
  });
  const downloader = new GuardedDownloader({ allowPrivate: [server.host] });
  expect((await downloader.fetch(`${server.url}/3`, { maxBytes })).bytes.toString()).toBe('/0/Mütze');
  const fault = await faultOf(downloader.fetch(`${server.url}/4`, { maxBytes }));
  expect(fault).toMatchObject({ code: 'DOWNLOAD_FAILED', message: '127.0.0.1 redirects too often.' });
});

test('a redirect to nowhere fails', async () => {
  const server = await startServer((_request, response) => response.writeHead(302).end());
  const downloader = new GuardedDownloader({ allowPrivate: [server.host] });
  expect((await faultOf(downloader.fetch(server.url, { maxBytes }))).code).toBe('DOWNLOAD_FAILED');
});

test('the address that was checked is the one connected to; a name is resolved once (29)', async () => {
  const server = await startServer(hello);
  const lookup = jest.fn<ReturnType<Resolver>, [string]>(loopback);
  lookup.mockResolvedValueOnce([{ address: '93.184.216.34', family: 4 }]);
  const connected: unknown[] = [];
  jest.spyOn(http.Agent.prototype, 'createConnection').mockImplementation((options) => {
    const socket = new net.Socket();
    // As net.connect does, but without leaving this machine.
    options.lookup?.('rebind.example', { all: true }, (error, addresses) => {
      if (error === null) connected.push(addresses);
      socket.destroy(error ?? Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    });
    return socket;
  });
  const downloader = new GuardedDownloader({ lookup });
  const fault = await faultOf(downloader.fetch(`http://rebind.example:${server.port}/`, { maxBytes }));
  expect(fault).toMatchObject({
    code: 'DOWNLOAD_FAILED',
    message: 'rebind.example could not be fetched (ECONNREFUSED).',
  });
  expect(connected).toEqual([[{ address: '93.184.216.34', family: 4 }]]);
  expect(lookup).toHaveBeenCalledTimes(1);
  // Asked anew, the name has moved inside.
  expect((await faultOf(downloader.fetch(`http://rebind.example:${server.port}/`, { maxBytes }))).code).toBe(
    'DOWNLOAD_BLOCKED',
  );
  expect(server.requests).toHaveLength(0);
});

test('a socket that ended up at a private address nevertheless is dropped before the request (29)', async () => {
  const server = await startServer(hello);
  jest.spyOn(http.Agent.prototype, 'createConnection').mockImplementation(() => net.connect(server.port, '127.0.0.1'));
  const fault = await faultOf(new GuardedDownloader().fetch(`http://shop.example:${server.port}/`, { maxBytes }));
  expect(fault.code).toBe('DOWNLOAD_BLOCKED');
  expect(server.requests).toHaveLength(0);
});

test.each([
  [['93.184.216.34', '127.0.0.1']],
  [['127.0.0.1', '93.184.216.34']],
  [['2606:2800:220:1:248:1893:25c8:1946', '::1']],
])('mixed answers %j are refused (30)', async (addresses) => {
  const server = await startServer(hello);
  const lookup: Resolver = async () => addresses.map((address) => ({ address, family: net.isIP(address) }));
  const fault = await faultOf(
    new GuardedDownloader({ lookup }).fetch(`http://mixed.example:${server.port}/`, { maxBytes }),
  );
  expect(fault.code).toBe('DOWNLOAD_BLOCKED');
  expect(server.requests).toHaveLength(0);
});

test.each([
  'data:text/plain,x',
  'ftp://shop.example/x',
  'javascript:1',
  'file:///etc/passwd',
  'gopher://shop.example/',
])('%s is refused (33)', async (address) => {
  expect((await faultOf(new GuardedDownloader().fetch(address, { maxBytes }))).code).toBe('DOWNLOAD_BLOCKED');
});

test('sends no credentials, asks for no encoding, uses no proxy, keeps no connection', async () => {
  const server = await startServer(hello);
  const proxy = await startServer(hello);
  const before = { ...process.env };
  Object.assign(process.env, { HTTP_PROXY: proxy.url, http_proxy: proxy.url, NODE_USE_ENV_PROXY: '1' });
  try {
    await new GuardedDownloader({ allowPrivate: [server.host] }).fetch(server.url, { maxBytes });
  } finally {
    process.env = before;
  }
  expect(proxy.sockets.size + proxy.requests.length).toBe(0);
  expect(server.requests[0]?.headers).toEqual({
    accept: '*/*',
    'accept-encoding': 'identity',
    connection: 'close',
    host: server.host,
    'user-agent': 'Vitrine',
  });
  while (server.sockets.size > 0) await new Promise((resolve) => setImmediate(resolve));
});

test('TLS that is none, closed ports and unknown names fail', async () => {
  const server = await startServer(hello);
  const lookup: Resolver = () => Promise.reject(Object.assign(new Error('secret'), { code: 'ENOTFOUND' }));
  const downloader = new GuardedDownloader({ lookup, allowPrivate: [server.host, '127.0.0.1:1'] });
  for (const address of [`https://${server.host}/`, 'http://127.0.0.1:1/', 'http://unknown.example/']) {
    const fault = await faultOf(downloader.fetch(address, { maxBytes }));
    expect([address, fault.code]).toEqual([address, 'DOWNLOAD_FAILED']);
    expect(fault.message).not.toContain('secret');
  }
});

test('a resolver that never answers ends by the connect timeout', async () => {
  const downloader = new GuardedDownloader({ lookup: () => new Promise(() => undefined), connectTimeoutMs: 30 });
  const fault = await faultOf(downloader.fetch('http://silent.example/', { maxBytes }));
  expect(fault).toMatchObject({
    code: 'DOWNLOAD_TIMEOUT',
    message: 'silent.example did not accept a connection in time.',
  });
});
