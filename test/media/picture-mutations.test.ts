import sharp from 'sharp';
import { VitrineError } from '../../src/domain';
import { SharpPictureNormaliser, SharpPictureReader, sniff } from '../../src/media';
import { EvaluationRandom } from '../../src/training/evaluation/random';
import { MEGABYTE, peakMemory } from './helpers/faults';
import { mutated } from './helpers/mutations';

const EACH = 400;
const SEED = 5;
const reader = new SharpPictureReader();
const normaliser = new SharpPictureNormaliser();

/** A photo of a thing on a restless background, so that there is something to compress; the same at every run. */
function photo(): sharp.Sharp {
  const random = new EvaluationRandom('background');
  const [width, height] = [96, 64];
  const restless = Uint8Array.from({ length: width * height * 3 }, () => random.below(256));
  const thing = { create: { width: 40, height: 30, channels: 3, background: '#c02020' } } as const;
  return sharp(restless, { raw: { width, height, channels: 3 } }).composite([{ input: thing, left: 30, top: 20 }]);
}

/** `picture` where it ends in a whole one within its limits, the code of a VitrineError otherwise; fails for anything else. */
async function ending(work: Promise<{ width: number; height: number }>, side: number): Promise<string> {
  try {
    const { width, height } = await work;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
    expect(Math.max(width, height)).toBeLessThanOrEqual(side);
    return 'picture';
  } catch (error) {
    if (error instanceof VitrineError) return error.code;
    throw error;
  }
}

async function read(bytes: Buffer): Promise<{ width: number; height: number }> {
  const picture = await reader.read(bytes);
  expect(picture.data.length).toBe(picture.width * picture.height * 3);
  return picture;
}

async function normalise(bytes: Buffer): Promise<{ width: number; height: number }> {
  const stored = await normaliser.normalise(bytes);
  expect(sniff(stored)).toBe('webp');
  return sharp(stored).metadata();
}

test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
  `${EACH} mutations of a %s each end in a picture or a clear error, and leave the decoders well`,
  async (format) => {
    const whole = await photo()
      .toFormat(format)
      .withMetadata({ orientation: 6, exif: { IFD0: { Make: 'Maker' } } })
      .toBuffer();
    const random = new EvaluationRandom(`${SEED} ${format}`);
    const mutations = Array.from({ length: EACH }, () => mutated(whole, random));
    const before = await reader.read(whole);
    const endings = new Map<string, number>();
    const needed = await peakMemory(async () => {
      for (const bytes of mutations) {
        for (const end of [await ending(read(bytes), 512), await ending(normalise(bytes), 640)]) {
          endings.set(end, (endings.get(end) ?? 0) + 1);
        }
      }
    });
    expect(needed).toBeLessThan(300 * MEGABYTE);
    expect(
      [...endings.keys()].filter((end) => !['picture', 'PICTURE_UNREADABLE', 'PICTURE_TOO_LARGE'].includes(end)),
    ).toEqual([]);
    // Decoders were reached: neither do all files end at the magic bytes, nor do all faults go unnoticed.
    expect(endings.get('picture')).toBeGreaterThan(0);
    expect(endings.get('PICTURE_UNREADABLE')).toBeGreaterThan(0);
    const after = await reader.read(whole);
    expect(Buffer.compare(after.data, before.data)).toBe(0);
  },
);
