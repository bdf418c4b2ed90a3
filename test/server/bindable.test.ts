import { assertBindable, isLoopback } from '../../src/server';

it.each(['127.0.0.1', '127.8.9.1', 'localhost', 'LOCALHOST', '::1', '[::1]', '0:0:0:0:0:0:0:1'])(
  '%s is loopback',
  (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(() => assertBindable(host, undefined)).not.toThrow();
  },
);

it.each([
  '0.0.0.0',
  '::',
  '',
  '192.168.1.4',
  'shop.example',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  '::2',
  '::11',
  '1::1',
])('%s needs an app id', (host) => {
  expect(isLoopback(host)).toBe(false);
  expect(() => assertBindable(host, '')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  expect(() => assertBindable(host, undefined)).toThrow(/HOST[\s\S]*MICROSOFT_APP_ID/);
  expect(() => assertBindable(host, 'some-id')).not.toThrow();
});
