import sharp, { type Sharp } from 'sharp';
import { SharpPictureNormaliser, sniff } from '../../src/media';
import { faultOf } from './helpers/faults';
import { gif } from './helpers/pictures';

const normaliser = new SharpPictureNormaliser();
const flat = (width: number, height: number, background = '#c02020') =>
  sharp({ create: { width, height, channels: 3, background } });
const noise = () =>
  sharp({
    create: {
      width: 300,
      height: 300,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

async function pixel(bytes: Buffer, left: number, top: number): Promise<number[]> {
  return [...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer())];
}

function near(colour: readonly number[], expected: readonly number[], tolerance = 8): void {
  expect(colour).toHaveLength(expected.length);
  expect(Math.max(...colour.map((value, index) => Math.abs(value - (expected[index] ?? 0))))).toBeLessThanOrEqual(
    tolerance,
  );
}

test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('%s becomes a small WebP', async (format) => {
  const result = await normaliser.normalise(await flat(1_600, 800).toFormat(format).toBuffer());
  expect(sniff(result)).toBe('webp');
  expect(await sharp(result).metadata()).toMatchObject({ width: 640, height: 320, space: 'srgb', hasAlpha: false });
  near(await pixel(result, 300, 100), [0xc0, 0x20, 0x20]);
});

test('small pictures keep their size, thin ones keep a pixel', async () => {
  expect(await sharp(await normaliser.normalise(await flat(30, 20).png().toBuffer())).metadata()).toMatchObject({
    width: 30,
    height: 20,
  });
  expect(await sharp(await normaliser.normalise(await flat(1, 9_000).png().toBuffer())).metadata()).toMatchObject({
    width: 1,
    height: 640,
  });
});

test('alpha is flattened on white', async () => {
  const clear = sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
  for (const format of ['png', 'webp', 'gif', 'avif'] as const) {
    near(
      await pixel(await normaliser.normalise(await clear.clone().toFormat(format).toBuffer()), 5, 5),
      [255, 255, 255],
    );
  }
});

test.each([
  ['grey', (picture: Sharp) => picture.greyscale().png()],
  ['16 bits', (picture: Sharp) => picture.toColourspace('rgb16').png()],
  ['CMYK', (picture: Sharp) => picture.toColourspace('cmyk').jpeg()],
  ['progressive', (picture: Sharp) => picture.jpeg({ progressive: true })],
  ['palette', (picture: Sharp) => picture.png({ palette: true })],
])('%s becomes plain sRGB of 8 bits', async (_name, make) => {
  const result = await normaliser.normalise(await make(flat(40, 40, '#808080')).toBuffer());
  expect(await sharp(result).metadata()).toMatchObject({ format: 'webp', space: 'srgb', channels: 3, depth: 'uchar' });
  near(await pixel(result, 20, 20), [0x80, 0x80, 0x80], 20);
});

test('a colour profile is applied, then dropped', async () => {
  const wide = await flat(20, 20, '#20c020').withIccProfile('p3').png().toBuffer();
  expect((await sharp(wide).metadata()).icc).toBeDefined();
  const result = await normaliser.normalise(wide);
  expect((await sharp(result).metadata()).icc).toBeUndefined();
  near(await pixel(result, 10, 10), [0x20, 0xc0, 0x20]);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'EXIF orientation %i ends upright, without place or maker (18)',
  async (orientation) => {
    // Upright: 60×30, red at the top left, blue elsewhere. Stored: turned so that the orientation undoes it.
    const upright = flat(60, 30, '#0000ff').composite([
      { input: await flat(30, 15, '#ff0000').png().toBuffer(), left: 0, top: 0 },
    ]);
    const turned = await turn(await upright.png().toBuffer(), orientation);
    const exif = { IFD0: { Make: 'Spy' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' } };
    const stored = await sharp(turned).withMetadata({ orientation, exif }).jpeg({ quality: 95 }).toBuffer();
    expect(await sharp(stored).metadata()).toMatchObject({ orientation });
    expect(stored.includes('Spy')).toBe(true);

    const result = await normaliser.normalise(stored);
    const header = await sharp(result).metadata();
    expect(header).toMatchObject({ width: 60, height: 30 });
    for (const key of ['exif', 'icc', 'xmp', 'iptc', 'orientation'] as const) expect(header[key]).toBeUndefined();
    expect(result.includes('Spy')).toBe(false);
    near(await pixel(result, 8, 7), [255, 0, 0], 40);
    near(await pixel(result, 50, 7), [0, 0, 255], 40);
    near(await pixel(result, 8, 25), [0, 0, 255], 40);
  },
);

/** The inverse of what an EXIF orientation asks for: turned, then mirrored (sharp would mirror first in one go). */
async function turn(picture: Buffer, orientation: number): Promise<Buffer> {
  const degrees = { 3: 180, 5: 90, 6: 270, 7: 270, 8: 90 }[orientation] ?? 0;
  const turned = sharp(await sharp(picture).rotate(degrees).png().toBuffer());
  if (orientation === 4) turned.flip();
  if (orientation === 2 || orientation === 5 || orientation === 7) turned.flop();
  return turned.png().toBuffer();
}

test('an animation becomes its first frame', async () => {
  const result = await normaliser.normalise(gif(3));
  const header = await sharp(result).metadata();
  expect([header.width, header.height, header.pages ?? 1]).toEqual([1, 1, 1]);
});

test('a JPEG that is HTML too loses the HTML (15)', async () => {
  const html = '<html><script>alert(1)</script>';
  const whole = await flat(20, 20).jpeg().toBuffer();
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, html.length + 2]), Buffer.from(html)]);
  const polyglot = Buffer.concat([whole.subarray(0, 2), comment, whole.subarray(2), Buffer.from(html)]);
  const result = await normaliser.normalise(polyglot);
  expect(sniff(result)).toBe('webp');
  expect(result.includes('<html')).toBe(false);
  expect(result.includes('script')).toBe(false);
});

test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('a cut-off %s is unreadable (2)', async (format) => {
  const whole = await noise().toFormat(format).toBuffer();
  for (const share of [0.02, 0.5, 0.9]) {
    const fault = await faultOf(normaliser.normalise(whole.subarray(0, Math.floor(whole.length * share))));
    expect([share, fault.code]).toEqual([share, 'PICTURE_UNREADABLE']);
  }
});

test.each([
  ['an empty file (1)', Buffer.alloc(0)],
  ['text', Buffer.from('not a picture')],
  ['HTML', Buffer.from('<!doctype html><title>404</title>')],
  ['JPEG magic and nothing else', Buffer.from('ffd8ffe0', 'hex')],
  ['PNG magic and nothing else', Buffer.from('89504e470d0a1a0a', 'hex')],
])('%s is unreadable', async (_name, bytes) => {
  expect((await faultOf(normaliser.normalise(bytes))).code).toBe('PICTURE_UNREADABLE');
});

test('many at once are all done', async () => {
  const bytes = await flat(200, 200).png().toBuffer();
  const results = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      index % 3 === 0 ? faultOf(normaliser.normalise(bytes.subarray(0, 60))) : normaliser.normalise(bytes),
    ),
  );
  expect(results.filter(Buffer.isBuffer)).toHaveLength(8);
});
