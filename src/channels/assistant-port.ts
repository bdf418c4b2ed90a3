import type { CommitTurn, IncomingMessage, Reply } from '../domain';

/** What answers a shopper; the assistant implements it, channels call it. */
export interface TurnHandler {
  /**
   * Answers one message. Replies and the new state are handed to `commit`, which writes both or none; nothing is written
   * once `signal` has aborted. Rejects only for faults.
   */
  handleTurn(message: IncomingMessage, signal: AbortSignal, commit: CommitTurn): Promise<readonly Reply[]>;
  /** Does a person own the conversation? Then the bot shows no sign of work. */
  isSilent(conversationId: string): boolean;
  /**
   * Ends a turn that failed: the apology is handed to `commit`, or nothing but the shopper's message where a person owns the
   * conversation. Throws what `commit` throws.
   */
  apologise(message: IncomingMessage, commit: CommitTurn): readonly Reply[];
  /** What a shopper reads where no turn answers: the turn failed, or too many wait. Never throws. */
  say(what: 'apology' | 'busy', message: IncomingMessage): Reply;
}
