/** Samples of a frame of the detector at 16 kHz: 32 ms. */
export const DETECTOR_FRAME = 512;

/** Speech begins above the one probability and goes on above the other. */
const BEGINS = 0.5;
const GOES_ON = 0.35;
/** Frames of 32 ms: shorter speech is a click, a shorter pause is none. */
const LEAST_SPEECH = 3;
const LEAST_PAUSE = 4;
/** Samples at 16 kHz that are kept before and after speech, for soft beginnings and ends: 0.2 s. */
const MARGIN = 3_200;
/** Samples over which two parts pass into each other: 5 ms. */
const SEAM = 80;

/** A part of a recording, in samples at 16 kHz. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** Where speech is, by the probability of each frame of 512 samples. */
export function speechParts(probabilities: Float32Array): Part[] {
  const runs: { start: number; end: number }[] = [];
  let speaking = false;
  probabilities.forEach((probability, frame) => {
    speaking = probability >= (speaking ? GOES_ON : BEGINS);
    const last = runs.at(-1);
    if (!speaking) return;
    if (last && frame - last.end < LEAST_PAUSE) last.end = frame + 1;
    else runs.push({ start: frame, end: frame + 1 });
  });
  return runs
    .filter(({ start, end }) => end - start >= LEAST_SPEECH)
    .map(({ start, end }) => ({ start: start * DETECTOR_FRAME, end: end * DETECTOR_FRAME }));
}

/** The speech with a margin around each part: silence at the ends is gone, and pauses last no more than two margins. */
export function cutToSpeech(samples: Float32Array, parts: readonly Part[]): Float32Array {
  const kept: { start: number; end: number }[] = [];
  for (const part of parts) {
    const [start, end] = [Math.max(0, part.start - MARGIN), Math.min(samples.length, part.end + MARGIN)];
    const last = kept.at(-1);
    if (last && start - last.end < SEAM) last.end = end;
    else kept.push({ start, end });
  }
  const output = new Float32Array(kept.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (const [index, { start, end }] of kept.entries()) {
    output.set(samples.subarray(start, end), at);
    if (index > 0) fade(output, at, samples, start);
    at += end - start;
  }
  return output;
}

/** What precedes a part in the recording rises behind the end of the part before, so that no click is heard. */
function fade(output: Float32Array, at: number, samples: Float32Array, start: number): void {
  for (let n = 1; n <= SEAM; n++) {
    const place = at - n;
    const share = n / (SEAM + 1);
    output[place] = (output[place] as number) * share + (samples[start - n] ?? 0) * (1 - share);
  }
}
