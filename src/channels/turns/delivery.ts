import type { Outbox, OutboxMessage } from '../../domain';
import { Lanes } from './lanes';

/** Milliseconds before each further attempt; after the last one the message is given up. */
const PAUSES = [500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000];
const CONCURRENCY = 32;

/** What `Delivery` needs. */
export interface DeliveryOptions {
  readonly outbox: Outbox;
  /** Hands one activity to its channel; rejects when the channel did not take it. */
  readonly send: (message: OutboxMessage) => Promise<void>;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds before a message that was not taken is sent again; undefined gives it up. `PAUSES` unless told. */
  readonly pauseAfter?: (message: OutboxMessage) => number | undefined;
  /** Told of a message that was given up, or refused; it is out of the outbox. */
  readonly onGivenUp?: (message: OutboxMessage) => void;
}

/** Sends what stands in the outbox, in the order of each conversation, until the channel takes it. */
export class Delivery {
  private readonly lanes: Lanes;
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly options: DeliveryOptions) {
    this.lanes = new Lanes(CONCURRENCY, (conversation) => this.deliver(conversation), options.onFault);
  }

  /** Says that a conversation's outbox has something. */
  wake(conversation: string): void {
    if (!this.timers.has(conversation)) this.lanes.wake(conversation);
  }

  /** The same, though an earlier attempt failed a moment ago. */
  hurry(conversation: string): void {
    clearTimeout(this.timers.get(conversation));
    this.timers.delete(conversation);
    this.lanes.wake(conversation);
  }

  /** Sends what an earlier process left. */
  resume(): void {
    for (const conversation of this.options.outbox.conversations()) this.wake(conversation);
  }

  /** Waits for what is being sent; the rest stays in the outbox. */
  async stop(): Promise<void> {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.lanes.stop();
    await this.lanes.idle();
  }

  /** Resolves when everything that can be sent now was sent. */
  idle(): Promise<void> {
    return this.lanes.idle();
  }

  private async deliver(conversation: string): Promise<boolean> {
    const { outbox, send, onFault, pauseAfter = usualPause, onGivenUp } = this.options;
    const message = outbox.next(conversation);
    if (message === undefined) return false;
    try {
      await send(message);
    } catch (error) {
      onFault(error);
      const pause = pauseAfter(message);
      if (pause !== undefined && !isRefusal(error)) {
        outbox.failed(message.sequence);
        this.retryLater(conversation, pause);
        return false;
      }
      outbox.remove(message.sequence);
      onGivenUp?.(message);
      return true;
    }
    outbox.remove(message.sequence);
    return true;
  }

  private retryLater(conversation: string, pause: number): void {
    clearTimeout(this.timers.get(conversation));
    const timer = setTimeout(() => {
      this.timers.delete(conversation);
      this.lanes.wake(conversation);
    }, pause);
    timer.unref();
    this.timers.set(conversation, timer);
  }
}

function usualPause({ attempts }: OutboxMessage): number | undefined {
  return PAUSES[attempts];
}

/** The channel understood the message and does not want it: a conversation that ended, a blocked bot. */
function isRefusal(error: unknown): boolean {
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 && ![401, 408, 429].includes(status);
}
