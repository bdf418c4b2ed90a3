import type { AgentAvailability, ConsoleEvent, HandoffState, QueuePlace, Ticket, TranscriptEntry } from './handoff';
import type { Language } from './language';
import type { ProductCard, Reply } from './message';

/** Who acts on a ticket in the console. */
export interface ActingAgent {
  readonly id: string;
  /** Supervisors and admins: they act on others' tickets, too. */
  readonly supervises: boolean;
}

/**
 * Why something was not done: there is no such ticket; another change came first (`ticket` is what it left); the state does
 * not allow it; the ticket is another agent's; what is named (an agent, a product, a file) is not there; it is not known where
 * to send.
 */
export type DeskRefusal = 'unknown' | 'conflict' | 'notAllowed' | 'forbidden' | 'invalid' | 'unreachable';

export type DeskResult =
  | { readonly ok: true; readonly ticket: Ticket }
  /** The ticket as it is now, where there is one. */
  | { readonly ok: false; readonly reason: DeskRefusal; readonly ticket?: Ticket };

export type DeskEntryResult =
  | {
      readonly ok: true;
      readonly ticket: Ticket;
      readonly entry: TranscriptEntry;
      /** False for a repetition: the entry was there already, and nothing was sent again. */
      readonly added: boolean;
    }
  | { readonly ok: false; readonly reason: DeskRefusal; readonly ticket?: Ticket };

/** What an agent sends to a shopper; `id` is the client's, and the same id twice is one message. */
export interface AgentMessage {
  readonly id: string;
  readonly text: string;
  /** What the shopper reads in place of `text`, which is in the agent's language `from`. */
  readonly translated?: { readonly from: Language; readonly text: string };
  /** Product ids, in order, shown as cards. */
  readonly products?: readonly string[];
  /** Ids in the attachment store; they must have been stored for the ticket's conversation. */
  readonly attachmentIds?: readonly string[];
}

export type AgentStatus = 'available' | 'away';

/** An agent who is connected, or was lately. */
export interface AgentPresence {
  readonly agentId: string;
  readonly status: AgentStatus;
  readonly connected: boolean;
  /** Conversations that the agent owns and that are not in wrap-up. */
  readonly load: number;
}

/** What the console does with tickets. Every change is one transaction; consoles are told after it. */
export interface AgentDesk {
  /** Takes a queued ticket, or one that was left with a message. Of two agents one wins; the other is told `conflict`. */
  claim(ticketId: string, by: ActingAgent, version: number): DeskResult;
  /** Gives a ticket to an agent. Supervisors only, but an agent may give it to themselves. */
  assign(ticketId: string, by: ActingAgent, agentId: string, version: number): DeskResult;
  /** Back into the queue at its place: for another agent, or for all where `toAgentId` is undefined; the note is private. */
  transfer(
    ticketId: string,
    by: ActingAgent,
    options: { toAgentId?: string | undefined; note?: string | undefined; version: number },
  ): DeskResult;
  /** The bot goes on with the context that it had. */
  giveBack(ticketId: string, by: ActingAgent, version: number): DeskResult;
  /** Ends the talk: wrap-up begins, outcome and tags are to be given. */
  finish(ticketId: string, by: ActingAgent, version: number): DeskResult;
  /** The shopper whom an agent answered is asked how satisfied they are. */
  close(
    ticketId: string,
    by: ActingAgent,
    options: { outcome: string; tags: readonly string[]; version: number },
  ): DeskResult;
  /** Replaces the tags. */
  tag(ticketId: string, by: ActingAgent, tags: readonly string[], version: number): DeskResult;
  /** Sends to the shopper, by the owner; the first one makes an assigned ticket active. */
  send(ticketId: string, by: ActingAgent, message: AgentMessage): DeskEntryResult;
  /** A note among agents; it never reaches the shopper. */
  note(ticketId: string, by: ActingAgent, note: { readonly id: string; readonly text: string }): DeskEntryResult;
  /** Agents read tickets that nobody owns and their own; supervisors read all. */
  mayRead(ticket: Ticket, by: ActingAgent): boolean;

  /** A console of the agent opened its socket; several may be open. */
  connected(agentId: string): void;
  /** One of them is closed. When all are, the agent's tickets go back to the queue after a while. */
  disconnected(agentId: string): void;
  presence(agentId: string, status: AgentStatus): void;
  /** Agents who are connected, and those who own tickets. */
  agents(): readonly AgentPresence[];

  availability(): AgentAvailability;
  /** Undefined for a ticket that is not queued. */
  placeOf(ticket: Ticket): QueuePlace | undefined;
  /** Called after each change that was written, once for each event, in order. Returns what ends it. */
  subscribe(listener: (event: ConsoleEvent) => void): () => void;
  /** Called when anything of `agents()` changed. Returns what ends it. */
  subscribePresence(listener: () => void): () => void;
}

/** The way to shoppers outside of their turns. */
export interface ShopperLine {
  /**
   * Writes what is to be sent to a conversation; to be called in a transaction with what else belongs to it. False where it
   * is not known where to send.
   *
   * @param message its `id` is no other's: a channel that knows it shows it once, however often it is sent
   * @param from whose name the message bears; the bot's where it is missing
   */
  write(
    conversationId: string,
    message: { readonly id: string; readonly reply: Reply; readonly from?: string },
  ): boolean;
  /** Sends what was written. */
  wake(conversationId: string): void;
  /** Shows that somebody writes; its failure does not matter. */
  typing(conversationId: string, from: string): Promise<void>;
}

/** What hand-off needs to know of agents. */
export interface AgentNames {
  /** The name that shoppers read; undefined where there is no such agent, or they are disabled. */
  nameOf(agentId: string): string | undefined;
}

/** Products as cards in a language; unknown ones are left out. */
export type CardsOf = (productIds: readonly string[], language: Ticket['language']) => readonly ProductCard[];

/** States in which a person owns the conversation, and the bot is silent. */
export const OWNED_STATES: ReadonlySet<HandoffState> = new Set(['assigned', 'active', 'wrapUp']);
