import { amplified, gainFor } from '../../src/media/loudness';
import { signalToNoise } from '../../src/media/signal-to-noise';
import { cutToSpeech, DETECTOR_FRAME, speechParts } from '../../src/media/speech-parts';
import { EvaluationRandom } from '../../src/training/evaluation/random';

const FRAME = DETECTOR_FRAME;

test('speech begins above one probability and goes on above a lower one; clicks are none, short pauses are part of it', () => {
  const probabilities = Float32Array.from([
    0, 0.9, 0, 0, 0, 0, 0, 0.6, 0.4, 0.36, 0.1, 0.2, 0.7, 0.7, 0, 0, 0, 0, 0, 0.4, 0.4, 0.4, 0, 0,
  ]);
  expect(speechParts(probabilities)).toEqual([{ start: 7 * FRAME, end: 14 * FRAME }]);
  expect(speechParts(new Float32Array(0))).toEqual([]);
});

test('ends are cut to a margin of 0.2 s, and pauses to two', () => {
  const samples = new Float32Array(160_000).map((_, at) => at);
  const one = cutToSpeech(samples, [{ start: 16_000, end: 32_000 }]);
  expect([one[0], one.at(-1), one.length]).toEqual([12_800, 35_199, 22_400]);
  const two = cutToSpeech(samples, [
    { start: 0, end: 16_000 },
    { start: 80_000, end: 160_000 },
  ]);
  expect(two.length).toBe(16_000 + 2 * 3_200 + 80_000);
  expect([two[0], two.at(-1)]).toEqual([0, 159_999]);
  const near = cutToSpeech(samples, [
    { start: 16_000, end: 20_000 },
    { start: 22_000, end: 30_000 },
  ]);
  expect(near).toEqual(samples.subarray(12_800, 33_200));
});

test('two parts pass into each other without a click', () => {
  const samples = new Float32Array(160_000).map((_, at) => Math.sin(at / 50));
  const cut = cutToSpeech(samples, [
    { start: 16_000, end: 32_011 },
    { start: 80_000, end: 96_000 },
  ]);
  const steps = Array.from(cut.subarray(1), (value, at) => Math.abs(value - (cut[at] as number)));
  expect(Math.max(...steps)).toBeLessThan(0.06);
});

test('speech is brought to -23 dB below full scale, and no peak is clipped', () => {
  const samples = new Float32Array(32_000).map((_, at) => (at < 16_000 ? 0.001 * Math.sin(at / 5) : 0));
  const gain = gainFor(samples, [{ start: 0, end: 16_000 }]);
  const power = amplified(samples, gain).reduce((sum, value) => sum + value * value, 0) / 16_000;
  expect(10 * Math.log10(power)).toBeCloseTo(-23, 1);
  expect(gainFor(new Float32Array(10).fill(1e-6), [{ start: 0, end: 10 }])).toBeCloseTo(100, 5);
  expect(gainFor(new Float32Array(10), [{ start: 0, end: 10 }])).toBe(1);
  const loud = amplified(Float32Array.of(0.5, -0.8, 3, -100), 1);
  expect(loud[0]).toBe(0.5);
  expect(Math.max(...loud.map(Math.abs))).toBeLessThanOrEqual(0.951);
});

test.each([0, 10, 20, 30])('noise %i dB below speech is taken for about that', (decibels) => {
  const random = new EvaluationRandom(`noise ${decibels}`);
  const probabilities = Float32Array.from({ length: 100 }, (_, frame) => (frame >= 40 && frame < 80 ? 0.95 : 0.02));
  const speech = 10 ** (decibels / 20);
  const samples = new Float32Array(100 * FRAME).map((_, at) => {
    const spoken = (probabilities[Math.floor(at / FRAME)] as number) > 0.5;
    return (random.next() - 0.5) * 0.02 + (spoken ? (random.next() - 0.5) * 0.02 * speech : 0);
  });
  expect(Math.abs(signalToNoise(samples, probabilities) - decibels)).toBeLessThan(1);
});

test('without noise the ratio is infinite, without speech it is nothing', () => {
  const probabilities = Float32Array.from({ length: 40 }, (_, frame) => (frame < 20 ? 0 : 1));
  const samples = new Float32Array(40 * FRAME).map((_, at) => (at < 20 * FRAME ? 0 : 0.1));
  expect(signalToNoise(samples, probabilities)).toBe(Number.POSITIVE_INFINITY);
  expect(signalToNoise(samples, new Float32Array(40))).toBe(0);
});
