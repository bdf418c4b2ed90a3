import { squared } from '../../src/encoders/squared';

const flat = (width: number, height: number, [red, green, blue]: readonly [number, number, number]) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => [red, green, blue][i % 3] ?? 0),
});
const pixel = ({ data, width }: { data: Uint8Array; width: number }, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

it.each([
  [100, 50],
  [50, 100],
  [333, 77],
  [16, 8],
])('pads %d × %d with white and keeps the colour', (width, height) => {
  const square = squared(flat(width, height, [200, 30, 90]), 32);
  expect([square.width, square.height, square.data.length]).toEqual([32, 32, 32 * 32 * 3]);
  expect(pixel(square, 16, 16)).toEqual([200, 30, 90]);
  expect(pixel(square, width < height ? 0 : 16, width < height ? 16 : 0)).toEqual([255, 255, 255]);
});

it('averages areas: fine stripes become grey, not stripes', () => {
  const stripes = {
    width: 96,
    height: 96,
    data: Uint8Array.from({ length: 96 * 96 * 3 }, (_, i) => (Math.floor(i / 3) % 2) * 200),
  };
  const square = squared(stripes, 24);
  expect([...new Set(square.data)]).toEqual([100]);
});

it('keeps a picture of the right size as it is', () => {
  const picture = { width: 4, height: 4, data: Uint8Array.from({ length: 48 }, (_, i) => i * 5) };
  expect([...squared(picture, 4).data]).toEqual([...picture.data]);
});
