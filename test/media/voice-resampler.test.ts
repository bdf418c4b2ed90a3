import { mixdown, powerOf } from '../../src/media/mixdown';
import { joined, Resampler, resampled } from '../../src/media/resampler';

const tone = (rate: number, hertz: number, seconds = 0.5) =>
  new Float32Array(rate * seconds).map((_, at) => Math.sin((2 * Math.PI * hertz * at) / rate));
/** Decibels of the middle, where neither end is felt. */
const level = (samples: Float32Array) =>
  10 * Math.log10(2 * powerOf(samples.subarray(samples.length / 4, (3 * samples.length) / 4)));

test.each([
  [48_000, 16_000],
  [44_100, 48_000],
  [8_000, 48_000],
  [11_025, 48_000],
  [192_000, 48_000],
  [7_999, 48_000],
])('%i → %i: tones below 0.88 of the lower Nyquist frequency come through, those above it do not', (from, to) => {
  const nyquist = Math.min(from, to) / 2;
  for (const share of [0.02, 0.3, 0.6, 0.87]) {
    expect(Math.abs(level(resampled(tone(from, share * nyquist), from, to)))).toBeLessThan(0.02);
  }
  if (to < from) {
    for (const share of [1.001, 1.1, 1.7]) {
      expect(level(resampled(tone(from, share * nyquist), from, to))).toBeLessThan(-80);
    }
  }
});

test('the output is aligned with the input and as long', () => {
  for (const [from, to] of [
    [16_000, 48_000],
    [44_100, 16_000],
  ] as const) {
    const made = resampled(tone(from, 440), from, to);
    expect(made.length).toBe(to / 2);
    const wanted = tone(to, 440);
    for (let at = 1_000; at < made.length - 1_000; at += 37) expect(made[at]).toBeCloseTo(wanted[at] as number, 3);
  }
});

test('pieces of any size, and a copy from the middle, come to the same', () => {
  const input = tone(44_100, 1_000);
  const whole = resampled(input, 44_100, 48_000);
  let resampler = new Resampler(44_100, 48_000);
  const pieces: Float32Array[] = [];
  for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7) % 1_009 || 1) {
    if (at > input.length / 2) resampler = resampler.copy();
    pieces.push(resampler.push(input.subarray(at, at + size)));
  }
  pieces.push(resampler.end());
  expect(joined(pieces)).toEqual(whole);
  expect(resampled(new Float32Array(0), 44_100, 48_000).length).toBe(0);
});

test('a dead side does not halve the level, and opposite sides do not cancel', () => {
  const left = tone(8_000, 200);
  expect(mixdown([left, new Float32Array(left.length)])).toEqual(left);
  expect(mixdown([new Float32Array(left.length), left])).toEqual(left);
  expect(powerOf(mixdown([left, left.map((value) => -value)]))).toBeCloseTo(powerOf(left), 5);
  expect(powerOf(mixdown([left, left.map((value) => value / 2)]))).toBeCloseTo(powerOf(left) * 0.75 ** 2, 5);
  expect(mixdown([])).toEqual(new Float32Array(0));
});
