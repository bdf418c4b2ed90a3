import type { EraseOptions, PersonalData, PrivacyScope, PrivacyStore, ShopperId, StoredRow, Whom } from '../domain';
import { VitrineError } from '../domain';
import { FIRST_VERSION } from './conversations';
import { guarded, type Sqlite } from './database';
import { KNOWN_SHOPPERS, SHOPPER_TABLES } from './shopper-tables';

/** How ids of local conversations begin; see `channels/directline`. */
const LOCAL = 'local:';
/** The channel of local conversations. */
const LOCAL_CHANNEL = 'directline';

/** What the SQL of `SHOPPER_TABLES` and of this file refers to. */
interface Parameters {
  readonly keys: string;
  readonly local: string;
  readonly channel: string | null;
  readonly userId: string | null;
}

/** Finds, reads and erases what is kept of a shopper. */
export class SqlitePrivacyStore implements PrivacyStore {
  private readonly statements;

  constructor(
    private readonly db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = prepare(db);
  }

  find(whom: Whom): PrivacyScope[] {
    return guarded(() => {
      const { shoppers, keys, members } = this.statements;
      if ('userId' in whom) {
        const { userId, channel = null } = whom;
        return shoppers.all({ userId, channel }).map((shopper) => this.scopeOf(shopper));
      }
      const scopes = keys.all({ conversation: whom.conversation }).map(({ key }) => {
        const [shopper, ...others] = members.all({ key });
        return shopper && others.length === 0 ? this.scopeOf(shopper) : { conversations: [key] };
      });
      return [...new Map(scopes.map((scope) => [JSON.stringify(scope), scope])).values()];
    });
  }

  read(scope: PrivacyScope): PersonalData {
    const { shopper, conversations } = scope;
    const whose = { ...(shopper && { shopper }), conversations };
    const read = this.db.transaction((): PersonalData => {
      const shared = shopper ? conversations.filter((key) => this.statements.members.all({ key }).length > 1) : [];
      const own = parametersOf({ ...whose, conversations: conversations.filter((key) => !shared.includes(key)) });
      const data = Object.entries(SHOPPER_TABLES).map(([table, { rows, json }]) => {
        const found = this.db.prepare<[Parameters], StoredRow>(`SELECT * FROM ${table} WHERE ${rows}`).all(own);
        return [table, found.map((row) => withJson(row, json ?? []))] as const;
      });
      return { ...whose, shared, data: Object.fromEntries(data) };
    });
    return guarded(() => read());
  }

  waiting(scope: PrivacyScope): number {
    return guarded(() => this.statements.waiting.all(parametersOf(scope))).reduce((sum, { count }) => sum + count, 0);
  }

  files(scope: PrivacyScope, { keepWaiting }: EraseOptions): string[] {
    const { files } = this.statements;
    return guarded(() => files.all({ ...parametersOf(scope), keepWaiting: Number(keepWaiting) })).map(({ id }) => id);
  }

  erase(scope: PrivacyScope, { keepWaiting }: EraseOptions): number {
    const erase = this.db.transaction((): number => {
      const { waiting: waitingRows, blank, restart } = this.statements;
      const all = parametersOf(scope);
      const keys = keepWaiting ? waitingRows.all(all).map(({ conversation }) => conversation) : [];
      const { keys: waiting, local: waitingLocal } = parametersOf({ conversations: keys });
      let removed = 0;
      for (const [table, { rows, goes }] of Object.entries(SHOPPER_TABLES)) {
        const which = goes === undefined || (!keepWaiting && table !== 'attachments') ? 'TRUE' : goes;
        const sql = `DELETE FROM ${table} WHERE (${rows}) AND ${which}`;
        removed += this.db.prepare(sql).run({ ...all, waiting }).changes;
      }
      removed += blank.run({ waiting, waitingLocal }).changes;
      restart.run({ waiting, now: this.clock() });
      return removed;
    });
    return guarded(() => erase.immediate());
  }

  scrub(): void {
    guarded(() => {
      // Overwriting what is deleted leaves copies that moving rows between pages made; a copy of the database has none.
      this.db.exec('VACUUM');
      const [result] = this.db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      if (result?.busy !== 0)
        throw new VitrineError('STORAGE_FAILED', 'the log of the database is in use all the time');
    });
  }

  private scopeOf(shopper: ShopperId): PrivacyScope {
    const scope = (of: ShopperId) => {
      return { shopper: of, conversations: this.statements.conversations.all(of).map(({ key }) => key) };
    };
    const paired = this.statements.paired.all(shopper).map(scope);
    return { ...scope(shopper), ...(paired.length > 0 && { paired }) };
  }
}

function parametersOf({ shopper, conversations }: PrivacyScope): Parameters {
  const local = conversations.filter((key) => key.startsWith(LOCAL)).map((key) => key.slice(LOCAL.length));
  const { channel = null, userId = null } = shopper ?? {};
  return { keys: JSON.stringify(conversations), local: JSON.stringify(local), channel, userId };
}

function withJson(row: StoredRow, columns: readonly string[]): StoredRow {
  const parsed = columns.filter((column) => row[column]).map((column) => [column, JSON.parse(String(row[column]))]);
  return { ...row, ...Object.fromEntries(parsed) };
}

function prepare(db: Sqlite) {
  const known = KNOWN_SHOPPERS.map((table) => `SELECT channel, user_id FROM ${table} WHERE user_id = @userId`);
  const called = (column: string) =>
    `${column} = @conversation OR substr(${column}, -length(@conversation) - 1) = ':' || @conversation`;
  return {
    shoppers: db.prepare<[{ userId: string; channel: string | null }], ShopperId>(
      `SELECT channel, user_id AS userId FROM (
         ${known.join(' UNION ')} UNION
         SELECT '${LOCAL_CHANNEL}', user_id FROM local_conversations WHERE user_id = @userId)
       WHERE @channel IS NULL OR channel = @channel ORDER BY channel`,
    ),
    paired: db.prepare<[ShopperId], ShopperId>(
      `SELECT channel, user_id AS userId FROM shopper_links
       WHERE person IN (SELECT person FROM shopper_links WHERE channel = @channel AND user_id = @userId)
       AND NOT (channel = @channel AND user_id = @userId) ORDER BY channel, user_id`,
    ),
    conversations: db.prepare<[ShopperId], { key: string }>(
      `SELECT conversation AS key FROM conversation_shoppers WHERE channel = @channel AND user_id = @userId UNION
       SELECT '${LOCAL}' || id FROM local_conversations WHERE user_id = @userId AND @channel = '${LOCAL_CHANNEL}'`,
    ),
    keys: db.prepare<[{ conversation: string }], { key: string }>(
      `SELECT conversation AS key FROM conversation_shoppers WHERE ${called('conversation')} UNION
       SELECT id FROM conversations WHERE ${called('id')} UNION
       SELECT '${LOCAL}' || id FROM local_conversations WHERE ${called(`('${LOCAL}' || id)`)}`,
    ),
    members: db.prepare<[{ key: string }], ShopperId>(
      `SELECT channel, user_id AS userId FROM conversation_shoppers WHERE conversation = @key UNION
       SELECT '${LOCAL_CHANNEL}', user_id FROM local_conversations WHERE '${LOCAL}' || id = @key`,
    ),
    waiting: db.prepare<[Parameters], { conversation: string; count: number }>(
      `SELECT conversation, count(*) AS count FROM (
         SELECT conversation FROM inbox WHERE done_at IS NULL UNION ALL
         SELECT conversation FROM outbox WHERE attempts = 0)
       WHERE conversation IN (SELECT value FROM json_each(@keys)) GROUP BY conversation`,
    ),
    files: db.prepare<[Parameters & { keepWaiting: number }], { id: string }>(
      `SELECT id FROM attachments WHERE ${SHOPPER_TABLES.attachments?.rows} AND NOT (@keepWaiting AND EXISTS (
         SELECT 1 FROM inbox WHERE inbox.conversation = attachments.conversation AND done_at IS NULL
         AND instr(activity, attachments.id) > 0))`,
    ),
    // Empty rows keep the numbers of those that are still to come above those that were shown.
    blank: db.prepare(
      `UPDATE activities SET json = ''
       WHERE json <> '' AND conversation_id IN (SELECT value FROM json_each(@waitingLocal)) AND activity_id NOT IN
       (SELECT activity_id FROM inbox WHERE done_at IS NULL AND conversation IN (SELECT value FROM json_each(@waiting)))`,
    ),
    restart: db.prepare(
      `INSERT INTO conversations (id, version, state, at)
       SELECT DISTINCT conversation, ${FIRST_VERSION}, 'null', @now FROM inbox
       WHERE done_at IS NULL AND conversation IN (SELECT value FROM json_each(@waiting))`,
    ),
  };
}
