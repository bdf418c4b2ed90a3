import type { DeskResult } from './desk';
import type { Ticket, TranscriptEntry } from './handoff';

/** How far an outside hub is with a conversation, as Bot Framework's `handoff.status` names it. */
export const HUB_STATES = ['accepted', 'failed', 'completed'] as const;

/** What an outside hub says of a conversation. */
export interface HubStatus {
  /** The hub's id of it: what comes again with the same id happened already. */
  readonly id: string;
  readonly state: (typeof HUB_STATES)[number];
  /** The ticket that is meant; the open one where it is missing. */
  readonly ticketId?: string | undefined;
  /** Why, for whoever reads the transcript; shoppers are told in their own language instead. */
  readonly message?: string | undefined;
  /** The name that the shopper reads. */
  readonly from: string;
}

/** What an agent of an outside hub says to the shopper. */
export interface HubMessage {
  /** The hub's id of it: the same one twice is said once. */
  readonly id: string;
  readonly text: string;
  /** The name that the shopper reads. */
  readonly from: string;
}

/** An outside hub's side of conversations: Vitrine stays in between. Each call is one transaction. */
export interface OutsideHub {
  status(conversationId: string, status: HubStatus): DeskResult;
  say(conversationId: string, message: HubMessage): DeskResult;
  /** Does the hub own the conversation now? */
  owns(conversationId: string): boolean;
  /** The hub can't be told of a ticket: the bot goes on, and the shopper is told. Nothing where the ticket went on meanwhile. */
  unreachable(conversationId: string, ticketId: string): void;
}

/** The way to an outside hub that answers in the console's place. All but `wake` is to be called in a transaction. */
export interface HubLine {
  /** Asks the hub to take a ticket over, with what was said so far. What waits of the conversation is replaced by it. */
  initiate(ticket: Ticket, transcript: readonly TranscriptEntry[]): void;
  /** Shows it what was said since. */
  forward(ticket: Ticket, entry: TranscriptEntry): void;
  /** The shopper no longer waits. */
  end(ticket: Ticket): void;
  /** The shopper left a message, to be answered at `ticket.email`. */
  leave(ticket: Ticket, text: string): void;
  /** Sends what was written. */
  wake(conversationId: string): void;
}
