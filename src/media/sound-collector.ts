import { meanOf } from './mixdown';
import { checkShape } from './recording-header';
import { joined, Resampler } from './resampler';
import { tooLong } from './voice-faults';

/** Samples a second of what is collected: what noise reduction needs. */
export const RATE = 48_000;
/** Floating-point files may go beyond 1; far beyond it is no sound. */
const LARGEST = 8;

/** One side of the recording, in pieces. */
interface Side {
  resampler: Resampler;
  readonly pieces: Float32Array[];
}

/**
 * Takes what a decoder makes piece by piece, changes its rate at once, so that a minute at 192 kHz takes no more memory
 * than one at 48 kHz, and stops at the limit of time. One side or two; of more channels the mean.
 */
export class SoundCollector {
  private sides: readonly Side[] = [];
  private rate = 0;
  private total = 0;

  constructor(private readonly maxSeconds: number) {}

  /** What has come so far. */
  get seconds(): number {
    return this.total;
  }

  /** Throws VOICE_TOO_LONG beyond the limit, and VOICE_UNREADABLE for impossible rates and numbers of channels. */
  add(channels: readonly Float32Array[], rate: number): void {
    const length = channels[0]?.length ?? 0;
    if (length === 0) return;
    checkShape(channels.length, rate);
    this.total += length / rate;
    if (this.total > this.maxSeconds) throw tooLong(this.maxSeconds);
    const pieces = (channels.length > 2 ? [meanOf(channels)] : channels).map(sound);
    this.prepare(pieces.length, rate);
    this.sides.forEach(({ resampler, pieces: collected }, side) => {
      collected.push(resampler.push(pieces[side] ?? pieces[0] ?? new Float32Array(0)));
    });
  }

  /** One or two sides of equal length, at 48,000 samples a second; none where nothing came. */
  end(): Float32Array[] {
    return this.sides.map(({ resampler, pieces }) => joined([...pieces, resampler.end()]));
  }

  /** A second side that comes late was like the first until then; a rate that changes starts anew. */
  private prepare(sides: number, rate: number): void {
    if (this.rate !== rate) {
      for (const side of this.sides) {
        side.pieces.push(side.resampler.end());
        side.resampler = new Resampler(rate, RATE);
      }
      this.rate = rate;
    }
    const first = this.sides[0] ?? { resampler: new Resampler(rate, RATE), pieces: [] };
    if (this.sides.length === 0) this.sides = [first];
    if (this.sides.length < sides) {
      this.sides = [first, { resampler: first.resampler.copy(), pieces: [...first.pieces] }];
    }
  }
}

/** The decoders' memory is used again, so this is a copy. */
function sound(samples: Float32Array): Float32Array {
  return samples.map((value) =>
    value > -LARGEST && value < LARGEST ? value : Number.isFinite(value) ? Math.sign(value) : 0,
  );
}
