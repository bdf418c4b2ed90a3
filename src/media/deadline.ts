import { VitrineError } from '../domain';

/** Ends a whole download: when its time is up or when the caller wants it to. The signal's reason is a VitrineError. */
export class Deadline {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout;

  constructor(
    private readonly milliseconds: number,
    private readonly host: string,
    private readonly caller: AbortSignal | undefined,
  ) {
    this.timer = this.start();
    if (caller?.aborted) this.follow();
    else caller?.addEventListener('abort', this.follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Starts the time anew: bytes have come. */
  extend(): void {
    clearTimeout(this.timer);
    this.timer = this.start();
  }

  /** Must be called: a caller's signal may live as long as the process. */
  dispose(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener('abort', this.follow);
  }

  private start(): NodeJS.Timeout {
    return setTimeout(() => {
      this.controller.abort(new VitrineError('DOWNLOAD_TIMEOUT', `${this.host} did not answer in full in time.`));
    }, this.milliseconds);
  }

  private readonly follow = (): void => {
    const cause: unknown = this.caller?.reason;
    const timedOut = typeof cause === 'object' && cause !== null && 'name' in cause && cause.name === 'TimeoutError';
    const code = timedOut ? 'DOWNLOAD_TIMEOUT' : 'DOWNLOAD_FAILED';
    this.controller.abort(new VitrineError(code, `The download from ${this.host} was stopped.`, { cause }));
  };
}
