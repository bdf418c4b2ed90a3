import type { IncomingMessage, Reply } from '../domain';

/** What answers a shopper; the assistant implements it, channels call it. */
export interface TurnHandler {
  /** Answers one message. Stops when `signal` aborts; rejects only for faults. */
  handleTurn(message: IncomingMessage, signal: AbortSignal): Promise<readonly Reply[]>;
}
