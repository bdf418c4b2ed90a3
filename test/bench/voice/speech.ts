import { spawnSync } from 'node:child_process';
import { resampled } from '../../../src/media/resampler';

export const RATE = 16_000;

/** What is said, by voice; no word of it is looked at. */
const SAID: readonly (readonly [voice: string, text: string])[] = [
  ['en-us', 'Show me red running shoes that cost less than fifty dollars'],
  ['en-gb', 'I would like a warm winter coat in dark green, size forty two'],
  ['es', 'Busco una camiseta blanca de algodón para mi hija'],
  ['fr', 'Je cherche une robe bleue avec des manches longues'],
  ['de', 'Ich suche eine schwarze Lederjacke für den Herbst'],
  ['ru', 'Покажите мне красные кроссовки для бега недорого'],
  ['zh', '我想买一双红色的跑步鞋'],
  ['en+f3', 'Do you have this bag in brown, or perhaps in a darker colour'],
];

/** Throws, and says what is missing, where no speech can be made on this machine. */
export function utterances(): Float32Array[] {
  return SAID.map(([voice, text]) => {
    const { stdout, error } = spawnSync('espeak-ng', ['-v', voice, '-s', '155', '--stdout', text], { maxBuffer: 1e8 });
    if (error || stdout.length < 1_000)
      throw new Error('espeak-ng is not installed: there is no speech to measure with');
    return spoken(stdout);
  });
}

/** The sound of a WAV file of 16-bit samples, at 16 kHz, its peak at half of full scale, without the silence around it. */
function spoken(wav: Buffer): Float32Array {
  const rate = wav.readUInt32LE(24);
  const data = wav.indexOf('data', 0, 'latin1') + 8;
  const samples = new Float32Array((wav.length - data) >> 1).map((_, at) => wav.readInt16LE(data + 2 * at) / 32_768);
  const even = resampled(samples, rate, RATE);
  const peak = even.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const loud = (value: number) => Math.abs(value) > 0.02 * peak;
  const first = even.findIndex(loud);
  const last = even.length - 1 - [...even].reverse().findIndex(loud);
  return even.slice(first, last + 1).map((value) => (value / peak) * 0.5);
}

/** A recording with two utterances, and where they are. */
export interface Clip {
  readonly samples: Float32Array;
  /** For each sample, 1 where somebody speaks. */
  readonly speech: Uint8Array;
}

/** One second of silence, an utterance, 1.2 seconds of silence, another one, 0.8 seconds of silence. */
export function clipOf(first: Float32Array, second: Float32Array): Clip {
  const starts = [RATE, RATE + first.length + 1.2 * RATE];
  const samples = new Float32Array((starts[1] as number) + second.length + 0.8 * RATE);
  const speech = new Uint8Array(samples.length);
  for (const [index, utterance] of [first, second].entries()) {
    const start = starts[index] as number;
    samples.set(utterance, start);
    speech.fill(1, start, start + utterance.length);
  }
  return { samples, speech };
}
