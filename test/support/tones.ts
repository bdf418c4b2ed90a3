import type { Speech } from '../../src/domain';

const RATE = 16_000;

/** What the tiny Whisper was trained to hear: see test/fixtures/models/make_whisper.py. */
export const TONES = { english: 400, german: 1_000, chinese: 2_200, dutch: 4_500 } as const;

/** Tones one after the other, each of some seconds at a frequency (0 is none), over a little noise; always the same. */
export function tones(...parts: readonly (readonly [frequency: number, seconds: number])[]): Speech {
  let seed = 1;
  const noise = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return 0.002 * (seed / 2_147_483_647 - 0.5);
  };
  const samples = Float32Array.from(
    parts.flatMap(([frequency, seconds]) =>
      Array.from(
        { length: Math.round(RATE * seconds) },
        (_, i) => 0.3 * Math.sin((2 * Math.PI * frequency * i) / RATE) + noise(),
      ),
    ),
  );
  return { samples, rate: RATE, seconds: samples.length / RATE };
}
