import type { ModelCall } from './language-model';
import type { Reply } from './message';

/** A Bot Framework activity as JSON. */
export type ActivityJson = Readonly<Record<string, unknown>>;

/** A shopper's message that was acknowledged and waits for its turn. */
export interface InboxMessage {
  /** Grows with arrival. */
  readonly sequence: number;
  /** `<channel>:<conversation id>`: the turns of one conversation run one after the other. */
  readonly conversation: string;
  readonly activity: ActivityJson;
  /** Follows the message through the logs. */
  readonly requestId: string;
  /** Times that the process ended while the message was next. */
  readonly interrupted: number;
}

/** What was acknowledged and is not answered yet; durable. */
export interface Inbox {
  /**
   * Adds a message, once for each conversation and `messageId`. `added` is false for a repetition, and `activityId` is
   * then the first one's.
   */
  add(message: {
    readonly conversation: string;
    /** What the channel calls the message; repeated when the channel delivers it again. */
    readonly messageId: string;
    readonly activityId: string;
    readonly activity: ActivityJson;
    readonly requestId: string;
  }): { readonly added: boolean; readonly activityId: string };
  /** The activity id of a message that was added before. */
  find(conversation: string, messageId: string): string | undefined;
  /** The oldest message of a conversation that is not done. */
  next(conversation: string): InboxMessage | undefined;
  /** Forgets the content of a message; false when it is done already. */
  done(sequence: number): boolean;
  /** Conversations with messages that are not done, oldest first; `interrupted` of their next messages grows by one. */
  resume(): readonly { readonly conversation: string; readonly count: number }[];
  /** Forgets what was done longer ago than some milliseconds; repetitions of it are new messages then. */
  prune(olderThan: number): void;
}

/** An activity of the bot that its channel did not take yet. */
export interface OutboxMessage {
  readonly sequence: number;
  /** Unique; a channel that knows it shows the message once, however often it is sent. */
  readonly id: string;
  readonly conversation: string;
  readonly activity: ActivityJson;
  /** The activity that is answered: says where to send. */
  readonly answers: ActivityJson;
  readonly attempts: number;
}

/** What the bot said and channels did not take yet; durable. */
export interface Outbox {
  add(message: Pick<OutboxMessage, 'id' | 'conversation' | 'activity' | 'answers'>): void;
  next(conversation: string): OutboxMessage | undefined;
  /** Removes a message that was taken, or was given up. */
  remove(sequence: number): void;
  /** Counts an attempt that failed. */
  failed(sequence: number): void;
  conversations(): readonly string[];
  count(): number;
}

/** Of each conversation what an answer to its last activity needs, so that somebody can write at any time. */
export interface AnswerReferences {
  get(conversation: string): ActivityJson | undefined;
  set(conversation: string, reference: ActivityJson): void;
  erase(conversation: string): void;
}

/** Writes that happen together or not at all. `action` is synchronous; what it throws undoes them. */
export interface Transactions {
  atomically<T>(action: () => T): T;
}

/**
 * Writes a turn's result: `save` writes the conversation's state and says false when another turn wrote in between;
 * nothing may be written then, and the turn is run again.
 */
export type CommitTurn = (replies: readonly Reply[], save: () => boolean) => boolean;

/** Told how long the steps of turns take, and of faults that the turn survived; never what was said. */
export interface TurnObserver {
  /** `name` is one of a small set (`understand`, `encode`, `search` …). */
  step(name: string, milliseconds: number): void;
  fault(error: unknown): void;
  /** A language model was called, where there is one. */
  modelCall?(call: ModelCall): void;
}
