import { setMaxListeners } from 'node:events';
import type { ActivityJson, Inbox, InboxMessage, Outbox, OutboxMessage, Transactions } from '../../domain';
import { VitrineError } from '../../domain';
import { Delivery } from './delivery';
import { Lanes } from './lanes';

/** Most turns of one conversation that run or wait. */
export const MAX_PER_CONVERSATION = 20;
/** How long a repeated delivery is recognised, in milliseconds. */
const REPETITIONS = 7 * 24 * 3600 * 1000;
const PRUNE_INTERVAL = 3600 * 1000;
/** A turn whose process died this often is answered with an apology instead of being run again. */
const MOST_INTERRUPTIONS = 5;
/** Milliseconds before a turn whose result could not be written is tried again. */
const RETRY_PAUSE = 2_000;

/** A message to be acknowledged. */
export interface NewMessage {
  readonly conversation: string;
  readonly messageId: string;
  readonly activityId: string;
  readonly activity: ActivityJson;
  readonly requestId: string;
}

export type Acceptance = { readonly kind: 'accepted' | 'repeated'; readonly activityId: string } | { kind: 'busy' };

/** What `TurnRunner` needs. */
export interface TurnRunnerOptions {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly transactions: Transactions;
  /**
   * Runs the turn of a message; its result is written in one transaction together with `inbox.done`. Rejects when that
   * could not be written. `apologise` asks for an apology without another try.
   */
  readonly run: (message: InboxMessage, signal: AbortSignal, apologise: boolean) => Promise<void>;
  /** True for a message whose turn mostly waits: it keeps no other one waiting. */
  readonly isSlow?: (message: InboxMessage) => boolean;
  readonly send: (message: OutboxMessage) => Promise<void>;
  /** Most messages that wait or run, over all conversations; beyond it shoppers are told to wait. */
  readonly queueLimit: number;
  /** Most turns that run at once, slow ones aside. */
  readonly concurrency: number;
  readonly onFault: (error: unknown) => void;
}

/**
 * Answers messages in two transactions: `accept` writes the message, and what the caller writes with it, before anybody
 * acknowledges it; the turn runs later and its result is written with the answers. A process that ends in between, however
 * it ends, loses nothing: `start` takes up what was accepted and what was not sent.
 */
export class TurnRunner {
  readonly delivery: Delivery;
  private readonly lanes: Lanes;
  private readonly waiting = new Map<string, number>();
  private readonly controller = new AbortController();
  private total = 0;
  private stopping = false;
  private pruner: NodeJS.Timeout | undefined;

  constructor(private readonly options: TurnRunnerOptions) {
    // Each turn listens, slow ones beyond any small number.
    setMaxListeners(0, this.controller.signal);
    this.delivery = new Delivery(options);
    this.lanes = new Lanes(options.concurrency, (...lane) => this.runNext(...lane), options.onFault);
  }

  /** Messages that wait or run. */
  get depth(): number {
    return this.total;
  }

  /** True once `stop` was called: what comes now is for the next process. */
  get isStopping(): boolean {
    return this.stopping;
  }

  get isFull(): boolean {
    return this.stopping || this.total >= this.options.queueLimit;
  }

  /** Takes up what an earlier process left. */
  start(): void {
    const { inbox } = this.options;
    inbox.prune(REPETITIONS);
    this.pruner = setInterval(() => inbox.prune(REPETITIONS), PRUNE_INTERVAL);
    this.pruner.unref();
    this.delivery.resume();
    for (const { conversation, count } of inbox.resume()) {
      this.count(conversation, count);
      this.lanes.wake(conversation);
    }
  }

  /**
   * Writes a message, and what `also` writes, in one transaction. The message runs when the caller's current work is
   * over. Nothing is written for a repetition, or when the queue is full.
   */
  accept(message: NewMessage, also: () => void = () => undefined): Acceptance {
    const { inbox, transactions } = this.options;
    const { conversation, messageId } = message;
    if (this.isFull || (this.waiting.get(conversation) ?? 0) >= MAX_PER_CONVERSATION) {
      const known = inbox.find(conversation, messageId);
      return known === undefined ? { kind: 'busy' } : { kind: 'repeated', activityId: known };
    }
    const { added, activityId } = transactions.atomically(() => {
      const result = inbox.add(message);
      if (result.added) also();
      return result;
    });
    if (!added) return { kind: 'repeated', activityId };
    this.count(conversation, 1);
    this.lanes.wake(conversation);
    return { kind: 'accepted', activityId };
  }

  /**
   * Accepts nothing any more and waits for the turns under way, at most some milliseconds; then they are aborted. What
   * was not answered stays in the inbox for the next process.
   */
  async stop(milliseconds: number): Promise<void> {
    this.stopping = true;
    clearInterval(this.pruner);
    this.lanes.stop();
    const late = setTimeout(
      () => this.controller.abort(new VitrineError('TURN_TIMEOUT', 'The server stops.')),
      milliseconds,
    );
    await this.lanes.idle();
    clearTimeout(late);
    await this.delivery.stop();
  }

  private async runNext(conversation: string, stepAside: () => void): Promise<boolean> {
    const { inbox, run, onFault } = this.options;
    const message = inbox.next(conversation);
    if (message === undefined) return false;
    if (this.options.isSlow?.(message)) stepAside();
    try {
      await run(message, this.controller.signal, message.interrupted >= MOST_INTERRUPTIONS);
    } catch (error) {
      onFault(error);
      setTimeout(() => this.lanes.wake(conversation), RETRY_PAUSE).unref();
      return false;
    }
    this.count(conversation, -1);
    this.delivery.wake(conversation);
    return true;
  }

  private count(conversation: string, change: number): void {
    const count = (this.waiting.get(conversation) ?? 0) + change;
    if (count > 0) this.waiting.set(conversation, count);
    else this.waiting.delete(conversation);
    this.total += change;
  }
}
