import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { VitrineError } from '../domain';
import { AGENT_TABLES } from './migrations/agents';
import { ALERT_TABLES } from './migrations/alerts';
import { BASKET_TABLES } from './migrations/basket';
import { HANDOFF_TABLES } from './migrations/handoff';
import { HUB_TABLES } from './migrations/hub';
import { PAIRING_TABLES } from './migrations/pairing';
import { PRIVACY_TABLES } from './migrations/privacy';
import { RATING_TABLES } from './migrations/ratings';
import { SEARCH_VECTOR_TABLES } from './migrations/search-vectors';

export type Sqlite = Database.Database;

const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE products (
    id TEXT PRIMARY KEY, hash BLOB NOT NULL, revision INTEGER NOT NULL UNIQUE, json TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE pictures (
    product_id TEXT NOT NULL, position INTEGER NOT NULL, source TEXT NOT NULL, base TEXT, file TEXT, failure TEXT,
    PRIMARY KEY (product_id, position)
  ) WITHOUT ROWID;
  CREATE INDEX pictures_pending ON pictures (product_id, position) WHERE file IS NULL AND failure IS NULL;
  CREATE TABLE checkpoints (feed TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE conversations (id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE local_conversations (id TEXT PRIMARY KEY, user_id TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE activities (
    conversation_id TEXT NOT NULL, sequence INTEGER NOT NULL, activity_id TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (conversation_id, sequence), UNIQUE (conversation_id, activity_id)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE inbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL, message_id TEXT NOT NULL,
    activity_id TEXT NOT NULL, activity TEXT NOT NULL, request_id TEXT NOT NULL, interrupted INTEGER NOT NULL,
    done_at INTEGER, UNIQUE (conversation, message_id)
  );
  CREATE INDEX inbox_waiting ON inbox (conversation, sequence) WHERE done_at IS NULL;
  CREATE INDEX inbox_done ON inbox (done_at) WHERE done_at IS NOT NULL;
  CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, conversation TEXT NOT NULL,
    activity TEXT NOT NULL, answers TEXT NOT NULL, attempts INTEGER NOT NULL
  );
  CREATE INDEX outbox_conversation ON outbox (conversation, sequence);
  CREATE TABLE attachments (
    id TEXT PRIMARY KEY, conversation TEXT NOT NULL, content_type TEXT NOT NULL, name TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX attachments_created ON attachments (created_at);
  `,
  `
  CREATE TABLE vectors (
    encoder TEXT NOT NULL, input BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, input)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE profiles (
    channel TEXT NOT NULL, user_id TEXT NOT NULL, consented_at INTEGER NOT NULL, PRIMARY KEY (channel, user_id)
  ) WITHOUT ROWID;
  CREATE TABLE profile_events (
    channel TEXT NOT NULL, user_id TEXT NOT NULL, at INTEGER NOT NULL, product_id TEXT NOT NULL, kind TEXT NOT NULL,
    grp TEXT NOT NULL, PRIMARY KEY (channel, user_id, at, product_id, kind)
  ) WITHOUT ROWID;
  CREATE INDEX profile_events_at ON profile_events (at);
  CREATE INDEX profile_events_bought ON profile_events (grp, channel, user_id) WHERE kind = 'purchase';
  CREATE TABLE impressions (
    channel TEXT NOT NULL, user_id TEXT NOT NULL, search_id TEXT NOT NULL, position INTEGER NOT NULL,
    product_id TEXT NOT NULL, sponsored INTEGER NOT NULL, at INTEGER NOT NULL, clicked TEXT, clicked_at INTEGER,
    PRIMARY KEY (channel, user_id, search_id, position)
  ) WITHOUT ROWID;
  CREATE INDEX impressions_product ON impressions (channel, user_id, product_id, at);
  CREATE INDEX impressions_at ON impressions (at);
  CREATE TABLE bids (product_id TEXT PRIMARY KEY, minor INTEGER NOT NULL, currency TEXT NOT NULL) WITHOUT ROWID;
  `,
  HANDOFF_TABLES,
  AGENT_TABLES,
  PRIVACY_TABLES,
  HUB_TABLES,
  SEARCH_VECTOR_TABLES,
  BASKET_TABLES,
  RATING_TABLES,
  ALERT_TABLES,
  PAIRING_TABLES,
];

/**
 * Opens (and creates or migrates) the database of a data directory: WAL, every commit on disk.
 * Throws DATA_DIR_UNWRITABLE or STORAGE_FAILED.
 */
export function openDatabase(dataDir: string): Sqlite {
  return guarded(() => {
    mkdirSync(dataDir, { recursive: true });
    const db = new Database(join(dataDir, 'vitrine.sqlite'));
    try {
      db.pragma('busy_timeout = 10000');
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      // What is deleted is overwritten, not only given free.
      db.pragma('secure_delete = ON');
      migrate(db);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function migrate(db: Sqlite): void {
  // A current database is not written to: it must open on a full disk, too.
  if (Number(db.pragma('user_version', { simple: true })) === MIGRATIONS.length) return;
  const run = db.transaction(() => {
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > MIGRATIONS.length) {
      throw new VitrineError('STORAGE_FAILED', 'the data directory was written by a newer version of Vitrine');
    }
    for (const sql of MIGRATIONS.slice(version)) db.exec(sql);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  run.immediate();
}

/** Takes the writer's place and gives it back. Throws STORAGE_FULL, DATA_DIR_UNWRITABLE or STORAGE_FAILED. */
export function checkWritable(db: Sqlite): void {
  guarded(() => db.exec('BEGIN IMMEDIATE; ROLLBACK'));
}

/** Runs a storage action; its faults become errors of the table. */
export function guarded<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw storageError(error);
  }
}

/** Maps faults of SQLite and of the file system. */
export function storageError(error: unknown): Error {
  if (error instanceof VitrineError) return error;
  const code = (error as { code?: string }).code ?? '';
  if (/^SQLITE_FULL|^ENOSPC|^EDQUOT/.test(code)) {
    return new VitrineError('STORAGE_FULL', 'the disk of the data directory is full', { cause: error });
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)|^E(ROFS|ACCES|PERM|NOTDIR|EXIST)$/.test(code)) {
    return new VitrineError('DATA_DIR_UNWRITABLE', `the data directory can't be written (${code})`, { cause: error });
  }
  if (/^SQLITE_/.test(code)) return new VitrineError('STORAGE_FAILED', `storage failed (${code})`, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}
