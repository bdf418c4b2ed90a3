import sharp from 'sharp';
import { drawCutOut, type PictureWish } from './drawing';
import type { SeededRandom } from './random';

/** The side of a scene, in pixels. */
const SIDE = 480;

/**
 * A drawing of the demo as a telephone might see it: on another background (plain, graded or restless), at another size
 * and place, turned, in other light, a little blurred, as a JPEG.
 */
export async function photographed(wish: PictureWish, random: SeededRandom): Promise<Buffer> {
  const { pixels, side } = await drawCutOut(wish);
  // Turned by 15°, a square is 1.23 times as wide: it must still fit.
  const size = Math.round(SIDE * (0.45 + 0.35 * random.next()));
  const thing = await sharp(pixels, { raw: { width: side, height: side, channels: 4 } })
    .resize(size, size)
    .rotate(Math.round(30 * random.next() - 15), { background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png()
    .toBuffer({ resolveWithObject: true });
  const place = (length: number) => Math.max(0, Math.round((SIDE - length) * (0.25 + 0.5 * random.next())));
  const left = place(thing.info.width);
  const top = place(thing.info.height);
  const scene = await sharp(await background(random))
    .composite([{ input: thing.data, left, top }])
    .png()
    .toBuffer();
  const lit = sharp(scene).modulate({ brightness: 0.75 + 0.45 * random.next() });
  const blurred = random.next() < 0.5 ? lit : lit.blur(0.4 + 0.9 * random.next());
  return blurred.jpeg({ quality: 45 + Math.floor(45 * random.next()) }).toBuffer();
}

async function background(random: SeededRandom): Promise<Buffer> {
  const tone = () => Math.floor(90 + 165 * random.next());
  const hex = () => `#${[tone(), tone(), tone()].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  const kind = random.next();
  if (kind < 0.4) {
    return sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: hex() } })
      .png()
      .toBuffer();
  }
  if (kind < 0.7) {
    const stops = `<stop offset="0" stop-color="${hex()}"/><stop offset="1" stop-color="${hex()}"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><linearGradient id="g" x2="${random.next().toFixed(2)}" y2="1">${stops}</linearGradient><rect width="100%" height="100%" fill="url(#g)"/></svg>`;
    return sharp(Buffer.from(svg)).png().toBuffer();
  }
  // Blotches of a few colours, as a carpet or a shelf out of focus.
  const cells = 9;
  const data = Uint8Array.from({ length: cells * cells * 3 }, tone);
  return sharp(data, { raw: { width: cells, height: cells, channels: 3 } })
    .resize(SIDE, SIDE, { kernel: 'cubic' })
    .png()
    .toBuffer();
}
