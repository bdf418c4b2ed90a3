import type { DecodedPicture } from '../domain';

/** Shares of the pixels that may become pure black and pure white. */
const DARKEST = 0.01;
const LIGHTEST = 0.99;
/** Luminance (0–255) that the light end of a well exposed photo reaches. */
const LIGHT_ENOUGH = 165;
const TARGET = 240;
/** Beyond these a photo shows its noise rather than its subject. */
const MOST_GAIN = 2.5;
const MOST_BLACK = 40;

/**
 * Auto-levels: where there was little light, luminance is spread between its 1st and its 99th percentile, all channels by the
 * same steps so that hues stay. A photo that is well exposed comes back as it is.
 */
export function levelled(picture: DecodedPicture): DecodedPicture {
  const histogram = luminances(picture);
  const total = picture.width * picture.height;
  const [dark, light] = [quantile(histogram, total * DARKEST), quantile(histogram, total * LIGHTEST)];
  if (light >= LIGHT_ENOUGH) return picture;
  const black = Math.min(dark, MOST_BLACK);
  const gain = Math.min(MOST_GAIN, TARGET / Math.max(1, light - black));
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.max(0, Math.min(255, Math.round((value - black) * gain))),
  );
  return { ...picture, data: picture.data.map((value) => table[value] ?? value) };
}

/** How many pixels have each luminance (Rec. 601, 0–255). */
function luminances({ data }: DecodedPicture): Uint32Array {
  const histogram = new Uint32Array(256);
  for (let at = 0; at + 2 < data.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
    const luminance = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    histogram[luminance] = (histogram[luminance] ?? 0) + 1;
  }
  return histogram;
}

/** The luminance up to which `count` pixels lie. */
function quantile(histogram: Uint32Array, count: number): number {
  let sum = 0;
  for (let value = 0; value < 256; value++) {
    sum += histogram[value] ?? 0;
    if (sum >= count) return value;
  }
  return 255;
}
