/** Decibels below full scale at which the meter begins, and at which it is full: a quiet room and a loud voice. */
const QUIET = -55;
const LOUD = -10;

/** How loud samples from -1 to 1 are, 0 to 1, evenly for the ear. */
export function loudness(samples: ArrayLike<number>): number {
  let energy = 0;
  for (let index = 0; index < samples.length; index += 1) energy += (samples[index] ?? 0) ** 2;
  if (energy === 0) return 0;
  const decibels = 10 * Math.log10(energy / samples.length);
  return Math.min(1, Math.max(0, (decibels - QUIET) / (LOUD - QUIET)));
}
