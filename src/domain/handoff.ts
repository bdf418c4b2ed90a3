import type { Language } from './language';

/** Who may answer a conversation, and how far its ticket is. `bot`: there is no open ticket. */
export const HANDOFF_STATES = ['bot', 'queued', 'assigned', 'active', 'wrapUp', 'message', 'closed'] as const;
export type HandoffState = (typeof HANDOFF_STATES)[number];

/** What moves a conversation from state to state; see `handoff/machine.ts`. */
export const HANDOFF_EVENTS = [
  /** The shopper, the bot or a policy wants a person. */
  'escalate',
  /** A message and an address are left, to be answered later. */
  'leaveMessage',
  /** An agent takes it, or it is given to one. */
  'assign',
  /** The agent says something. */
  'answer',
  /** The agent did not answer in time, or is gone: back into the queue, at its old place. */
  'release',
  /** To another agent or back to all. */
  'transfer',
  /** The bot goes on. */
  'return',
  /** The talk is over; tags and outcome are still to be given. */
  'finish',
  /** The shopper writes again while the agent wraps up. */
  'reopen',
  'close',
] as const;
export type HandoffEvent = (typeof HANDOFF_EVENTS)[number];

/** Why a person is wanted. */
export const ESCALATION_REASONS = ['asked', 'gaveUp', 'sentiment', 'orderValue', 'complaint', 'vip'] as const;
export type EscalationReason = (typeof ESCALATION_REASONS)[number];

/** One escalation of a conversation. */
export interface Ticket {
  readonly id: string;
  /** The conversation's id over all channels. */
  readonly conversationId: string;
  readonly channel: string;
  readonly userId: string;
  readonly state: Exclude<HandoffState, 'bot'>;
  /** Grows with every change: who changes it names the version that they saw. */
  readonly version: number;
  readonly reason: EscalationReason;
  readonly language: Language;
  /** What it is about, in a word of the catalogue or of the flows; may be empty. */
  readonly topic: string;
  /** The shopper's last words, cut; may be empty. */
  readonly preview: string;
  /** Who owns it: an agent's id. */
  readonly agentId?: string;
  /** The agent whom it was transferred to, before they take it. */
  readonly wantedAgentId?: string;
  /** Left with a message: where to answer it. */
  readonly email?: string;
  readonly tags: readonly string[];
  readonly outcome?: string;
  /** When the shopper was asked how satisfied they are. */
  readonly ratingAskedAt?: number;
  /** 1 to 5. */
  readonly satisfaction?: number;
  readonly comment?: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly assignedAt?: number;
  readonly answeredAt?: number;
  readonly closedAt?: number;
  /** Of the state. */
  readonly since: number;
  /** When the shopper was last told of a long wait, or the agent of a silent shopper. */
  readonly remindedAt?: number;
}

/** What a shopper is told of their ticket outside of turns; the last kinds are for agents. */
export type TicketNotice =
  /** An agent took it. */
  | { readonly kind: 'joined'; readonly agent: string }
  /** The agent did not answer or is gone: back in the queue. */
  | { readonly kind: 'released'; readonly place: QueuePlace }
  | { readonly kind: 'transferred'; readonly place: QueuePlace }
  /** It has waited for long: to go on waiting, or to leave a message? */
  | { readonly kind: 'stillWaiting'; readonly place: QueuePlace }
  /** The bot goes on. */
  | { readonly kind: 'returned' }
  | { readonly kind: 'closed'; readonly asksRating: boolean }
  /** The hub could not take it: the bot goes on. */
  | { readonly kind: 'failed' }
  /** The shopper does not answer the agent. */
  | { readonly kind: 'silent' };

export type Speaker = 'shopper' | 'bot' | 'agent' | 'system';

/** A file of a conversation, as the server's attachment store knows it. */
export interface TranscriptFile {
  readonly kind: 'photo' | 'voice' | 'file';
  /** Id in the attachment store; missing where the channel holds the file. */
  readonly attachmentId?: string;
  readonly contentType?: string;
}

/** A product as it was shown. */
export interface TranscriptProduct {
  readonly productId: string;
  readonly title: string;
  readonly price: string;
  readonly imagePath?: string;
}

/** One thing that was said, by anybody. */
export interface TranscriptEntry {
  /** Unique in its conversation: what is sent again with the same id is kept once. */
  readonly id: string;
  /** Grows with time, over all conversations. */
  readonly sequence: number;
  readonly conversationId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly speaker: Speaker;
  /** Of an agent: their id. */
  readonly agentId?: string;
  readonly text: string;
  readonly language?: Language;
  /** Of an agent: what the shopper read in place of the text, translated by a model. */
  readonly translation?: { readonly language: Language; readonly text: string };
  readonly files?: readonly TranscriptFile[];
  /** What was heard in voice notes, and whether the recogniser was sure. */
  readonly heard?: { readonly text: string; readonly sure: boolean };
  /** What the bot understood, in a line. */
  readonly understood?: string;
  /** What was shown. */
  readonly products?: readonly TranscriptProduct[];
  /** A note among agents: it never reaches the shopper. */
  readonly isPrivate?: boolean;
  /** Of `system`: what it tells; the text is what the shopper read, and empty where only agents are told. */
  readonly notice?: TicketNotice['kind'];
}

export type NewTranscriptEntry = Omit<TranscriptEntry, 'sequence'>;

/** What was said in all conversations, kept for a while. */
export interface TranscriptStore {
  /** Adds an entry; the one that is there already where its id is known. */
  append(entry: NewTranscriptEntry): TranscriptEntry;
  /** Oldest first, those after one sequence number and before another; the newest `limit` of them where `last`. */
  of(
    conversationId: string,
    options?: { after?: number; before?: number; limit?: number; last?: boolean; withPrivate?: boolean },
  ): readonly TranscriptEntry[];
  find(conversationId: string, id: string): TranscriptEntry | undefined;
  /** The newest entry of a speaker that is no note. */
  lastOf(conversationId: string, speaker: Speaker): TranscriptEntry | undefined;
  /** Removes the entries of a conversation. */
  erase(conversationId: string): void;
  /** Removes what is older than a moment (milliseconds since 1970). */
  prune(before: number): void;
}

/** What every console is told, once and in order. */
export interface ConsoleEvent {
  /** Grows by one or more, over all tickets; a console that was away asks for what came after the last it saw. */
  readonly sequence: number;
  readonly ticketId: string;
  readonly conversationId: string;
  readonly kind: 'ticket' | 'entry';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** As it was after the change. */
  readonly ticket?: Ticket;
  readonly entry?: TranscriptEntry;
}

/** Tickets, and the events that tell of them; every change writes both. */
export interface TicketStore {
  get(id: string): Ticket | undefined;
  /** The open ticket of a conversation: any state but `closed`. */
  openOf(conversationId: string): Ticket | undefined;
  /** The newest tickets first. */
  ofConversation(conversationId: string): readonly Ticket[];
  /** In the order of arrival, oldest first: by `openedAt`, those of one moment as they were inserted. */
  inStates(states: readonly Ticket['state'][]): readonly Ticket[];
  closed(options: { before?: number; limit: number }): readonly Ticket[];
  /** Tickets that an agent took, the newest `assignedAt` first. */
  lastAssigned(limit: number): readonly Ticket[];
  insert(ticket: Ticket): void;
  /** Writes a ticket over the one of the version before it; false where another change came first. */
  update(ticket: Ticket): boolean;
  /** Tells consoles of an entry of a ticket's conversation. */
  tell(ticket: Ticket, entry: TranscriptEntry): void;
  /** Events after a sequence number, oldest first. */
  eventsAfter(sequence: number, limit: number): readonly ConsoleEvent[];
  lastEvent(): number;
  eraseConversation(conversationId: string): void;
  /** Removes closed tickets and events that are older than a moment. */
  prune(before: number): void;
}

/** Whether people are there: opening hours, holidays, and agents who are signed in. */
export interface AgentAvailability {
  readonly isOpen: boolean;
  /** When it opens next, where it is closed: milliseconds since 1970. */
  readonly opensAt?: number;
  /** Agents who take tickets now. */
  readonly agents: number;
}

/** Where a conversation stands in the queue. */
export interface QueuePlace {
  /** From 1. */
  readonly place: number;
  /** Expected wait in seconds, from what tickets waited lately; undefined where nothing is known. */
  readonly wait?: number;
}
