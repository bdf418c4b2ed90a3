import { powerOf } from '../../../src/media/mixdown';
import type { EvaluationRandom } from '../../../src/training/evaluation/random';

/** What a café sounds like: six people at other tables who talk all the time, and the hum of machines and dishes. */
export function cafe(length: number, voices: readonly Float32Array[], random: EvaluationRandom): Float32Array {
  const noise = new Float32Array(length);
  for (let table = 0; table < 6; table++) {
    const voice = voices[random.below(voices.length)] as Float32Array;
    const [shift, loudness] = [random.below(voice.length), 0.5 + random.next()];
    // A room lets through less of the high tones.
    let low = 0;
    for (let at = 0; at < length; at++) {
      low += 0.45 * ((voice[(at + shift) % voice.length] as number) - low);
      noise[at] = (noise[at] as number) + loudness * low;
    }
  }
  const hum = pink(length, random);
  const share = Math.sqrt(powerOf(noise) / powerOf(hum));
  return noise.map((value, at) => value + share * (hum[at] as number));
}

/** Noise with as much power in each octave (Voss and McCartney, by Kellet's filter). */
export function pink(length: number, random: EvaluationRandom): Float32Array {
  const poles = [0.99765, 0.963, 0.57];
  const gains = [0.099046, 0.2965164, 1.0526913];
  const state = [0, 0, 0];
  return new Float32Array(length).map(() => {
    const white = random.next() * 2 - 1;
    let sum = 0.1848 * white;
    for (let n = 0; n < 3; n++) {
      state[n] = (poles[n] as number) * (state[n] as number) + (gains[n] as number) * white;
      sum += state[n] as number;
    }
    return sum;
  });
}

/** Speech with noise so many decibels below it; the power of speech is that of the samples where somebody speaks. */
export function mixed(clip: { samples: Float32Array; speech: Uint8Array }, noise: Float32Array, snr: number) {
  const spoken = clip.samples.filter((_, at) => clip.speech[at] === 1);
  const factor = Math.sqrt(powerOf(spoken) / powerOf(noise) / 10 ** (snr / 10));
  return clip.samples.map((value, at) => value + factor * (noise[at] as number));
}
