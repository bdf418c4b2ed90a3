/** Failures in a row after which nothing is asked for a while. */
const MOST_FAILURES = 3;
/** The first pause, in milliseconds; doubled each time that a trial fails, up to the longest. */
const PAUSE = 30_000;
const LONGEST_PAUSE = 300_000;

/**
 * A circuit breaker: after three failures in a row nothing passes for 30 s, then one trial at a time; a trial that fails
 * doubles the pause (5 min at most), one that succeeds ends it.
 */
export class Breaker {
  private failures = 0;
  private pause = PAUSE;
  private openUntil = 0;
  private isTrying = false;

  /** @param clock milliseconds since 1970 */
  constructor(private readonly clock: () => number) {}

  /** May a call be made now? Each that may must end with `succeeded`, `failed` or `forgotten`. */
  admits(): boolean {
    if (this.openUntil === 0) return true;
    if (this.isTrying || this.clock() < this.openUntil) return false;
    this.isTrying = true;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
    this.pause = PAUSE;
    this.openUntil = 0;
    this.isTrying = false;
  }

  /** @param wait milliseconds for which the other side wants to be left alone, where it says so */
  failed(wait = 0): void {
    this.failures += 1;
    const until = this.clock() + Math.min(wait, LONGEST_PAUSE);
    if (this.isTrying) this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    this.isTrying = false;
    if (this.failures >= MOST_FAILURES) this.openUntil = Math.max(until, this.clock() + this.pause);
    else if (wait > 0) this.openUntil = Math.max(until, this.openUntil);
  }

  /** A call ended that says nothing of the other side: its turn was over. */
  forgotten(): void {
    this.isTrying = false;
  }
}
