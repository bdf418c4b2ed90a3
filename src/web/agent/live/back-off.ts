const FIRST = 500;
const MOST = 20_000;

/**
 * Milliseconds to wait before another attempt, after `failures` that failed: twice as long each time, and not at the same
 * moment as all the other consoles. `random` is between 0 and 1.
 */
export function waitBefore(failures: number, random: number): number {
  const wait = Math.min(MOST, FIRST * 2 ** Math.min(failures, 30));
  return Math.round(wait * (0.5 + random / 2));
}
