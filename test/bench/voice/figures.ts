/** Samples of a frame of spectra, at 16 kHz: 32 ms, half overlapping. */
const FRAME = 512;
/** Decibels below the loudest part of all that no spectrum is followed: nobody hears it. */
const FLOOR = 60;

/**
 * Decibels between the log spectra of two recordings of equal length: the root mean square over frequencies, averaged over
 * frames where somebody speaks (Gray & Markel 1976). Both are brought to the same level first.
 */
export function logSpectralDistance(
  clean: Float32Array,
  other: Float32Array,
  speech: Uint8Array,
  band = { from: 60, to: 7_000 },
): number {
  const [first, second] = [spectra(clean, speech), spectra(other, speech)];
  const gain = Math.sqrt(total(first) / total(second)) ** 2;
  const loudest = first.reduce((most, frame) => frame.reduce((so, power) => Math.max(so, power), most), 0);
  const floor = loudest / 10 ** (FLOOR / 10);
  const [from, to] = [band.from, band.to].map((hertz) => Math.round((hertz / 16_000) * FRAME)) as [number, number];
  let sum = 0;
  for (const [index, frame] of first.entries()) {
    let squares = 0;
    for (let bin = from; bin < to; bin++) {
      const a = Math.max(floor, frame[bin] as number);
      const b = Math.max(floor, gain * (second[index]?.[bin] as number));
      squares += (10 * Math.log10(a / b)) ** 2;
    }
    sum += Math.sqrt(squares / (to - from));
  }
  return sum / first.length;
}

/** Decibels of speech over everything else in a recording, whatever its level (SI-SDR, Le Roux et al. 2019). */
export function speechOverRest(clean: Float32Array, other: Float32Array): number {
  let [product, square] = [0, 0];
  for (let at = 0; at < clean.length; at++) {
    product += (clean[at] as number) * (other[at] as number);
    square += (clean[at] as number) ** 2;
  }
  const factor = product / square;
  let [signal, rest] = [0, 0];
  for (let at = 0; at < clean.length; at++) {
    const target = factor * (clean[at] as number);
    signal += target ** 2;
    rest += ((other[at] as number) - target) ** 2;
  }
  return 10 * Math.log10(signal / rest);
}

/** Decibels by which noise between the words became quieter, relative to speech. */
export function pauseGain(before: Float32Array, after: Float32Array, speech: Uint8Array): number {
  const ratio = (samples: Float32Array): number => {
    const sums = [0, 0];
    const counts = [0, 0];
    samples.forEach((value, at) => {
      const spoken = speech[at] as number;
      sums[spoken] = (sums[spoken] as number) + value * value;
      counts[spoken] = (counts[spoken] as number) + 1;
    });
    const [pause, voice] = sums.map((sum, at) => sum / (counts[at] as number)) as [number, number];
    return 10 * Math.log10(voice / Math.max(1e-12, pause));
  };
  return ratio(after) - ratio(before);
}

function total(frames: readonly Float64Array[]): number {
  return frames.reduce((sum, frame) => sum + frame.reduce((so, power) => so + power, 0), 0);
}

/** Power spectra of frames in which somebody speaks all the time. */
function spectra(samples: Float32Array, speech: Uint8Array): Float64Array[] {
  const frames: Float64Array[] = [];
  for (let start = 0; start + FRAME <= samples.length; start += FRAME / 2) {
    if (speech.subarray(start, start + FRAME).every((spoken) => spoken === 1)) {
      frames.push(powerSpectrum(samples.subarray(start, start + FRAME)));
    }
  }
  return frames;
}

/** Of a Hann window; a radix-2 transform in place. */
export function powerSpectrum(samples: Float32Array): Float64Array {
  const { length } = samples;
  const real = Float64Array.from(samples, (value, at) => value * (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / length)));
  const imaginary = new Float64Array(length);
  for (let at = 1, other = 0; at < length; at++) {
    let bit = length >> 1;
    for (; other & bit; bit >>= 1) other ^= bit;
    other ^= bit;
    if (at < other) [real[at], real[other]] = [real[other] as number, real[at] as number];
  }
  for (let size = 2; size <= length; size *= 2) {
    for (let start = 0; start < length; start += size) {
      for (let n = 0; n < size / 2; n++) {
        const angle = (-2 * Math.PI * n) / size;
        const [a, b] = [start + n, start + n + size / 2];
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const re = (real[b] as number) * c - (imaginary[b] as number) * s;
        const im = (real[b] as number) * s + (imaginary[b] as number) * c;
        [real[b], imaginary[b]] = [(real[a] as number) - re, (imaginary[a] as number) - im];
        [real[a], imaginary[a]] = [(real[a] as number) + re, (imaginary[a] as number) + im];
      }
    }
  }
  return real.slice(0, length / 2).map((value, at) => value ** 2 + (imaginary[at] as number) ** 2);
}
