import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { SharpPictureNormaliser, SharpPictureReader } from '../../src/media';
import { faultOf, MEGABYTE, peakMemory } from './helpers/faults';
import { animatedWebp, flatPng, gif, inflatingProfile, jpegOfComponents, png, tiff } from './helpers/pictures';

const normaliser = new SharpPictureNormaliser();
const reader = new SharpPictureReader();

/** The code of the error, or `fine`, of what is stored and of what encoders see; asserts that each took little memory. */
async function outcome(bytes: Buffer): Promise<string> {
  const stored = await boundedOutcome(() => normaliser.normalise(bytes));
  expect(await boundedOutcome(() => reader.read(bytes))).toBe(stored);
  return stored;
}

async function boundedOutcome(work: () => Promise<unknown>): Promise<string> {
  let result = 'fine';
  const needed = await peakMemory(async () => {
    const settled = await Promise.allSettled([work()]);
    if (settled[0].status === 'rejected') result = (await faultOf(Promise.reject(settled[0].reason))).code;
  });
  expect(needed).toBeLessThan(100 * MEGABYTE);
  return result;
}

beforeAll(async () => {
  // Loads the decoders, so that their own memory is not counted.
  await normaliser.normalise(png({ width: 8, height: 8 }));
  await reader.read(png({ width: 8, height: 8 }));
});

test('an empty file (1), and a JPEG of twelve megapixels that is cut in mid-scan (2)', async () => {
  expect(await outcome(Buffer.alloc(0))).toBe('PICTURE_UNREADABLE');
  const flat = sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#806040' } });
  for (const progressive of [false, true]) {
    const whole = await flat.clone().jpeg({ quality: 95, progressive }).toBuffer();
    expect(await outcome(whole)).toBe('fine');
    expect(await outcome(whole.subarray(0, whole.length / 2))).toBe('PICTURE_UNREADABLE');
  }
});

test.each([
  [2 ** 31, 'PICTURE_UNREADABLE'],
  [2 ** 31 - 1, 'PICTURE_UNREADABLE'],
  [100_000, 'PICTURE_TOO_LARGE'],
])('a PNG whose header claims %i squared (3)', async (side, code) => {
  expect(await outcome(png({ width: side, height: side, data: Buffer.from('789c030000000001', 'hex') }))).toBe(code);
});

test('a flat PNG of 14,000 squared (4)', async () => {
  const bytes = await flatPng(14_000);
  expect(bytes.length).toBeLessThan(MEGABYTE);
  expect(await outcome(bytes)).toBe('PICTURE_TOO_LARGE');
});

test('a flat PNG just below the limit is fine and is decoded in strips', async () => {
  expect(await outcome(await flatPng(5_600))).toBe('fine');
});

test('TIFF: one pixel with a tile of 32,768 squared (5), six channels (8), whole', async () => {
  const tile = tiff([
    [256, 4, 1, 1],
    [257, 4, 1, 1],
    [258, 3, 1, 8],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [277, 3, 1, 1],
    [322, 4, 1, 32_768],
    [323, 4, 1, 32_768],
    [324, 4, 1, 8],
    [325, 4, 1, 1 << 30],
  ]);
  const end = 14 + 9 * 12;
  const six = Buffer.concat([
    tiff([
      [256, 4, 1, 4],
      [257, 4, 1, 4],
      [258, 3, 6, end],
      [259, 3, 1, 1],
      [262, 3, 1, 2],
      [273, 4, 1, end + 32],
      [277, 3, 1, 6],
      [279, 4, 1, 96],
      [338, 3, 3, end + 12],
    ]),
    Buffer.from('080008000800080008000800', 'hex'),
    Buffer.alloc(20 + 96),
  ]);
  expect((await sharp(six, { limitInputChannels: 6 }).metadata()).channels).toBe(6);
  const whole = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    .tiff()
    .toBuffer();
  for (const bytes of [tile, six, whole]) expect(await outcome(bytes)).toBe('PICTURE_UNREADABLE');
});

test('a JPEG that claims six channels (8)', async () => {
  expect(await outcome(jpegOfComponents(6))).toBe('PICTURE_UNREADABLE');
});

test('a PNG whose colour profile inflates to 60 MB loses the profile (6)', async () => {
  const bytes = png({ width: 8, height: 8, extra: [inflatingProfile(60_000_000)] });
  expect(bytes.length).toBeLessThan(100_000);
  expect(await outcome(bytes)).toBe('fine');
});

test('GIF and WebP of 10,000 frames give their first (7)', async () => {
  expect((await sharp(gif(10_000)).metadata()).pages).toBe(10_000);
  expect(await outcome(gif(10_000))).toBe('fine');
  const still = sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } });
  const webp = animatedWebp(10_000, await still.webp({ lossless: true }).toBuffer());
  expect((await sharp(webp).metadata()).pages).toBe(10_000);
  expect(await outcome(webp)).toBe('fine');
});

test('a GIF frame that claims 65,535 squared', async () => {
  expect(await outcome(gif(1, { width: 65_535, height: 65_535 }))).toBe('PICTURE_TOO_LARGE');
});

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">';
test.each([
  ['XXE (9)', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${SVG}<text>&x;</text></svg>`],
  [
    'XInclude (10)',
    `${SVG}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/></svg>`,
  ],
  ['use (11)', `${SVG}<g id="a"><use href="#a"/><use href="#a"/></g></svg>`],
  ['image (12)', `${SVG}<image href="http://127.0.0.1/"/><image href="file:///etc/passwd"/></svg>`],
])('SVG with %s is never decoded', async (_name, svg) => {
  expect(await outcome(Buffer.from(svg))).toBe('PICTURE_UNREADABLE');
  expect(await outcome(Buffer.from(`\ufeff${svg}`, 'utf16le'))).toBe('PICTURE_UNREADABLE');
});

test('an SVGZ bomb (13)', async () => {
  expect(await outcome(gzipSync(`${SVG}${' '.repeat(50_000_000)}</svg>`))).toBe('PICTURE_UNREADABLE');
});

test('HEIC, also under the name of AVIF (14)', async () => {
  const avif = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'red' } })
    .avif()
    .toBuffer();
  const heic = Buffer.from(avif);
  heic.write('heic', 8, 'latin1');
  expect(await outcome(heic)).toBe('PICTURE_UNREADABLE');
  // An HEVC item (`hvc1`) where AV1 is announced.
  const disguised = Buffer.from(avif);
  disguised.write('hvc1', disguised.indexOf('av01'), 'latin1');
  expect(await outcome(disguised)).toBe('PICTURE_UNREADABLE');
});

test('AVIF has half the limit of pixels, and a small header does not hide a large picture', async () => {
  const square = (side: number) => sharp({ create: { width: side, height: side, channels: 3, background: 'red' } });
  const strict = new SharpPictureNormaliser({ maxPixels: 1_000 });
  expect((await faultOf(strict.normalise(await square(30).avif().toBuffer()))).code).toBe('PICTURE_TOO_LARGE');
  await strict.normalise(await square(30).png().toBuffer());
  const lying = await square(600).avif({ effort: 0 }).toBuffer();
  lying.writeUInt32BE(16, lying.indexOf('ispe') + 8);
  lying.writeUInt32BE(16, lying.indexOf('ispe') + 12);
  expect((await sharp(lying).metadata()).width).toBe(16);
  expect(await outcome(lying)).toBe('PICTURE_UNREADABLE');
});

test('a PNG labelled as JPEG is a PNG: nothing but the bytes is looked at (16)', async () => {
  expect(await outcome(png({ width: 8, height: 8 }))).toBe('fine');
});

test('a file above the limit of bytes is refused unread', async () => {
  expect(await outcome(Buffer.alloc(10 * MEGABYTE + 1))).toBe('PICTURE_TOO_LARGE');
});
