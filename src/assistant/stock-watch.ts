import type { ProductStore, StockLimit } from '../domain';
import type { Stock } from './stock';

/** Milliseconds between two looks whether an import has ended. */
const INTERVAL = 30_000;
/** Milliseconds after which stock is looked at though nothing was imported: demand changes, too. */
const AT_LEAST_EVERY = 24 * 3600 * 1000;

export interface StockWatchOptions {
  readonly stock: Pick<Stock, 'report' | 'tellPurchasing'>;
  readonly products: Pick<ProductStore, 'revision'>;
  readonly limit: StockLimit;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly onFault: (error: unknown) => void;
}

/** While the shop serves, purchasing is told of what runs low: after each import, and once a day. */
export class StockWatch {
  private timer: NodeJS.Timeout | undefined;
  private stopped = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private seen = -1;
  private checked = { revision: -1, at: Number.NEGATIVE_INFINITY };

  constructor(private readonly options: StockWatchOptions) {}

  start(): void {
    this.stopped = new AbortController();
    this.timer = setInterval(() => void this.tick(), INTERVAL);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.stopped.abort();
  }

  /** Looks once; one look at a time. An import that still writes is waited for: its products change between two looks. */
  tick(): Promise<void> {
    this.running = this.running
      .then(() => this.look())
      .catch((error: unknown) => {
        if (!this.stopped.signal.aborted) this.options.onFault(error);
      });
    return this.running;
  }

  private async look(): Promise<void> {
    const { stock, products, limit, clock } = this.options;
    const { signal } = this.stopped;
    if (signal.aborted) return;
    const revision = products.revision();
    const isSettled = revision === this.seen;
    this.seen = revision;
    const isDue = revision !== this.checked.revision || clock() - this.checked.at >= AT_LEAST_EVERY;
    if (!isSettled || !isDue) return;
    await stock.tellPurchasing(await stock.report(limit, signal), signal);
    // Only what was told counts: what failed is tried again with the next look.
    this.checked = { revision, at: clock() };
  }
}
