import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import {
  type AnswerReferences,
  type CommitTurn,
  type Inbox,
  type InboxMessage,
  type Outbox,
  type Reply,
  type Transactions,
  VitrineError,
} from '../../domain';
import type { TurnHandler } from '../assistant-port';
import { deadlineFor, withDeadline } from '../deadline';
import { incomingMessage } from '../incoming';
import { referenceOf } from '../line';
import { replyActivity } from '../outgoing';

/** Milliseconds after which a turn shows that it is at work, and between two signs of it. */
const TYPING_AFTER = 300;
const TYPING_EVERY = 4_000;

/** How a turn went; never what was said. */
export interface TurnReport {
  readonly requestId: string;
  readonly channel: string;
  readonly result: 'answered' | 'ignored' | 'failed' | 'timeout';
  readonly milliseconds: number;
}

/** What a turn needs. */
export interface TurnOptions {
  readonly assistant: TurnHandler;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly references: AnswerReferences;
  readonly transactions: Transactions;
  /** Milliseconds; see `deadlineFor`. */
  readonly deadline: number;
  readonly publicUrl: string;
  /** Shows the shopper that the bot is at work; its failure does not matter. */
  readonly typing: (message: InboxMessage) => Promise<void>;
  readonly onFault: (error: unknown) => void;
  readonly onTurn: (report: TurnReport) => void;
}

/**
 * Runs one turn and writes its result: state, answers and "done" in one transaction. A turn that throws or is too slow
 * leaves the state as it was and answers with an apology. Rejects when nothing could be written.
 */
export async function runTurn(
  options: TurnOptions,
  message: InboxMessage,
  signal: AbortSignal,
  apologise: boolean,
): Promise<void> {
  const started = performance.now();
  const { requestId, conversation } = message;
  const activity = message.activity as unknown as Activity;
  const incoming = incomingMessage(activity, conversation);
  const result = await answer();
  options.onTurn({ requestId, channel: activity.channelId ?? '', result, milliseconds: performance.now() - started });

  async function answer(): Promise<TurnReport['result']> {
    if (incoming === undefined) {
      write([], () => true);
      return 'ignored';
    }
    if (apologise) {
      options.assistant.apologise(incoming, write);
      return 'failed';
    }
    const stopTyping = typing(async () => {
      if (!options.assistant.isSilent(conversation)) await options.typing(message);
    });
    try {
      await withDeadline(deadlineFor(incoming, options.deadline), signal, (turnSignal) => {
        return options.assistant.handleTurn(incoming, turnSignal, write);
      });
      return 'answered';
    } catch (error) {
      // A server that stops leaves the message to the next process.
      if (signal.aborted) throw error;
      options.onFault(error);
      options.assistant.apologise(incoming, write);
      return error instanceof VitrineError && error.code === 'TURN_TIMEOUT' ? 'timeout' : 'failed';
    } finally {
      stopTyping();
    }
  }

  function write(replies: readonly Reply[], save: () => boolean): ReturnType<CommitTurn> {
    const { inbox, outbox, references, transactions } = options;
    const reference = referenceOf(activity);
    return transactions.atomically(() => {
      if (!save()) return false;
      if (!inbox.done(message.sequence)) throw new VitrineError('TURN_TIMEOUT', 'The turn was over already.');
      if (incoming !== undefined) references.set(conversation, reference);
      const channel = { channelId: activity.channelId ?? '', publicUrl: options.publicUrl };
      for (const reply of replies) {
        const said = replyActivity(reply, channel);
        if (said === undefined) continue;
        outbox.add({ id: randomUUID(), conversation, activity: { ...said }, answers: reference });
      }
      return true;
    });
  }
}

/** Shows that the bot is at work when it takes a while; returns what ends it. */
function typing(show: () => Promise<void>): () => void {
  let timer = setTimeout(again, TYPING_AFTER);
  function again(): void {
    show().catch(() => undefined);
    timer = setTimeout(again, TYPING_EVERY);
  }
  return () => clearTimeout(timer);
}
