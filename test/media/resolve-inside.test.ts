import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveInside } from '../../src/media';

let outer: string;
let feed: string;
beforeAll(() => {
  outer = realpathSync(mkdtempSync(join(tmpdir(), 'vitrine-inside-')));
  feed = join(outer, 'feed');
  mkdirSync(join(feed, 'images'), { recursive: true });
  mkdirSync(join(outer, 'feed-secret'));
  for (const file of [
    'feed-secret/a.jpg',
    'secret.jpg',
    'feed/images/a.jpg',
    'feed/images/my shirt.jpg',
    'feed/100%.jpg',
  ]) {
    writeFileSync(join(outer, file), '');
  }
  symlinkSync(join(outer, 'secret.jpg'), join(feed, 'link.jpg'));
  symlinkSync(outer, join(feed, 'up'));
  symlinkSync(join(feed, 'images'), join(feed, 'pictures'));
  symlinkSync(join(outer, 'nowhere'), join(feed, 'dangling'));
  symlinkSync(join(feed, 'loop'), join(feed, 'loop'));
  symlinkSync(feed, join(outer, 'feed-link'));
});
afterAll(() => rmSync(outer, { recursive: true }));

test.each([
  ['images/a.jpg', 'images/a.jpg'],
  ['./images//a.jpg', 'images/a.jpg'],
  ['images\\a.jpg', 'images/a.jpg'],
  ['images/../images/a.jpg', 'images/a.jpg'],
  ['images/my%20shirt.jpg', 'images/my shirt.jpg'],
  ['100%.jpg', '100%.jpg'],
  ['pictures/a.jpg', 'images/a.jpg'],
  ['images/missing.jpg', 'images/missing.jpg'],
  ['new/deep/missing.jpg', 'new/deep/missing.jpg'],
  ['..a.jpg', '..a.jpg'],
])('%s is inside', (relative, expected) => {
  expect(resolveInside(feed, relative)).toBe(join(feed, expected));
  expect(resolveInside(join(outer, 'feed-link'), relative)).toBe(join(feed, expected));
});

test.each([
  '../secret.jpg',
  '..',
  '.',
  '',
  'images/..',
  'images/../../secret.jpg',
  '..\\secret.jpg',
  '../feed-secret/a.jpg',
  '/etc/passwd',
  '\\\\server\\share\\a.jpg',
  'C:\\secret.jpg',
  'C:secret.jpg',
  'file:///etc/passwd',
  'FILE:secret.jpg',
  'http://127.0.0.1/a.jpg',
  'a.jpg\0.png',
  'a.jpg%00.png',
  '%2e%2e/secret.jpg',
  '%2E%2E%2Fsecret.jpg',
  '..%2fsecret.jpg',
  '..%5csecret.jpg',
  '%252e%252e%252fsecret.jpg',
  'images/%2e%2e/images/a.jpg',
  '%2fetc%2fpasswd',
  'link.jpg',
  'up/secret.jpg',
  'up/feed-secret/a.jpg',
  'up/missing.jpg',
  'dangling',
  'dangling/a.jpg',
  'loop',
  `${'x'.repeat(5_000)}.jpg`,
])('%j is not', (relative) => {
  expect(resolveInside(feed, relative)).toBeUndefined();
});

test('a folder that does not exist holds nothing', () => {
  expect(resolveInside(join(outer, 'feed', 'none'), 'a.jpg')).toBeUndefined();
});
