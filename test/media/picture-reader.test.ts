import sharp from 'sharp';
import type { DecodedPicture } from '../../src/domain';
import { SharpPictureReader } from '../../src/media';
import { faultOf } from './helpers/faults';

const reader = new SharpPictureReader();

/** A rectangle of one colour on a background, in shares of the side. */
function scene(background: string, thing: string, box = { left: 0.1, top: 0.55, width: 0.25, height: 0.3 }) {
  const side = 400;
  const part = Object.fromEntries(Object.entries(box).map(([name, share]) => [name, Math.round(share * side)]));
  const { width = 0, height = 0, left = 0, top = 0 } = part;
  return sharp({ create: { width: side, height: side, channels: 3, background } }).composite([
    { input: { create: { width, height, channels: 3, background: thing } }, left, top },
  ]);
}

const pixel = ({ data, width }: DecodedPicture, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

function near(actual: readonly number[], expected: readonly number[], tolerance = 6): void {
  expect(Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] ?? 0))))).toBeLessThanOrEqual(tolerance);
}

it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('decodes %s: RGB, inside 512 pixels', async (format) => {
  const big = sharp({ create: { width: 1_200, height: 600, channels: 3, background: '#c02020' } });
  const picture = await reader.read(await big.toFormat(format).toBuffer());
  expect([picture.width, picture.height]).toEqual([512, 256]);
  expect(picture.data.length).toBe(512 * 256 * 3);
  near(pixel(picture, 200, 100), [0xc0, 0x20, 0x20], 8);
});

it('reads grey, CMYK, 16 bits and transparent pictures as RGB on white', async () => {
  const red = sharp({ create: { width: 40, height: 30, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0 } } });
  near(pixel(await reader.read(await red.clone().png().toBuffer()), 5, 5), [255, 255, 255]);
  const opaque = scene('#808080', '#808080');
  for (const bytes of [
    await opaque.clone().greyscale().png().toBuffer(),
    await opaque.clone().toColourspace('cmyk').jpeg().toBuffer(),
    await opaque.clone().toColourspace('rgb16').png().toBuffer(),
  ]) {
    const picture = await reader.read(bytes);
    expect(picture.data.length).toBe(picture.width * picture.height * 3);
    near(pixel(picture, 5, 5), [128, 128, 128], 16);
  }
});

it('turns a photo upright, whichever of the eight ways the camera was held', async () => {
  const upright = await scene('#ffffff', '#2040c0').png().toBuffer();
  // What each orientation does to an upright picture, undone by the reader.
  const held: Readonly<Record<number, (picture: sharp.Sharp) => sharp.Sharp>> = {
    1: (picture) => picture,
    2: (picture) => picture.flop(),
    3: (picture) => picture.rotate(180),
    4: (picture) => picture.flip(),
    5: (picture) => picture.rotate(270).flop(),
    6: (picture) => picture.rotate(270),
    7: (picture) => picture.rotate(90).flop(),
    8: (picture) => picture.rotate(90),
  };
  const expected = await reader.read(upright);
  for (const [orientation, hold] of Object.entries(held)) {
    const turned = await hold(sharp(upright)).png().toBuffer();
    const photo = await sharp(turned)
      .withMetadata({ orientation: Number(orientation) })
      .jpeg({ quality: 95 })
      .toBuffer();
    const picture = await reader.read(photo);
    const unlike = picture.data.filter((value, at) => Math.abs(value - (expected.data[at] ?? 0)) > 60).length;
    expect({ orientation, unlike: unlike / picture.data.length < 0.02 }).toEqual({ orientation, unlike: true });
  }
});

it('refuses what is no picture and what is cut off', async () => {
  const jpeg = await scene('#ffffff', '#2040c0').jpeg().toBuffer();
  const cut = jpeg.subarray(0, jpeg.length / 2);
  for (const bytes of [Buffer.alloc(0), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), cut]) {
    expect((await faultOf(reader.read(bytes))).code).toBe('PICTURE_UNREADABLE');
  }
});

describe('cleaning up', () => {
  const read = async (picture: sharp.Sharp) => reader.read(await picture.png().toBuffer());

  it('crops to a thing on an even background', async () => {
    const photo = await read(scene('#d8d0c8', '#203060'));
    const cleaned = reader.cleanUp(photo);
    expect(cleaned.width).toBeLessThan(photo.width * 0.5);
    expect(cleaned.height).toBeLessThan(photo.height * 0.6);
    near(pixel(cleaned, Math.floor(cleaned.width / 2), Math.floor(cleaned.height / 2)), [0x20, 0x30, 0x60]);
    // The whole thing is still there: background on all sides.
    near(pixel(cleaned, 1, 1), [0xd8, 0xd0, 0xc8]);
    near(pixel(cleaned, cleaned.width - 2, cleaned.height - 2), [0xd8, 0xd0, 0xc8]);
  });

  it('leaves what fills the picture, runs out of it, or lies on something restless', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 70 } as const;
    const restless = sharp({ create: { width: 64, height: 64, channels: 3, background: '#000', noise } }).resize(
      400,
      400,
      {
        kernel: 'nearest',
      },
    );
    for (const picture of [
      scene('#ffffff', '#203060', { left: 0.05, top: 0.05, width: 0.9, height: 0.9 }),
      scene('#ffffff', '#203060', { left: 0, top: 0.3, width: 0.4, height: 0.4 }),
      scene('#ffffff', '#ffffff'),
      restless,
    ]) {
      const photo = await read(picture);
      expect(reader.cleanUp(photo) === photo).toBe(true);
    }
  });

  it('spreads the levels of a dark photo and keeps hues', async () => {
    const photo = await read(scene('#303030', '#501008', { left: 0.05, top: 0.05, width: 0.9, height: 0.9 }));
    const cleaned = reader.cleanUp(photo);
    const [red = 0, green = 0, blue = 0] = pixel(cleaned, 200, 200);
    expect(red).toBeGreaterThan(0x50 * 1.3);
    expect(red).toBeGreaterThan(3 * green);
    expect(green).toBeGreaterThanOrEqual(blue);
  });

  it('leaves a well exposed photo', async () => {
    const photo = await read(scene('#f0f0f0', '#101010', { left: 0.02, top: 0.02, width: 0.7, height: 0.96 }));
    expect(reader.cleanUp(photo) === photo).toBe(true);
  });
});
