import { randomUUID } from 'node:crypto';
import type { ActivityJson, HubLine, Outbox, OutboxMessage, OutsideHub, Ticket, TranscriptEntry } from '../../domain';
import { Delivery } from '../turns';
import { ending, entryActivity, type HubActivity, type HubAddress, initiation, leftMessage } from './activities';
import { postToHub } from './post';

/** Milliseconds before each further attempt to hand a conversation over: a shopper waits for it. */
const SOON = [500, 1_000, 2_000, 5_000];
/** The same for what follows; nine minutes in all. */
const PATIENT = [500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000];
/** What a message that was left is called. */
const LEFT = 'handoff.message';

/** What `HubOutboxLine` needs. */
export interface HubOptions extends HubAddress {
  /** Where activities are posted. */
  readonly url: string;
  /** Bearer token. */
  readonly secret: string;
  /** The hub's own, durable. */
  readonly outbox: Outbox;
  readonly side: Pick<OutsideHub, 'unreachable'>;
  readonly clock: () => Date;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds before each further attempt to hand over, for tests; `SOON` unless told. */
  readonly pauses?: readonly number[] | undefined;
  /** Milliseconds that the hub has to take an activity. */
  readonly timeout?: number | undefined;
}

/**
 * Tells an outside hub of conversations, at least once and in the order of each conversation: what it is to be told is
 * written with the turn and sent until it is taken. The hub knows a repetition by the activity's id. A ticket of which it
 * can't be told goes back to the bot.
 */
export class HubOutboxLine implements HubLine {
  private readonly delivery: Delivery;
  /** Conversations whose new hand-over does not wait for what failed before. */
  private readonly urgent = new Set<string>();

  constructor(private readonly options: HubOptions) {
    const { outbox, onFault, pauses = SOON } = options;
    this.delivery = new Delivery({
      outbox,
      onFault,
      send: ({ activity }) => postToHub(activity, options),
      pauseAfter: ({ activity, attempts }) => (isInitiation(activity) ? pauses : PATIENT)[attempts],
      onGivenUp: (message) => this.giveUp(message),
    });
  }

  /** Sends what an earlier process left. */
  start(): void {
    this.delivery.resume();
  }

  /** Waits for what is being sent; the rest stays for the next process. */
  stop(): Promise<void> {
    return this.delivery.stop();
  }

  initiate(ticket: Ticket, transcript: readonly TranscriptEntry[]): void {
    const { conversationId } = ticket;
    this.drop(conversationId, () => true);
    this.add(ticket, initiation(ticket, transcript, this.options));
    this.urgent.add(conversationId);
  }

  forward(ticket: Ticket, entry: TranscriptEntry): void {
    this.add(ticket, entryActivity(ticket, entry, this.options));
  }

  end(ticket: Ticket): void {
    this.add(ticket, ending(ticket, this.options));
  }

  leave(ticket: Ticket, text: string): void {
    this.add(ticket, leftMessage(ticket, text, this.options));
  }

  wake(conversationId: string): void {
    if (this.urgent.delete(conversationId)) this.delivery.hurry(conversationId);
    else this.delivery.wake(conversationId);
  }

  private add({ id: ticketId, conversationId }: Ticket, activity: HubActivity): void {
    const id = randomUUID();
    const named = { id, timestamp: this.options.clock(), ...activity };
    this.options.outbox.add({ id, conversation: conversationId, activity: { ...named }, answers: { ticketId } });
  }

  /** What else the hub was to be told of the ticket is of no use without it. */
  private giveUp({ conversation, activity, answers }: OutboxMessage): void {
    if (activity.name === LEFT) return;
    const ticketId = String(answers.ticketId);
    this.drop(conversation, (next) => next.answers.ticketId === ticketId && next.activity.name !== LEFT);
    this.options.side.unreachable(conversation, ticketId);
  }

  /** Removes what waits of a conversation, as long as it is of no use. */
  private drop(conversation: string, isUseless: (message: OutboxMessage) => boolean): void {
    const { outbox } = this.options;
    for (let next = outbox.next(conversation); next && isUseless(next); next = outbox.next(conversation))
      outbox.remove(next.sequence);
  }
}

function isInitiation({ name }: ActivityJson): boolean {
  return name === 'handoff.initiate';
}
