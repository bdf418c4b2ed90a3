import type { Day } from '../api/types';

const DAY = 24 * 3600 * 1000;

/** The last `count` days up to a moment (milliseconds since 1970), by UTC, oldest first; those without tickets have none. */
export function lastDays(days: readonly Day[], now: number, count: number): readonly Day[] {
  const known = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(now - (count - 1 - index) * DAY).toISOString().slice(0, 10);
    return known.get(day) ?? { day, opened: 0, closed: 0 };
  });
}

/** The least round number that is not below the highest bar: 1, 2, 5, 10, 20 … */
export function scaleOf(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= highest) ?? 1;
}
