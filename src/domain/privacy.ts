import type { ShopperId } from './profile';

/** Whom an export or an erase is about: a shopper, or who takes part in a conversation. */
export type Whom = { readonly userId: string; readonly channel?: string } | { readonly conversation: string };

/** What is looked for: what is kept under a shopper's id, and in the conversations that they took part in. */
export interface PrivacyScope {
  /** Undefined where only a conversation is known, or several shoppers talk in it. */
  readonly shopper?: ShopperId;
  /** Ids over all channels. */
  readonly conversations: readonly string[];
  /** Others who share basket and likes with the shopper: an erase is about them, too; an export is not. */
  readonly paired?: readonly PrivacyScope[];
}

/** One row of storage, with the columns' names. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** Everything that is kept of a shopper but the bytes of files. */
export interface PersonalData {
  readonly shopper?: ShopperId;
  readonly conversations: readonly string[];
  /** Of `conversations` those in which others talk, too: what was said there is not told. */
  readonly shared: readonly string[];
  /** Rows by the table that keeps them. */
  readonly data: Readonly<Record<string, readonly StoredRow[]>>;
}

/** What an erase leaves for the moment. */
export interface EraseOptions {
  /**
   * Messages that are not answered yet, and answers that are on their way, stay with what they need to arrive. The turn of
   * such a message finds a conversation that begins anew, and can't write what it read before.
   */
  readonly keepWaiting: boolean;
}

/** What storage keeps of shoppers, over all tables. */
export interface PrivacyStore {
  /** Nothing, where nothing is kept; several, where an id is known on several channels. */
  find(whom: Whom): readonly PrivacyScope[];
  /** Reads everything, as it was at one moment. */
  read(scope: PrivacyScope): PersonalData;
  /** Messages that are not answered yet, and answers that are on their way. */
  waiting(scope: PrivacyScope): number;
  /** Ids of the files that an erase removes; they go before their rows do. */
  files(scope: PrivacyScope, options: EraseOptions): readonly string[];
  /** Removes rows, all in one transaction; returns how many. */
  erase(scope: PrivacyScope, options: EraseOptions): number;
  /**
   * Leaves no trace of removed rows in the database's files. Throws STORAGE_FULL without room for a copy of it, and
   * STORAGE_FAILED when others read or write all the time.
   */
  scrub(): void;
}

/** Forgets what is older than the merchant lets it be. */
export interface Retention {
  /** Removes what was said and sent too long ago. Others may write meanwhile. */
  prune(): Promise<void>;
}
