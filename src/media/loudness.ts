import { powerOf } from './mixdown';
import type { Part } from './speech-parts';

/** Decibels below full scale that speech is brought to: where telephones and recognisers expect it. */
const TARGET = -23;
/** Most decibels that quiet speech is raised by: what is quieter is noise. */
const MOST_GAIN = 40;
/** Above this, peaks bend towards, and never reach, the ceiling. */
const KNEE = 0.7;
const CEILING = 0.95;

/** What brings the speech of a recording to the usual level: a factor. */
export function gainFor(samples: Float32Array, parts: readonly Part[]): number {
  let [energy, length] = [0, 0];
  for (const { start, end } of parts) {
    const part = samples.subarray(start, end);
    energy += powerOf(part) * part.length;
    length += part.length;
  }
  if (energy === 0) return 1;
  return Math.min(10 ** (MOST_GAIN / 20), 10 ** (TARGET / 20) / Math.sqrt(energy / length));
}

/** The samples times a factor, with peaks bent so that none is clipped. */
export function amplified(samples: Float32Array, gain: number): Float32Array {
  return samples.map((value) => {
    const size = Math.abs(value * gain);
    if (size <= KNEE) return value * gain;
    const bent = KNEE + (CEILING - KNEE) * Math.tanh((size - KNEE) / (CEILING - KNEE));
    return Math.sign(value) * bent;
  });
}
