import { safeFileName } from '../../src/media';

test.each([
  ['shirt.jpg', 'shirt.jpg'],
  ['../../etc/passwd', '_._etc_passwd'],
  ['..\\..\\boot.ini', '_._boot.ini'],
  ['a\r\nSet-Cookie: x', 'aSet-Cookie_ x'],
  ['gpj.\u202eexe', 'gpj.exe'],
  ['a\0.php\0.jpg', 'a.php.jpg'],
  ['a\u2066b\u200bc\ufeffd\u2028e', 'abcde'],
  ['Mu\u0308tze.png', 'M\u00fctze.png'],
  ['u\u200b\u0308', '\u00fc'],
  ['a\ud800b', 'ab'],
  ['..', 'file'],
  ['. .', 'file'],
  ['', 'file'],
  ['\0', 'file'],
  ['.htaccess', 'htaccess'],
  ['name. . ', 'name'],
  ['C:\\x', 'C__x'],
  ['a*?"<>|b', 'a______b'],
  ['CON', '_CON'],
  ['nul.tar.gz', '_nul.tar.gz'],
  ['com1 .txt', '_com1 .txt'],
  ['LPT¹', '_LPT¹'],
  ['console.txt', 'console.txt'],
  ['帽子.webp', '帽子.webp'],
])('%j becomes %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

test.each([
  ['x'.repeat(1_000_000), 'x'.repeat(100)],
  [`${'x'.repeat(300)}.jpeg`, `${'x'.repeat(95)}.jpeg`],
  [`con${' '.repeat(200)}.x`, '_con .x'],
  [`a${'\u0301'.repeat(10_000)}.png`, undefined],
  ['😀'.repeat(300), '😀'.repeat(50)],
  ['帽'.repeat(300), '帽'.repeat(66)],
  [`${'.x'.repeat(300)}`, undefined],
  [`CON.${'x'.repeat(99)}`, undefined],
])('shortens %#', (name, expected) => {
  const safe = safeFileName(name);
  if (expected !== undefined) expect(safe).toBe(expected);
  expect(safe.length).toBeGreaterThan(0);
  expect(safe.length).toBeLessThanOrEqual(100);
  expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
  expect(safe.isWellFormed()).toBe(true);
  expect(safe.normalize('NFC')).toBe(safe);
  expect(safeFileName(safe)).toBe(safe);
});
