import type { DecodedPicture } from '../domain';
import { cropped, shrunk } from './pixels';

/** The picture is looked at this small. */
const SIDE = 64;
/** Squared distance of colour (Lab-like, see `distance`) from which a pixel is no background. */
const UNLIKE = 26 ** 2;
/** Share of the border that must look like the background. */
const CALM = 0.8;
/**
 * A subject covers this share of the picture with its box, and fills this share of its box. One that covers more needs no
 * crop: on the validation photos of clothes cropping to it loses more than it wins.
 */
const LEAST_AREA = 0.02;
const MOST_AREA = 0.2;
const LEAST_FILL = 0.3;
/** Room left around the subject, as a share of the box's longer side. */
const MARGIN = 0.3;
/** A part counts beside the largest when it is this share of it: two shoes are one subject. */
const COUNTS = 0.25;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Crops to what stands out from an even background, by background estimation: the border's median colour, what is unlike
 * it, the box around the largest connected part and those like it in size. Only on clear evidence (an even border, a compact
 * part that doesn't run out of the picture); any other picture comes back as it is.
 */
export function subjectOf(picture: DecodedPicture): DecodedPicture {
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  if (width < 8 || height < 8) return picture;
  const small = shrunk(picture, width, height);
  const unlike = unlikeBorder(small);
  const box = unlike && boxOf(unlike, width, height);
  if (!box) return picture;
  const margin = MARGIN * Math.max(box.right - box.left, box.bottom - box.top);
  return cropped(picture, {
    left: (box.left - margin) / width,
    top: (box.top - margin) / height,
    right: (box.right + margin) / width,
    bottom: (box.bottom + margin) / height,
  });
}

/** Which pixels are unlike the border, or undefined where the border is not even. */
function unlikeBorder(picture: DecodedPicture): Uint8Array | undefined {
  const border = borderOf(picture);
  const background = [0, 1, 2].map((channel) => median(border.map((pixel) => picture.data[pixel * 3 + channel] ?? 0)));
  const far = (pixel: number) => distance(picture.data, pixel * 3, background) > UNLIKE;
  if (border.filter((pixel) => !far(pixel)).length < CALM * border.length) return undefined;
  return Uint8Array.from({ length: picture.width * picture.height }, (_, pixel) => (far(pixel) ? 1 : 0));
}

/** Pixels of the outermost ring. */
function borderOf({ width, height }: DecodedPicture): number[] {
  const pixels: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) pixels.push(y * width + x);
    }
  }
  return pixels;
}

/** Squared; lightness counts half as much as colour, for shadows lie on backgrounds. */
function distance(data: Uint8Array, at: number, [red = 0, green = 0, blue = 0]: readonly number[]): number {
  const r = (data[at] ?? 0) - red;
  const g = (data[at + 1] ?? 0) - green;
  const b = (data[at + 2] ?? 0) - blue;
  const light = (r + g + b) / 3;
  return (0.5 * light) ** 2 + ((r - light) ** 2 + (g - light) ** 2 + (b - light) ** 2);
}

function boxOf(unlike: Uint8Array, width: number, height: number): Box | undefined {
  const parts = partsOf(unlike, width, height);
  const largest = Math.max(0, ...parts.map(({ pixels }) => pixels));
  const counted = parts.filter(({ pixels }) => pixels >= COUNTS * largest);
  if (counted.length === 0) return undefined;
  const box = {
    left: Math.min(...counted.map((part) => part.left)),
    top: Math.min(...counted.map((part) => part.top)),
    right: Math.max(...counted.map((part) => part.right)),
    bottom: Math.max(...counted.map((part) => part.bottom)),
  };
  const area = (box.right - box.left) * (box.bottom - box.top);
  const filled = counted.reduce((sum, { pixels }) => sum + pixels, 0) / area;
  const share = area / (width * height);
  const runsOut = box.left === 0 || box.top === 0 || box.right === width || box.bottom === height;
  if (runsOut || share < LEAST_AREA || share > MOST_AREA || filled < LEAST_FILL) return undefined;
  return box;
}

/** Connected parts (four neighbours) with their boxes; `right` and `bottom` lie just outside. */
function partsOf(unlike: Uint8Array, width: number, height: number): (Box & { pixels: number })[] {
  const seen = new Uint8Array(unlike.length);
  const parts: (Box & { pixels: number })[] = [];
  for (let start = 0; start < unlike.length; start++) {
    if (!unlike[start] || seen[start]) continue;
    const part = { left: width, top: height, right: 0, bottom: 0, pixels: 0 };
    const stack = [start];
    seen[start] = 1;
    for (let pixel = stack.pop(); pixel !== undefined; pixel = stack.pop()) {
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      part.pixels++;
      part.left = Math.min(part.left, x);
      part.top = Math.min(part.top, y);
      part.right = Math.max(part.right, x + 1);
      part.bottom = Math.max(part.bottom, y + 1);
      const neighbours = [x > 0 && pixel - 1, x < width - 1 && pixel + 1, pixel - width, pixel + width];
      for (const next of neighbours) {
        if (next === false || !unlike[next] || seen[next]) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    parts.push(part);
  }
  return parts;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
