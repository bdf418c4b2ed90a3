import type { DecodedPicture } from '../domain';

/**
 * Centres of the colour names in CIE Lab (D65); several for names that are wide. The same as those that the image encoder's
 * recipe names colours by.
 */
const CENTRES: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  black: [
    [12, 0, 0],
    [25, 0, -2],
  ],
  white: [
    [95, 0, 0],
    [88, 0, 2],
  ],
  grey: [
    [50, 0, 0],
    [65, 0, -1],
    [38, 0, -1],
    [76, 0, 0],
  ],
  red: [
    [45, 62, 40],
    [32, 45, 25],
    [38, 55, 30],
  ],
  orange: [
    [63, 42, 60],
    [68, 30, 55],
  ],
  yellow: [
    [85, 0, 70],
    [75, 8, 60],
    [88, -3, 45],
  ],
  green: [
    [50, -38, 28],
    [35, -20, 15],
    [70, -30, 40],
    [42, -12, 20],
    [45, -30, 0],
    [70, -28, 5],
  ],
  blue: [
    [38, 10, -45],
    [22, 5, -22],
    [60, -8, -30],
    [35, 0, -20],
    [50, -3, -22],
    [75, -8, -18],
  ],
  purple: [
    [35, 38, -38],
    [28, 22, -22],
    [60, 25, -28],
  ],
  pink: [
    [70, 38, 2],
    [80, 20, 4],
    [58, 58, 0],
    [75, 25, 12],
  ],
  brown: [
    [35, 16, 22],
    [25, 10, 12],
    [45, 16, 26],
  ],
  beige: [
    [78, 4, 18],
    [68, 6, 20],
    [85, 3, 12],
  ],
};
/** Lightness counts less than hue: shade and folds change it. */
const LIGHTNESS = 0.6;
/** The picture is sampled at most this densely on a side. */
const SIDE = 48;
/** Squared distance in Lab from which a pixel is no background. */
const UNLIKE = 14 ** 2;
/** What stands out must be this share of the picture; else the middle speaks for it. */
const LEAST = 0.06;

type Lab = readonly [number, number, number];

/**
 * Share of each of the twelve colour names among the pixels of what the picture shows: those unlike its border, weighted by
 * how near the middle they are.
 */
export function colorShares(picture: DecodedPicture): ReadonlyMap<string, number> {
  const pixels = samples(picture);
  const border = pixels.filter(({ edge }) => edge).map(({ lab }) => lab);
  const background: Lab = [median(border, 0), median(border, 1), median(border, 2)];
  const standing = pixels.filter(({ lab }) => distance(lab, background) > UNLIKE);
  const counted = standing.length >= LEAST * pixels.length ? standing : pixels;
  const shares = new Map<string, number>();
  let total = 0;
  for (const { lab, weight } of counted) {
    const name = nameOf(lab);
    shares.set(name, (shares.get(name) ?? 0) + weight);
    total += weight;
  }
  return new Map([...shares].map(([name, share]) => [name, share / total]));
}

function samples({ data, width, height }: DecodedPicture): { lab: Lab; weight: number; edge: boolean }[] {
  const [columns, rows] = [Math.min(SIDE, width), Math.min(SIDE, height)];
  return Array.from({ length: columns * rows }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const [x, y] = [Math.floor(((column + 0.5) * width) / columns), Math.floor(((row + 0.5) * height) / rows)];
    const at = (y * width + x) * 3;
    const [dx, dy] = [(column + 0.5) / columns - 0.5, (row + 0.5) / rows - 0.5];
    return {
      lab: labOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0),
      weight: Math.exp(-(dx * dx + dy * dy) / (2 * 0.25 ** 2)),
      edge: column === 0 || row === 0 || column === columns - 1 || row === rows - 1,
    };
  });
}

function nameOf(lab: Lab): string {
  let best = '';
  let least = Number.POSITIVE_INFINITY;
  for (const [name, centres] of Object.entries(CENTRES)) {
    for (const centre of centres) {
      const far = distance(lab, centre);
      if (far < least) [best, least] = [name, far];
    }
  }
  return best;
}

function distance(a: Lab, b: Lab): number {
  return (LIGHTNESS * (a[0] - b[0])) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

function median(values: readonly Lab[], channel: 0 | 1 | 2): number {
  const sorted = values.map((lab) => lab[channel]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** sRGB (0–255) to CIE Lab under D65. */
function labOf(red: number, green: number, blue: number): Lab {
  const linear = (value: number) => (value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
