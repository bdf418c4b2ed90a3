import type { Interval } from './bootstrap';

/** The normal distribution's 97.5 % quantile. */
const Z = 1.959964;

/** A share with its 95 % score interval (Wilson 1927): it holds its level at few trials and at shares near 0 and 1. null for no trials. */
export function wilsonInterval(successes: number, trials: number): Interval | null {
  if (trials === 0) return null;
  const mean = successes / trials;
  const scale = 1 + Z ** 2 / trials;
  const centre = (mean + Z ** 2 / (2 * trials)) / scale;
  const half = (Z / scale) * Math.sqrt((mean * (1 - mean)) / trials + Z ** 2 / (4 * trials ** 2));
  return { mean, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
