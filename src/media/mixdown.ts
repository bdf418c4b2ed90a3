/** A side this much quieter than the other, in power, is dead: a plug that isn't pushed home, a cable with one wire. */
const DEAD = 1e-4;
/** Sides that cancel each other below this share of the louder one's power have opposite signs. */
const CANCELLED = 0.05;

/**
 * One channel of one or two of equal length. A dead side doesn't halve the level, and sides of opposite sign don't cancel:
 * then the louder one counts.
 */
export function mixdown(channels: readonly Float32Array[]): Float32Array {
  const [left, right] = channels;
  if (left === undefined) return new Float32Array(0);
  if (right === undefined) return left;
  const [powerLeft, powerRight] = [powerOf(left), powerOf(right)];
  const [louder, most, least] =
    powerLeft >= powerRight ? [left, powerLeft, powerRight] : [right, powerRight, powerLeft];
  if (least <= DEAD * most) return louder;
  const both = left.map((value, at) => (value + (right[at] ?? 0)) / 2);
  return powerOf(both) < CANCELLED * most ? louder : both;
}

/** The mean of all channels: what a recording of more than two comes to. */
export function meanOf(channels: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(channels[0]?.length ?? 0);
  for (const channel of channels) {
    for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] as number) + (channel[at] ?? 0) / channels.length;
  }
  return mean;
}

/** Mean square. */
export function powerOf(samples: Float32Array): number {
  let sum = 0;
  for (const value of samples) sum += value * value;
  return samples.length === 0 ? 0 : sum / samples.length;
}
