/** Keys that are remembered; beyond it the oldest go. */
const MOST_KEYS = 10_000;

/** Counts tries of a key within a sliding while, and says when one more is too many. */
export class Throttle {
  private readonly tries = new Map<string, number[]>();

  /** At most `limit` tries in `milliseconds`. */
  constructor(
    private readonly limit: number,
    private readonly milliseconds: number,
    private readonly clock: () => number,
  ) {}

  /** Seconds until a try may be made; 0 for now. */
  wait(key: string): number {
    const times = this.recent(key);
    const oldest = times.length < this.limit ? undefined : times[times.length - this.limit];
    return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + this.milliseconds - this.clock()) / 1000));
  }

  /** Counts a try, and returns what takes it back. */
  count(key: string): () => void {
    const at = this.clock();
    const times = [...this.recent(key), at];
    this.tries.delete(key);
    this.tries.set(key, times);
    const [oldest] = this.tries.keys();
    if (this.tries.size > MOST_KEYS && oldest !== undefined) this.tries.delete(oldest);
    return () => {
      const counted = this.tries.get(key) ?? [];
      const place = counted.indexOf(at);
      if (place >= 0) counted.splice(place, 1);
    };
  }

  private recent(key: string): number[] {
    const since = this.clock() - this.milliseconds;
    return (this.tries.get(key) ?? []).filter((at) => at > since);
  }
}
