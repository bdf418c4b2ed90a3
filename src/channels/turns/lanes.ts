/**
 * Runs jobs of each key one after the other and jobs of different keys side by side, at most `concurrency` at once.
 * Keys take turns, so that a busy one starves nobody. A job that mostly waits for something slow may step aside: it takes no
 * place among the others then.
 */
export class Lanes {
  private readonly ready = new Set<string>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly wokenMeanwhile = new Set<string>();
  private readonly aside = new Set<string>();
  private stopped = false;

  /** `job` resolves with true when its key has more to do; it may call `stepAside`. */
  constructor(
    private readonly concurrency: number,
    private readonly job: (key: string, stepAside: () => void) => Promise<boolean>,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Says that a key has something to do. */
  wake(key: string): void {
    if (this.running.has(key)) this.wokenMeanwhile.add(key);
    else this.ready.add(key);
    this.pump();
  }

  /** Lets no further job begin. */
  stop(): void {
    this.stopped = true;
  }

  /** Resolves when nothing runs, and nothing is ready unless the lanes were stopped. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  private pump(): void {
    for (const key of this.ready) {
      if (this.stopped || this.running.size - this.aside.size >= this.concurrency) return;
      this.ready.delete(key);
      this.running.set(key, this.run(key));
    }
  }

  private async run(key: string): Promise<void> {
    // The caller of `wake` goes on first: what it does next must not run inside the job.
    await undefined;
    let more = false;
    try {
      more = await this.job(key, () => {
        this.aside.add(key);
        this.pump();
      });
    } catch (error) {
      this.onFault(error);
    }
    this.running.delete(key);
    this.aside.delete(key);
    if (this.wokenMeanwhile.delete(key) || more) this.ready.add(key);
    this.pump();
  }
}
