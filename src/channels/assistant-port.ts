import type { CommitTurn, IncomingMessage, Reply } from '../domain';

/** What answers a shopper; the assistant implements it, channels call it. */
export interface TurnHandler {
  /**
   * Answers one message. Replies and the new state are handed to `commit`, which writes both or none; nothing is written
   * once `signal` has aborted. Rejects only for faults.
   */
  handleTurn(message: IncomingMessage, signal: AbortSignal, commit: CommitTurn): Promise<readonly Reply[]>;
  /** What a shopper reads where no turn answers: the turn failed, or too many wait. Never throws. */
  say(what: 'apology' | 'busy', message: IncomingMessage): Reply;
}
