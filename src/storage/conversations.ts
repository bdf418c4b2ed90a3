import { type ActivityLog, type ConversationStore, type LoggedActivity, type ShopperId, VitrineError } from '../domain';
import { guarded, type Sqlite } from './database';

/**
 * The version that a state begins with. A turn may know the version of a state that was erased meanwhile: one that begins
 * anew must never reach that number again.
 */
export const FIRST_VERSION = '1 + abs(random() % 1000000000000)';

/** Conversation state with optimistic locking. */
export class SqliteConversationStore implements ConversationStore {
  private readonly statements;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = {
      load: db.prepare<[string], { version: number; state: string }>(
        'SELECT version, state FROM conversations WHERE id = ?',
      ),
      // A state is as old as the search that it holds.
      insert: db.prepare(
        `INSERT OR IGNORE INTO conversations (id, version, state, at)
         VALUES (@id, ${FIRST_VERSION}, @json, coalesce(json_extract(@json, '$.searchedAt'), @now))`,
      ),
      update: db.prepare(
        `UPDATE conversations SET version = version + 1, state = @json,
           at = coalesce(json_extract(@json, '$.searchedAt'), @now)
         WHERE id = @id AND version = @version`,
      ),
      take: db.prepare(
        `INSERT OR REPLACE INTO conversation_shoppers (conversation, channel, user_id, at)
         VALUES (@id, @channel, @userId, @now)`,
      ),
    };
  }

  load(conversationId: string): { state: unknown; version: number } {
    const row = guarded(() => this.statements.load.get(conversationId));
    return row ? { state: parsed(row.state), version: row.version } : { state: undefined, version: 0 };
  }

  save(conversationId: string, state: unknown, version: number, shopper?: ShopperId): boolean {
    const row = { id: conversationId, json: JSON.stringify(state), now: this.clock() };
    return guarded(() => {
      const { insert, update, take } = this.statements;
      const { changes } = version === 0 ? insert.run(row) : update.run({ ...row, version });
      if (changes === 0) return false;
      if (shopper?.userId) take.run({ id: conversationId, ...shopper, now: row.now });
      return true;
    });
  }
}

/** Undefined where it is no JSON: the conversation begins anew, and goes on. */
function parsed(state: string): unknown {
  try {
    return JSON.parse(state);
  } catch {
    return undefined;
  }
}

/** The activities of local conversations. */
export class SqliteActivityLog implements ActivityLog {
  private readonly statements;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = {
      open: db.prepare('INSERT OR IGNORE INTO local_conversations (id, user_id, opened_at) VALUES (?, ?, ?)'),
      user: db.prepare<[string], { user_id: string }>('SELECT user_id FROM local_conversations WHERE id = ?'),
      last: db.prepare<[string], { last: number }>(
        'SELECT coalesce(max(sequence), 0) AS last FROM activities WHERE conversation_id = ?',
      ),
      append: db.prepare(
        `INSERT INTO activities (conversation_id, sequence, activity_id, json, at)
         SELECT @conversation, coalesce(max(sequence), 0) + 1, @id, @json, @at FROM activities
         WHERE conversation_id = @conversation
         HAVING EXISTS (SELECT 1 FROM local_conversations WHERE id = @conversation)
         ON CONFLICT (conversation_id, activity_id) DO NOTHING`,
      ),
      replace: db.prepare<[string, string, string, string], { sequence: number }>(
        `UPDATE activities SET json = ?
         WHERE conversation_id = ? AND activity_id = ? AND iif(json = '', NULL, json_extract(json, '$.from.id')) = ?
         RETURNING sequence`,
      ),
      // An empty row keeps the place: the number of the newest activity never falls.
      remove: db.prepare(
        `UPDATE activities SET json = ''
         WHERE conversation_id = ? AND activity_id = ? AND iif(json = '', NULL, json_extract(json, '$.from.id')) = ?`,
      ),
      after: db.prepare<[string, number, number], { sequence: number; json: string }>(
        `SELECT sequence, json FROM activities WHERE conversation_id = ? AND sequence > ? AND json <> ''
         ORDER BY sequence LIMIT ?`,
      ),
    };
  }

  open(conversationId: string, userId: string): void {
    guarded(() => this.statements.open.run(conversationId, userId, this.clock()));
  }

  userOf(conversationId: string): string | undefined {
    return guarded(() => this.statements.user.get(conversationId))?.user_id;
  }

  append(conversationId: string, activity: Readonly<Record<string, unknown>>): void {
    const row = {
      conversation: conversationId,
      id: String(activity.id),
      json: JSON.stringify(activity),
      at: this.clock(),
    };
    const { changes } = guarded(() => this.statements.append.run(row));
    if (changes === 0 && this.userOf(conversationId) === undefined) {
      throw new VitrineError('CONVERSATION_UNKNOWN', 'There is no such conversation, or no longer.');
    }
  }

  replace(
    conversationId: string,
    senderId: string,
    activityId: string,
    activity: Readonly<Record<string, unknown>>,
  ): number | undefined {
    const json = JSON.stringify(activity);
    return guarded(() => this.statements.replace.get(json, conversationId, activityId, senderId))?.sequence;
  }

  remove(conversationId: string, senderId: string, activityId: string): void {
    guarded(() => this.statements.remove.run(conversationId, activityId, senderId));
  }

  last(conversationId: string): number {
    return guarded(() => this.statements.last.get(conversationId))?.last ?? 0;
  }

  after(conversationId: string, sequence: number, limit: number): LoggedActivity[] {
    return guarded(() => this.statements.after.all(conversationId, sequence, limit)).map((row) => ({
      sequence: row.sequence,
      activity: JSON.parse(row.json) as Record<string, unknown>,
    }));
  }
}
