import type { ConsoleApi } from '../api/console-api';
import type { Answer } from '../api/request';
import type { Entry } from '../api/types';
import { waitBefore } from '../live/back-off';
import type { Pending } from './state';

/** How often a message is tried again that a server in trouble did not take; after that the agent is asked. */
const ATTEMPTS = 6;

export interface SenderDeps {
  readonly api: Pick<ConsoleApi, 'send' | 'note'>;
  readonly onSent: (entry: Entry) => void;
  readonly onFailed: (sent: Pending) => void;
  /** Waits so long at most: it ends when the line is back. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
}

/**
 * Sends messages at least once, one after the other in each conversation. The server keeps a message with an id that it
 * knows only once, so that trying again is safe.
 */
export class Sender {
  /** By ticket: what is sent at last. */
  private readonly queues = new Map<string, Promise<boolean>>();

  constructor(private readonly deps: SenderDeps) {}

  /** Resolves to true when the server has it, to false when it was given up. */
  send(sent: Pending): Promise<boolean> {
    const before = this.queues.get(sent.ticketId) ?? Promise.resolve(true);
    const mine = before.then(() => this.deliver(sent));
    this.queues.set(sent.ticketId, mine);
    return mine;
  }

  private async deliver(sent: Pending): Promise<boolean> {
    let refused = 0;
    for (let failures = 0; refused < ATTEMPTS; failures += 1) {
      const answer = await this.attempt(sent);
      if (answer.ok) {
        this.deps.onSent(answer.value.entry);
        return true;
      }
      if (!isPassing(answer.status)) break;
      // Without a server it waits for one, however long that takes.
      if (answer.status !== 0) refused += 1;
      const backOff = waitBefore(failures, this.deps.random?.() ?? Math.random());
      await this.deps.wait(answer.retryAfter === undefined ? backOff : answer.retryAfter * 1000);
    }
    this.deps.onFailed({ ...sent, failed: true });
    return false;
  }

  private async attempt({
    ticketId,
    id,
    text,
    isPrivate,
    products,
    files,
    translateFrom,
  }: Pending): Promise<Answer<{ entry: Entry }>> {
    const { api } = this.deps;
    if (!isPrivate) {
      return api.send(ticketId, {
        id,
        text,
        ...(products.length > 0 && { products: products.map(({ productId }) => productId) }),
        ...(files.length > 0 && { attachmentIds: files.map(({ attachmentId }) => attachmentId) }),
        ...(translateFrom !== undefined && { translateFrom }),
      });
    }
    return api.note(ticketId, id, text);
  }
}

/** Not reached, too fast, or a fault that may pass. */
function isPassing(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}
