import { powerOf } from './mixdown';
import { DETECTOR_FRAME } from './speech-parts';

const SPEECH = 0.6;
const NOISE = 0.1;
/** Frames of noise that are wanted for an estimate. */
const ENOUGH = 8;
/** Without them, the quietest of all frames count: the gaps between words. */
const QUIETEST = 0.05;

/**
 * Decibels by which speech at 16 kHz is louder than the noise around it, by the probability of speech in each frame of
 * 512 samples. Infinite where there is no noise; an estimate, for noise between words is louder than what is measured.
 */
export function signalToNoise(samples: Float32Array, probabilities: Float32Array): number {
  const powers = Array.from(probabilities, (_, frame) =>
    powerOf(samples.subarray(frame * DETECTOR_FRAME, (frame + 1) * DETECTOR_FRAME)),
  );
  const spoken = powers.filter((_, frame) => (probabilities[frame] ?? 0) >= SPEECH);
  if (spoken.length === 0) return 0;
  const quiet = powers.filter((_, frame) => (probabilities[frame] ?? 0) <= NOISE);
  const noise = quiet.length >= ENOUGH ? meanOf(quiet) : quantile(powers, QUIETEST);
  const speech = Math.max(0, meanOf(spoken) - noise);
  return noise === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(Math.max(1e-3, speech / noise));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
