import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../src/config';
import { cleanUp, heard } from '../../../src/media/clean-up';
import { decodeRecording } from '../../../src/media/decode-recording';
import { Denoiser } from '../../../src/media/denoiser';
import { powerOf } from '../../../src/media/mixdown';
import { resampled } from '../../../src/media/resampler';
import { signalToNoise } from '../../../src/media/signal-to-noise';
import { SpeechDetector } from '../../../src/media/speech-detector';
import { DETECTOR_FRAME, speechParts } from '../../../src/media/speech-parts';
import { quantile } from '../../../src/training';
import { EvaluationRandom } from '../../../src/training/evaluation/random';
import { logSpectralDistance, pauseGain, speechOverRest } from './figures';
import { cafe, mixed } from './noise';
import { type Clip, clipOf, RATE, utterances } from './speech';

const WIDE = 48_000;
const SNRS = [0, 5, 10, 15, 20, 25, 30];
const TIMES = 5;

interface Tools {
  readonly denoiser: Denoiser;
  readonly detector: SpeechDetector;
}

/** What cleaning up does to voice notes, and how long it takes: see the lines that it writes. */
export async function benchClean(log: (line: string) => void): Promise<void> {
  benchResampler(log);
  const tools = { denoiser: await Denoiser.load(), detector: await SpeechDetector.load() };
  try {
    await benchLatency(tools, log);
    const said = utterances();
    const clips = said.map((first, at) => clipOf(first, said[(at + 1) % said.length] as Float32Array));
    await benchClean48(clips, tools, log);
    for (const snr of SNRS) await benchNoise(clips, said, snr, tools, log);
  } finally {
    await tools.detector.dispose();
  }
}

/** Tones in the passband must come through as they are, tones above the new Nyquist frequency not at all. */
function benchResampler(log: (line: string) => void): void {
  const decibels = (from: number, to: number, hertz: number): number => {
    const tone = new Float32Array(from).map((_, at) => Math.sin((2 * Math.PI * hertz * at) / from));
    const made = resampled(tone, from, to);
    return 10 * Math.log10(powerOf(made.subarray(made.length / 4, (3 * made.length) / 4)) / 0.5);
  };
  for (const [from, to] of [
    [WIDE, RATE],
    [44_100, WIDE],
    [8_000, WIDE],
    [192_000, WIDE],
  ] as const) {
    const nyquist = Math.min(from, to) / 2;
    const passed = Array.from({ length: 40 }, (_, n) => decibels(from, to, nyquist * (0.01 + (0.87 * n) / 39)));
    const stopped =
      to < from ? Array.from({ length: 20 }, (_, n) => decibels(from, to, nyquist * (1.001 + 0.05 * n))) : [];
    const ripple = Math.max(...passed.map(Math.abs)).toFixed(4);
    const most = stopped.length > 0 ? `, from 1.00 on at most ${Math.max(...stopped).toFixed(1)} dB` : '';
    log(`resampler ${from} → ${to}: flat within ${ripple} dB to 0.88 of the lower Nyquist frequency${most}`);
  }
}

async function benchClean48(clips: readonly Clip[], tools: Tools, log: (line: string) => void): Promise<void> {
  const [as, forced, right, frames] = [[] as number[], [] as number[], [0], [0]];
  for (const clip of clips) {
    const wide = resampled(clip.samples, RATE, WIDE);
    const { speech, parts } = await heard(wide, tools);
    as.push(logSpectralDistance(clip.samples, speech, clip.speech));
    const denoised = resampled(tools.denoiser.denoise(wide), WIDE, RATE);
    forced.push(logSpectralDistance(clip.samples, denoised, clip.speech));
    const [hits, all] = accuracy(parts, clip);
    right[0] = (right[0] ?? 0) + hits;
    frames[0] = (frames[0] ?? 0) + all;
  }
  log(
    `clean speech: log-spectral distance ${mean(as).toFixed(2)} dB (with RNNoise in any case ${mean(forced).toFixed(2)})`,
  );
  log(`clean speech: ${percent((right[0] ?? 0) / (frames[0] ?? 1))} of frames rightly told as speech or silence`);
}

async function benchNoise(
  clips: readonly Clip[],
  said: readonly Float32Array[],
  snr: number,
  tools: Tools,
  log: (line: string) => void,
): Promise<void> {
  const random = new EvaluationRandom(`café ${snr}`);
  const gains = { path: [] as number[], forced: [] as number[], pauses: [] as number[] };
  const distances = { noisy: [] as number[], path: [] as number[], forced: [] as number[] };
  const estimates: number[] = [];
  let [right, frames, rightAfter] = [0, 0, 0];
  for (const clip of clips) {
    const noisy = mixed(clip, cafe(clip.samples.length, said, random), snr);
    const wide = resampled(noisy, RATE, WIDE);
    const found = await heard(wide, tools);
    const denoised = resampled(tools.denoiser.denoise(wide), WIDE, RATE);
    const before = speechOverRest(clip.samples, noisy);
    gains.path.push(speechOverRest(clip.samples, found.speech) - before);
    gains.forced.push(speechOverRest(clip.samples, denoised) - before);
    gains.pauses.push(pauseGain(noisy, denoised, clip.speech));
    distances.noisy.push(logSpectralDistance(clip.samples, noisy, clip.speech));
    distances.path.push(logSpectralDistance(clip.samples, found.speech, clip.speech));
    distances.forced.push(logSpectralDistance(clip.samples, denoised, clip.speech));
    estimates.push(found.snr);
    const [hits, all] = accuracy(found.parts, clip);
    right += hits;
    frames += all;
    rightAfter += accuracy(speechParts(await tools.detector.probabilities(denoised)), clip)[0];
  }
  log(
    `café noise at ${snr} dB (taken for ${mean(estimates).toFixed(1)}): gain ${mean(gains.path).toFixed(1)} dB ` +
      `(RNNoise in any case ${mean(gains.forced).toFixed(1)}, in pauses ${mean(gains.pauses).toFixed(1)}); ` +
      `log-spectral distance ${mean(distances.noisy).toFixed(1)} → ${mean(distances.path).toFixed(1)} dB ` +
      `(in any case ${mean(distances.forced).toFixed(1)}); frames right ${percent(right / frames)} ` +
      `(after RNNoise ${percent(rightAfter / frames)})`,
  );
}

/** Frames that are rightly told apart, and all; those with an edge of an utterance inside aren't counted. */
function accuracy(parts: readonly { start: number; end: number }[], clip: Clip): [hits: number, all: number] {
  let [hits, all] = [0, 0];
  for (let start = 0; start + DETECTOR_FRAME <= clip.samples.length; start += DETECTOR_FRAME) {
    const truth = clip.speech.subarray(start, start + DETECTOR_FRAME);
    if (truth.some((spoken) => spoken !== truth[0])) continue;
    const found = parts.some((part) => part.start <= start && start < part.end);
    all++;
    if (found === (truth[0] === 1)) hits++;
  }
  return [hits, all];
}

/** Each step on the sentence of the fixtures, repeated to 5 and 60 seconds; as multiples of the recording's length. */
async function benchLatency({ denoiser, detector }: Tools, log: (line: string) => void): Promise<void> {
  const sentence = readFileSync(join(packageRoot(), 'test', 'fixtures', 'voice', 'speech.wav'));
  const data = sentence.subarray(sentence.indexOf('data', 0, 'latin1') + 8);
  for (const seconds of [5, 60]) {
    const sound = Buffer.concat(Array.from({ length: Math.ceil((seconds * 32_000) / data.length) }, () => data));
    const note = wav(sound.subarray(0, seconds * 32_000));
    const { samples } = await decodeRecording(note, { maxSeconds: 120 });
    const narrow = resampled(samples, WIDE, RATE);
    const probabilities = await detector.probabilities(narrow);
    const steps: Record<string, () => unknown> = {
      'decode WAV to 48 kHz': () => decodeRecording(note, { maxSeconds: 120 }),
      'resample to 16 kHz': () => resampled(samples, WIDE, RATE),
      'find speech': () => detector.probabilities(narrow),
      'judge noise': () => signalToNoise(narrow, probabilities),
      'take noise out, where there is': () => denoiser.denoise(samples),
      'all, without noise': () => cleanUp({ samples, seconds }, { denoiser, detector }),
    };
    for (const [name, step] of Object.entries(steps)) {
      const times: number[] = [];
      for (let n = 0; n < TIMES; n++) {
        const started = performance.now();
        await step();
        times.push(performance.now() - started);
      }
      const middle = quantile(times, 0.5);
      log(`${seconds} s, ${name}: ${middle.toFixed(0)} ms, ${(middle / 1_000 / seconds).toFixed(4)} × its length`);
    }
  }
}

/** A WAV file of one channel of 16-bit samples at 16 kHz. */
function wav(data: Buffer): Buffer {
  const header = Buffer.from('RIFF____WAVEfmt ____________________data____', 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(2 * RATE, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
