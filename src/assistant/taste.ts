import type { ProfileEvent, ProfileEventKind } from '../domain';

/** What an event weighs when it is new, and the time in which that halves. */
const WEIGHTS: Readonly<Record<ProfileEventKind, number>> = { view: 1, like: 2, purchase: 3 };
const HALF_LIFE = 14 * 24 * 3600 * 1000;
/** Events that are looked at, the newest: earlier ones weigh next to nothing. */
export const MOST_TASTE_EVENTS = 100;

/**
 * The recency-weighted mean of the vectors of what a shopper viewed, liked and bought, normalised. `events` are newest first;
 * undefined where none of their products has a vector.
 */
export function tasteOf(
  events: readonly ProfileEvent[],
  vectors: ReadonlyMap<string, Float32Array>,
): Float32Array | undefined {
  // Ages count from the newest event: only what events weigh beside one another matters.
  const newest = events[0]?.at ?? 0;
  let sum: Float64Array | undefined;
  for (const { productId, kind, at } of events.slice(0, MOST_TASTE_EVENTS)) {
    const vector = vectors.get(productId);
    if (!vector) continue;
    const weight = WEIGHTS[kind] * 0.5 ** ((newest - at) / HALF_LIFE);
    sum ??= new Float64Array(vector.length);
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + weight * (vector[i] ?? 0);
  }
  const length = Math.hypot(...(sum ?? []));
  return sum && length > 0 ? Float32Array.from(sum, (value) => value / length) : undefined;
}
