import type { Colleague, Entry, EntryFile, Me, Product, Ticket } from '../api/types';
import type { Connection } from '../live/live-socket';

/** What is on its way to a shopper, or did not get there. */
export interface Pending {
  /** Made by this page: the entry has it too, so that it is shown once. */
  readonly id: string;
  readonly ticketId: string;
  readonly at: number;
  readonly text: string;
  readonly isPrivate: boolean;
  readonly products: readonly Product[];
  readonly files: readonly (EntryFile & { readonly attachmentId: string })[];
  readonly failed: boolean;
  /** The language of the text, where the shopper is to read a translation. */
  readonly translateFrom?: string;
}

/** What is known of a conversation's transcript. */
export interface Thread {
  /** By sequence, each id once. */
  readonly entries: readonly Entry[];
  readonly pending: readonly Pending[];
  readonly loading: 'no' | 'loading' | 'done' | 'failed';
  readonly hasOlder: boolean;
  /** The newest entry that the agent has had before their eyes. */
  readonly seen: number;
}

export const EMPTY_THREAD: Thread = { entries: [], pending: [], loading: 'no', hasOlder: false, seen: 0 };

/** All that an agent's page knows. Never changed: every change makes a new one. */
export interface DeskState {
  readonly me: Me;
  readonly connection: Connection;
  /** The newest event that was applied. */
  readonly lastEvent: number;
  /** By id. */
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly agents: readonly Colleague[];
  /** By conversation. */
  readonly threads: ReadonlyMap<string, Thread>;
  /** By ticket: earlier tickets of the same conversation. */
  readonly history: ReadonlyMap<string, readonly Ticket[]>;
  /** Tickets whose conversations are open, in the order of their tabs. */
  readonly opened: readonly string[];
  /** The open ones, last looked at first. */
  readonly recent: readonly string[];
  /** By ticket: until when the shopper counts as typing, in milliseconds since 1970. */
  readonly typing: ReadonlyMap<string, number>;
  /** By ticket: is the shopper's page open? */
  readonly present: ReadonlyMap<string, boolean>;
  /** Are the lists loaded? */
  readonly listed: boolean;
  /** Are there closed tickets beyond those that are known? */
  readonly moreClosed: boolean;
}

export function emptyDesk(me: Me): DeskState {
  return {
    me,
    connection: 'connecting',
    lastEvent: 0,
    tickets: new Map(),
    agents: [],
    threads: new Map(),
    history: new Map(),
    opened: [],
    recent: [],
    typing: new Map(),
    present: new Map(),
    listed: false,
    moreClosed: true,
  };
}

/** A map with one value more, or another one. */
export function withValue<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return map.get(key) === value ? map : new Map(map).set(key, value);
}

/** A map without a key. */
export function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  return map.has(key) ? new Map([...map].filter(([each]) => each !== key)) : map;
}
