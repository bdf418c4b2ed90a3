import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { RAMPS } from './colors';
import { patternMask } from './patterns';

/** Pixels of a picture's side, and of the drawing on it. */
const SIDE = 420;
const DRAWN = 340;
/** White, as shops use it: cards of any colour can blend with it. */
const BACKGROUND = '#ffffff';

interface IconSet {
  readonly icons: Readonly<Record<string, { readonly body: string }>>;
}
let icons: IconSet['icons'] | undefined;

function drawingOf(name: string): string {
  icons ??= (JSON.parse(readFileSync(require.resolve('@iconify-json/fluent-emoji/icons.json'), 'utf8')) as IconSet)
    .icons;
  const icon = icons[name];
  if (!icon) throw new Error(`there is no drawing named "${name}"`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="${DRAWN}" height="${DRAWN}">${icon.body}</svg>`;
}

export interface PictureWish {
  readonly drawing: string;
  readonly color: string;
  readonly pattern: string;
}

/** A product without its background. */
export interface CutOut {
  /** RGBA, `side` × `side` pixels. */
  readonly pixels: Buffer;
  readonly side: number;
}

/** Draws a product in a colour and pattern, on nothing. The same wish gives the same pixels. */
export async function drawCutOut(wish: PictureWish): Promise<CutOut> {
  const { data, info } = await sharp(Buffer.from(drawingOf(wish.drawing)))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  tint(data, wish.color, wish.pattern, info.width);
  return { pixels: data, side: info.width };
}

/** Draws a product in a colour and pattern on white; WebP, 420 × 420. The same wish gives the same picture. */
export async function drawProduct(wish: PictureWish): Promise<Buffer> {
  const { pixels, side } = await drawCutOut(wish);
  const border = (SIDE - side) / 2;
  return sharp(pixels, { raw: { width: side, height: side, channels: 4 } })
    .extend({ top: border, bottom: border, left: border, right: border, background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .flatten({ background: BACKGROUND })
    .webp({ quality: 90 })
    .toBuffer();
}

type Rgb = readonly [number, number, number];
const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

/**
 * Maps luminance onto a colour's ramp: darkest 2 % to the dark tone, median to the middle, lightest 2 % to the light one.
 * Turning the hue instead could make neither black nor white nor grey. A pattern is mixed in where its mask says so.
 */
function tint(pixels: Buffer, color: string, pattern: string, width: number): void {
  const ramp = RAMPS[color];
  if (!ramp) throw new Error(`there is no colour ramp for "${color}"`);
  const [dark, middle, light] = ramp.map(rgb) as [Rgb, Rgb, Rgb];
  const luminance = (at: number) =>
    (0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0)) / 255;
  const seen: number[] = [];
  for (let at = 0; at < pixels.length; at += 4) if ((pixels[at + 3] ?? 0) > 128) seen.push(luminance(at));
  seen.sort((a, b) => a - b);
  const quantile = (share: number) => seen[Math.floor(share * (seen.length - 1))] ?? 0;
  const [low, mid, high] = [quantile(0.02), quantile(0.5), quantile(0.98)];
  // Patterns are white on strong colours and dark on pale ones.
  const ink: Rgb = color === 'white' || color === 'beige' || color === 'yellow' ? [40, 52, 92] : [250, 250, 248];
  for (let at = 0; at < pixels.length; at += 4) {
    const value = luminance(at);
    const isDark = value < mid;
    const [from, to] = isDark ? [dark, middle] : [middle, light];
    const share = isDark ? clamp((value - low) / (mid - low || 1)) ** 0.6 : clamp((value - mid) / (high - mid || 1));
    const pixel = at / 4;
    const mask = pattern === 'plain' ? 0 : 0.85 * patternMask(pattern, pixel % width, Math.floor(pixel / width));
    const shade = 0.45 + 0.55 * (isDark ? share : 1);
    for (let channel = 0; channel < 3; channel++) {
      const base = (from[channel] ?? 0) + ((to[channel] ?? 0) - (from[channel] ?? 0)) * share;
      pixels[at + channel] = Math.round(base * (1 - mask) + (ink[channel] ?? 0) * shade * mask);
    }
  }
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));
