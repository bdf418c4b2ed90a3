import type { ErrorCode } from './errors';
import type { Language } from './language';

/** Each may do what the one before may, and more. */
export const AGENT_ROLES = ['agent', 'supervisor', 'admin'] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

/** Somebody who answers shoppers. */
export interface Agent {
  readonly id: string;
  /** What they sign in with, in lower case. */
  readonly name: string;
  /** What shoppers and other agents see. */
  readonly displayName: string;
  readonly role: AgentRole;
  readonly isDisabled: boolean;
  /** Whether signing in needs a code of theirs, too. */
  readonly hasTotp: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** What proves who an agent is. */
export interface AgentSecrets {
  /** Of argon2id, with its parameters. */
  readonly passwordHash: string;
  /** Base32. */
  readonly totpSecret?: string;
}

export interface AgentStore {
  get(id: string): Agent | undefined;
  byName(name: string): Agent | undefined;
  /** By name. */
  list(): readonly Agent[];
  /** Undefined where the name is taken. */
  add(agent: Pick<Agent, 'name' | 'displayName' | 'role'> & AgentSecrets): Agent | undefined;
  secretsOf(id: string): AgentSecrets | undefined;
  /** Ends the agent's sessions, too. */
  setPassword(id: string, passwordHash: string): void;
  setRole(id: string, role: AgentRole): void;
  /** Ends the agent's sessions, too, where they are disabled. */
  setDisabled(id: string, isDisabled: boolean): void;
  /** Notes that the code of a time step was used; false where it, or a later one, was used before. */
  spendTotpStep(id: string, step: number): boolean;
}

/** Longest a session lasts, and longest without a request, in milliseconds. */
export const SESSION_LIFETIME = 12 * 3600 * 1000;
export const SESSION_IDLE = 2 * 3600 * 1000;

/** That an agent signed in. */
export interface AgentSession {
  /** A digest of the token: who reads the table can't sign in with it. */
  readonly id: string;
  readonly agentId: string;
  /** When it ends if nothing more is done, in milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface SessionStore {
  /** Returns the token, which is kept nowhere. */
  start(agentId: string): string;
  /** Undefined for a token that is unknown, expired or ended. */
  open(token: string): AgentSession | undefined;
  /** The same of an id. */
  get(id: string): AgentSession | undefined;
  /** Something was done: it is not idle. */
  touch(id: string): void;
  end(id: string): void;
  /** Removes expired ones. */
  prune(): void;
}

/** What is written down of agents' doings. */
export const AUDIT_ACTIONS = [
  'login',
  'logout',
  'socket',
  'presence',
  'open',
  'claim',
  'assign',
  'transfer',
  'return',
  'finish',
  'close',
  'tags',
  'note',
  'message',
  'file',
  'translate',
  'search',
  'canned',
  'supervisor',
  'export',
  'audit',
  /** A change by "vitrine agent". */
  'agent',
  /** By "vitrine privacy"; it does not say whose. */
  'erase',
  /** Anything else that was asked for. */
  'request',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** One thing that an agent did, or was refused; never a word of a shopper. */
export interface AuditEntry {
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Missing where nobody was signed in. */
  readonly agentId?: string;
  readonly action: AuditAction;
  readonly ticketId?: string;
  readonly result: 'done' | ErrorCode;
  /** An id or an address that belongs to it: the agent to whom it was given, where a sign-in came from. */
  readonly detail?: string;
}

export interface AuditLog {
  add(entry: Omit<AuditEntry, 'sequence' | 'at'>): void;
  /** Newest first; `before` is the sequence number of the last one that was seen. */
  page(options: { before?: number; limit: number }): readonly AuditEntry[];
  /** Removes what is older than a moment (milliseconds since 1970). */
  prune(before: number): void;
}

/** A ready answer. `{{name}}`, `{{agent}}`, `{{shop}}` and `{{order}}` in it are for the console to fill in. */
export interface CannedReply {
  readonly id: string;
  /** What is typed after a slash. */
  readonly shortcut: string;
  readonly title: string;
  readonly texts: Readonly<Partial<Record<Language, string>>>;
}

export interface CannedReplyStore {
  /** By shortcut. */
  list(): readonly CannedReply[];
  /** Adds or replaces by id; false where another one has the shortcut. */
  put(reply: CannedReply): boolean;
  /** False where there is none. */
  remove(id: string): boolean;
}
