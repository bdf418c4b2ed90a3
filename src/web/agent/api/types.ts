/** What the console's API and socket speak; the server's side of it is `src/domain/handoff.ts` and `src/server/agent`. */

export const TICKET_STATES = ['queued', 'assigned', 'active', 'wrapUp', 'message', 'closed'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export type Reason = 'asked' | 'gaveUp' | 'sentiment' | 'orderValue' | 'complaint' | 'vip';

/** One escalation of a conversation. Times are milliseconds since 1970. */
export interface Ticket {
  readonly id: string;
  readonly conversationId: string;
  readonly channel: string;
  readonly userId: string;
  readonly state: TicketState;
  /** Grows with every change: an action names the version that the agent saw. */
  readonly version: number;
  readonly reason: Reason;
  readonly language: string;
  readonly topic: string;
  readonly preview: string;
  readonly agentId?: string;
  readonly wantedAgentId?: string;
  readonly email?: string;
  readonly tags: readonly string[];
  readonly outcome?: string;
  /** 1 to 5. */
  readonly satisfaction?: number;
  readonly comment?: string;
  readonly openedAt: number;
  readonly assignedAt?: number;
  readonly answeredAt?: number;
  readonly closedAt?: number;
  readonly since: number;
  readonly agentName?: string;
  readonly channelName?: string;
  readonly shopperPresent?: boolean;
  /** It is another agent's by now: who it is about and what was said is not for us. */
  readonly isHidden?: boolean;
}

export type Speaker = 'shopper' | 'bot' | 'agent' | 'system';

export interface EntryFile {
  readonly kind: 'photo' | 'voice' | 'file';
  readonly attachmentId?: string;
  readonly contentType?: string;
  /** Where it is read; missing where the channel holds the file. */
  readonly url?: string;
}

export interface Product {
  readonly productId: string;
  readonly title: string;
  readonly price: string;
  readonly imagePath?: string;
  readonly stock?: string;
}

/** One thing that was said, by anybody. */
export interface Entry {
  readonly id: string;
  readonly sequence: number;
  readonly conversationId: string;
  readonly at: number;
  readonly speaker: Speaker;
  readonly agentId?: string;
  readonly agentName?: string;
  readonly text: string;
  readonly language?: string;
  /** Of an agent: what the shopper read in place of the text. */
  readonly translation?: { readonly language: string; readonly text: string };
  readonly files?: readonly EntryFile[];
  readonly heard?: { readonly text: string; readonly sure: boolean };
  readonly understood?: string;
  readonly products?: readonly Product[];
  readonly isPrivate?: boolean;
  /** Of `system`: what it tells; the text is what the shopper read of it, and may be empty. */
  readonly notice?: string;
}

/** What every console is told, once and in order. */
export interface ConsoleEvent {
  readonly sequence: number;
  readonly ticketId: string;
  readonly conversationId: string;
  readonly kind: 'ticket' | 'entry';
  readonly at: number;
  readonly ticket?: Ticket;
  readonly entry?: Entry;
}

export type PresenceStatus = 'available' | 'away' | 'offline';

export interface Colleague {
  readonly id: string;
  readonly displayName: string;
  readonly status: PresenceStatus;
  /** Conversations that they own. */
  readonly load: number;
}

export type Role = 'agent' | 'supervisor' | 'admin';

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
}

export interface Settings {
  readonly languages: readonly string[];
  readonly shopName: string;
  readonly soundDefault: boolean;
  readonly translation: boolean;
}

/** A reply that is written once and used often; `texts` by language. */
export interface Canned {
  readonly id: string;
  readonly shortcut: string;
  readonly title: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** How often each score of 1 to 5 was given. */
export interface Satisfaction {
  readonly count: number;
  readonly mean?: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** What supervisors see; waits in seconds. */
export interface Overview {
  readonly queues: readonly { readonly state: TicketState; readonly count: number; readonly oldest?: number }[];
  readonly agents: readonly Colleague[];
  /** Of the last 24 hours. */
  readonly waits: { readonly count: number; readonly p50?: number; readonly p95?: number };
  /** Of the last 30 days. */
  readonly satisfaction: Satisfaction;
  /** The same of conversations that no person took part in. */
  readonly satisfactionWithBot: Satisfaction;
  /** Of the last 30 days, by UTC; those without any are left out. */
  readonly days: readonly Day[];
}

export interface Day {
  readonly day: string;
  readonly opened: number;
  readonly closed: number;
}

/** One thing that an agent did, or was refused. */
export interface AuditEntry {
  readonly sequence: number;
  readonly at: number;
  readonly agentName?: string;
  readonly action: string;
  readonly ticketId?: string;
  readonly result: string;
  readonly detail?: string;
}

/** What comes from the server's socket. */
export type FromSocket =
  | { readonly type: 'event'; readonly event: ConsoleEvent }
  | { readonly type: 'typing'; readonly ticketId: string; readonly who: 'shopper'; readonly at: number }
  | { readonly type: 'presence'; readonly agents: readonly Colleague[] }
  | { readonly type: 'shopper'; readonly ticketId: string; readonly present: boolean }
  | { readonly type: 'bye'; readonly reason: 'expired' | 'stopping' }
  | { readonly type: 'pong' };

/** What goes to it. */
export type ToSocket =
  | { readonly type: 'hello'; readonly after: number }
  | { readonly type: 'typing'; readonly ticketId: string }
  | { readonly type: 'ping' };
