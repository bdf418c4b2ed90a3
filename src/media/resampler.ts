/** Zero crossings of the sinc on each side: the passband ends at 0.88 of the lower Nyquist frequency. */
const CROSSINGS = 48;
/** Decibels that are kept out of the passband. */
const STOPBAND = 90;
/** Kaiser's shape for that stopband (Kaiser 1974). */
const BETA = 0.1102 * (STOPBAND - 8.7);
/** The middle of the transition, as a share of the lower Nyquist frequency; the stopband begins at it. */
const CUTOFF = 1 - (STOPBAND - 8) / (2.285 * 2 * CROSSINGS * Math.PI) / 2;
/** Rates are taken to the nearest multiple, which bounds the number of filters; it is 0.2 % at most. */
const GRID = 25;

/**
 * Changes the rate of one channel, piece by piece, with a windowed sinc (Kaiser, polyphase). The output is aligned with the
 * input: no delay is left.
 */
export class Resampler {
  private readonly up: number;
  private readonly down: number;
  /** Taps on each side of the point in time. */
  private readonly side: number;
  private readonly phases: readonly Float32Array[];
  /** Input that is still needed; its first sample is number `first`. */
  private kept: Float32Array;
  private first: number;
  private made = 0;
  private taken = 0;

  /** Rates in samples a second. */
  constructor(
    private readonly from: number,
    private readonly to: number,
  ) {
    const [a, b] = [Math.round(to / GRID), Math.max(1, Math.round(from / GRID))];
    const divisor = greatestCommonDivisor(a, b);
    this.up = a / divisor;
    this.down = b / divisor;
    this.side = Math.ceil(CROSSINGS * Math.max(1, this.down / this.up));
    this.phases = filtersOf(this.up, this.down, this.side);
    this.kept = new Float32Array(this.side);
    this.first = -this.side;
  }

  /** The output that the input so far allows. */
  push(input: Float32Array): Float32Array {
    const joined = new Float32Array(this.kept.length + input.length);
    joined.set(this.kept);
    joined.set(input, this.kept.length);
    this.taken += input.length;
    return this.make(joined, this.first + joined.length - this.side);
  }

  /** The rest; afterwards the resampler is of no more use. */
  end(): Float32Array {
    const joined = new Float32Array(this.kept.length + this.side);
    joined.set(this.kept);
    return this.make(joined, this.taken);
  }

  /** Another one in the same state. */
  copy(): Resampler {
    const other = new Resampler(this.from, this.to);
    other.kept = this.kept.slice();
    [other.first, other.made, other.taken] = [this.first, this.made, this.taken];
    return other;
  }

  /** Output for all points in time before input sample number `end`. */
  private make(input: Float32Array, end: number): Float32Array {
    const { up, down, side, phases, first } = this;
    const last = Math.max(this.made, Math.ceil((end * up) / down));
    const output = new Float32Array(last - this.made);
    for (let n = this.made; n < last; n++) {
      const at = n * down;
      const filter = phases[at % up] as Float32Array;
      const start = Math.floor(at / up) - side + 1 - first;
      let sum = 0;
      for (let k = 0; k < filter.length; k++) sum += (filter[k] as number) * (input[start + k] as number);
      output[n - this.made] = sum;
    }
    this.made = last;
    const needed = Math.floor((last * down) / up) - side + 1;
    this.kept = input.slice(Math.min(input.length, Math.max(0, needed - first)));
    this.first = first + input.length - this.kept.length;
    return output;
  }
}

/** The whole of one channel at another rate. */
export function resampled(input: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return input;
  const resampler = new Resampler(from, to);
  return joined([resampler.push(input), resampler.end()]);
}

/** Pieces as one. */
export function joined(pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

const known = new Map<string, readonly Float32Array[]>();
const KNOWN = 16;

/** A filter of 2 · side taps for each phase between two input samples; each passes a constant unchanged. */
function filtersOf(up: number, down: number, side: number): readonly Float32Array[] {
  const key = `${up}/${down}`;
  const made = known.get(key);
  if (made !== undefined) return made;
  const cutoff = CUTOFF * Math.min(1, up / down);
  const filters = Array.from({ length: up }, (_, phase) => {
    const taps = Float64Array.from({ length: 2 * side }, (_, k) => {
      const t = phase / up + side - 1 - k;
      return sinc(cutoff * t) * kaiser(t / side);
    });
    const sum = taps.reduce((total, tap) => total + tap, 0);
    return Float32Array.from(taps, (tap) => tap / sum);
  });
  if (known.size >= KNOWN) known.clear();
  known.set(key, filters);
  return filters;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
}

/** The modified Bessel function of the first kind, order zero. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
