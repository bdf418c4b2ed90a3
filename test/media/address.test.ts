import { guardedLookup, isPublicAddress, type Resolver } from '../../src/media/address';
import { checkTarget } from '../../src/media/target';

test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  ['0.0.0.0', 'this host'],
  ['10.1.2.3', 'private'],
  ['100.64.0.1', 'carrier-grade NAT'],
  ['100.100.100.200', 'metadata of Alibaba'],
  ['127.0.0.1', 'loopback'],
  ['168.63.129.16', 'platform of Azure'],
  ['169.254.169.254', 'metadata'],
  ['172.16.0.1', 'private'],
  ['192.0.0.192', 'metadata of Oracle'],
  ['192.0.2.1', 'documentation'],
  ['192.168.1.1', 'private'],
  ['198.18.0.1', 'benchmarks'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::7f00:1', 'IPv4-compatible'],
  ['::ffff:7f00:1', 'mapped loopback'],
  ['::ffff:0:7f00:1', 'translated loopback'],
  ['64:ff9b::7f00:1', 'NAT64 of loopback'],
  ['64:ff9b::a9fe:a9fe', 'NAT64 of metadata'],
  ['64:ff9b:1::808:808', 'local NAT64'],
  ['2001:0:7f00:1::1', 'Teredo'],
  ['2002:7f00:1::', '6to4 of loopback'],
  ['2002:808:808::', '6to4'],
  ['2001:db8::1', 'documentation'],
  ['fc00::1', 'unique local'],
  ['fd00:ec2::254', 'metadata of AWS'],
  ['fe80::1', 'link local'],
  ['fe80::1%eth0', 'link local with zone'],
  ['fec0::1', 'site local'],
  ['ff02::1', 'multicast'],
  ['0x7f000001', 'not a plain address'],
  ['0177.1', 'not a plain address'],
  ['', 'nothing'],
])('%s is not public (%s)', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

describe('checkTarget', () => {
  const none = new Set<string>();

  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.1/',
    'http://2130706433/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://①②⑦.⓪.⓪.①/',
    'http://%31%32%37.0.0.1/',
    'http://user@127.0.0.1/',
    'http://user:secret@shop.example/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://api.localhost:8080/',
    'http://0.0.0.0/',
    'http://0/',
    'http://[::]/',
    'http://[::1]:8080/',
    'http://[64:ff9b::7f00:1]/',
    'http:\\\\127.0.0.1\\',
    'data:image/png;base64,AAAA',
    'ftp://shop.example/a.png',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'blob:http://shop.example/1',
    'ws://shop.example/',
    '//shop.example/a.png',
    'a.png',
    'http://',
    '',
  ])('blocks %s', (address) => {
    expect(() => checkTarget(address, none)).toThrow(expect.objectContaining({ code: 'DOWNLOAD_BLOCKED' }));
  });

  test('takes public addresses, and private ones that are allowed by host and port', () => {
    expect(checkTarget('https://shop.example/a.png', none)).toMatchObject({ host: 'shop.example', exempt: false });
    const allowed = new Set(['localhost:80', '[::1]:8080']);
    expect(checkTarget('http://localhost./', allowed).exempt).toBe(true);
    expect(checkTarget('http://[::1]:8080/', allowed).exempt).toBe(true);
    expect(() => checkTarget('http://[::1]:8081/', allowed)).toThrow('[::1] is not a public address.');
  });

  test('messages hold neither path, query nor credentials', () => {
    for (const address of [
      'http://u:secret@h.example/secret?secret',
      'http://127.0.0.1/secret?secret',
      'secret:secret',
    ]) {
      expect(() => checkTarget(address, none)).not.toThrow(/secret/);
    }
  });
});

describe('guardedLookup', () => {
  const found = (resolve: Resolver, exempt = false, options = { all: true }) =>
    new Promise((done) => {
      guardedLookup(resolve, exempt)('shop.example', options, (error, address, family) =>
        done(error ?? [address, family]),
      );
    });
  const answers = (...addresses: string[]): Resolver => {
    return async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };

  test('gives the checked addresses', async () => {
    expect(await found(answers('8.8.8.8'))).toEqual([[{ address: '8.8.8.8', family: 4 }], undefined]);
    expect(await found(answers('8.8.8.8'), false, { all: false })).toEqual(['8.8.8.8', 4]);
  });

  test.each([
    ['private', ['10.0.0.1']],
    ['mixed, private last', ['8.8.8.8', '10.0.0.1']],
    ['mixed, private first', ['127.0.0.1', '8.8.8.8']],
    ['mixed families', ['8.8.8.8', '::1']],
  ])('refuses %s answers', async (_name, addresses) => {
    expect(await found(answers(...addresses))).toMatchObject({ code: 'DOWNLOAD_BLOCKED' });
  });

  test('passes exempt names, empty answers and failing resolvers on as what they are', async () => {
    expect(await found(answers('10.0.0.1'), true)).toEqual([[{ address: '10.0.0.1', family: 4 }], undefined]);
    expect(await found(answers())).toMatchObject({ code: 'DOWNLOAD_FAILED' });
    expect(await found(() => Promise.reject(new Error('no such name')))).toMatchObject({ message: 'no such name' });
  });
});
