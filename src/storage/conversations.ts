import type { ActivityLog, ConversationStore, LoggedActivity } from '../domain';
import { guarded, type Sqlite } from './database';

/** Conversation state with optimistic locking. */
export class SqliteConversationStore implements ConversationStore {
  private readonly statements;

  constructor(db: Sqlite) {
    this.statements = {
      load: db.prepare<[string], { version: number; state: string }>(
        'SELECT version, state FROM conversations WHERE id = ?',
      ),
      insert: db.prepare('INSERT OR IGNORE INTO conversations (id, version, state) VALUES (?, 1, ?)'),
      update: db.prepare('UPDATE conversations SET version = version + 1, state = ? WHERE id = ? AND version = ?'),
    };
  }

  load(conversationId: string): { state: unknown; version: number } {
    const row = guarded(() => this.statements.load.get(conversationId));
    return row ? { state: JSON.parse(row.state), version: row.version } : { state: undefined, version: 0 };
  }

  save(conversationId: string, state: unknown, version: number): boolean {
    const json = JSON.stringify(state);
    const { changes } = guarded(() =>
      version === 0
        ? this.statements.insert.run(conversationId, json)
        : this.statements.update.run(json, conversationId, version),
    );
    return changes === 1;
  }
}

/** The activities of local conversations. */
export class SqliteActivityLog implements ActivityLog {
  private readonly statements;

  constructor(db: Sqlite) {
    this.statements = {
      open: db.prepare('INSERT OR IGNORE INTO local_conversations (id, user_id) VALUES (?, ?)'),
      user: db.prepare<[string], { user_id: string }>('SELECT user_id FROM local_conversations WHERE id = ?'),
      last: db.prepare<[string], { last: number }>(
        'SELECT coalesce(max(sequence), 0) AS last FROM activities WHERE conversation_id = ?',
      ),
      append: db.prepare(
        `INSERT INTO activities (conversation_id, sequence, activity_id, json)
         SELECT @conversation, coalesce(max(sequence), 0) + 1, @id, @json FROM activities
         WHERE conversation_id = @conversation
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
    guarded(() => this.statements.open.run(conversationId, userId));
  }

  userOf(conversationId: string): string | undefined {
    return guarded(() => this.statements.user.get(conversationId))?.user_id;
  }

  append(conversationId: string, activity: Readonly<Record<string, unknown>>): void {
    const json = JSON.stringify(activity);
    guarded(() => this.statements.append.run({ conversation: conversationId, id: String(activity.id), json }));
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
