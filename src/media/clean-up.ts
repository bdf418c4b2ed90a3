import { type Speech, VitrineError } from '../domain';
import type { Decoded } from './decode-recording';
import type { Denoiser } from './denoiser';
import { amplified, gainFor } from './loudness';
import { resampled } from './resampler';
import { signalToNoise } from './signal-to-noise';
import { RATE } from './sound-collector';
import type { SpeechDetector } from './speech-detector';
import { cutToSpeech, type Part, speechParts } from './speech-parts';

/** Samples a second of what recognisers take. */
const SPEECH_RATE = 16_000;
/** Decibels of speech above noise from which nothing is taken out: the noise does less harm than the network. */
const QUIET = 22;
/** Below so many, speech is found more surely behind the network than before it. */
const LOUD = 8;
/** Most of the denoised recording in the mixture: a little of the noise hides the holes that the network tears. */
const MOST_SHARE = 0.95;

/** What cleaning up needs. */
export interface CleanUpTools {
  readonly denoiser: Denoiser;
  readonly detector: SpeechDetector;
}

/** Speech without noise, without the silence around it, at the usual level. Throws VOICE_SILENT. */
export async function cleanUp({ samples, seconds }: Decoded, tools: CleanUpTools): Promise<Speech> {
  const { speech, parts } = await heard(samples, tools);
  if (parts.length === 0) throw new VitrineError('VOICE_SILENT', 'Nobody speaks in the recording.');
  const cut = amplified(cutToSpeech(speech, parts), gainFor(speech, parts));
  return { samples: cut, rate: SPEECH_RATE, seconds };
}

/** The recording at 16 kHz, without noise where there is much of it, and where somebody speaks. */
export async function heard(
  recording: Float32Array,
  { denoiser, detector }: CleanUpTools,
): Promise<{ speech: Float32Array; parts: Part[]; snr: number }> {
  const even = centred(recording);
  const plain = resampled(even, RATE, SPEECH_RATE);
  const probabilities = await detector.probabilities(plain);
  const parts = speechParts(probabilities);
  const snr = signalToNoise(plain, probabilities);
  if (parts.length === 0 || snr >= QUIET) return { speech: plain, parts, snr };
  const quiet = resampled(denoiser.denoise(even), RATE, SPEECH_RATE);
  const share = denoisedShare(snr);
  const speech = plain.map((value, at) => value + share * ((quiet[at] ?? 0) - value));
  if (snr >= LOUD) return { speech, parts, snr };
  const found = speechParts(await detector.probabilities(speech));
  return { speech, parts: found.length > 0 ? found : parts, snr };
}

/**
 * How much of the denoised recording goes into the mixture, by decibels of speech above noise: nearly all up to 10, half at
 * 20. Chosen by `npm run bench -- voice clean`.
 */
function denoisedShare(snr: number): number {
  return Math.min(MOST_SHARE, Math.max(0, (30 - snr) / 20));
}

/** Without a constant offset, which cheap microphones add. */
function centred(samples: Float32Array): Float32Array {
  let sum = 0;
  for (const value of samples) sum += value;
  const mean = samples.length === 0 ? 0 : sum / samples.length;
  return samples.map((value) => value - mean);
}
