import type { ActivityJson, Inbox, InboxMessage, Outbox, OutboxMessage, Transactions } from '../domain';
import { guarded, type Sqlite } from './database';

/** One transaction of the database, on disk when it returns. */
export class SqliteTransactions implements Transactions {
  private readonly run: (action: () => unknown) => unknown;

  constructor(db: Sqlite) {
    this.run = db.transaction((action: () => unknown) => action()).immediate;
  }

  atomically<T>(action: () => T): T {
    return guarded(() => this.run(action)) as T;
  }
}

interface InboxRow {
  readonly sequence: number;
  readonly conversation: string;
  readonly activity: string;
  readonly request_id: string;
  readonly interrupted: number;
}

/** Acknowledged messages. A row that is done keeps its ids, so that a repetition is known, and nothing else. */
export class SqliteInbox implements Inbox {
  private readonly statements;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = {
      add: db.prepare(
        `INSERT OR IGNORE INTO inbox (conversation, message_id, activity_id, activity, request_id, interrupted)
         VALUES (?, ?, ?, ?, ?, 0)`,
      ),
      take: db.prepare(
        `INSERT OR REPLACE INTO conversation_shoppers (conversation, channel, user_id, at)
         SELECT @conversation, coalesce(json_extract(@json, '$.channelId'), ''), json_extract(@json, '$.from.id'), @at
         WHERE coalesce(json_extract(@json, '$.from.id'), '') <> ''`,
      ),
      find: db.prepare<[string, string], { activity_id: string }>(
        'SELECT activity_id FROM inbox WHERE conversation = ? AND message_id = ?',
      ),
      next: db.prepare<[string], InboxRow>(
        `SELECT sequence, conversation, activity, request_id, interrupted FROM inbox
         WHERE conversation = ? AND done_at IS NULL ORDER BY sequence LIMIT 1`,
      ),
      done: db.prepare(
        "UPDATE inbox SET done_at = ?, activity = '', request_id = '' WHERE sequence = ? AND done_at IS NULL",
      ),
      interrupted: db.prepare(
        `UPDATE inbox SET interrupted = interrupted + 1
         WHERE sequence IN (SELECT min(sequence) FROM inbox WHERE done_at IS NULL GROUP BY conversation)`,
      ),
      waiting: db.prepare<[], { conversation: string; count: number }>(
        `SELECT conversation, count(*) AS count FROM inbox WHERE done_at IS NULL
         GROUP BY conversation ORDER BY min(sequence)`,
      ),
      prune: db.prepare('DELETE FROM inbox WHERE done_at < ?'),
    };
  }

  add(message: Parameters<Inbox['add']>[0]): ReturnType<Inbox['add']> {
    const { conversation, messageId, activityId, activity, requestId } = message;
    const json = JSON.stringify(activity);
    const { changes } = guarded(() => this.statements.add.run(conversation, messageId, activityId, json, requestId));
    if (changes === 1) {
      guarded(() => this.statements.take.run({ conversation, json, at: this.clock() }));
      return { added: true, activityId };
    }
    return { added: false, activityId: this.find(conversation, messageId) ?? activityId };
  }

  find(conversation: string, messageId: string): string | undefined {
    return guarded(() => this.statements.find.get(conversation, messageId))?.activity_id;
  }

  next(conversation: string): InboxMessage | undefined {
    const row = guarded(() => this.statements.next.get(conversation));
    return (
      row && {
        sequence: row.sequence,
        conversation: row.conversation,
        activity: JSON.parse(row.activity) as ActivityJson,
        requestId: row.request_id,
        interrupted: row.interrupted,
      }
    );
  }

  done(sequence: number): boolean {
    return guarded(() => this.statements.done.run(this.clock(), sequence)).changes === 1;
  }

  resume(): { conversation: string; count: number }[] {
    return guarded(() => {
      const waiting = this.statements.waiting.all();
      if (waiting.length > 0) this.statements.interrupted.run();
      return waiting;
    });
  }

  prune(olderThan: number): void {
    guarded(() => this.statements.prune.run(this.clock() - olderThan));
  }
}

interface OutboxRow {
  readonly sequence: number;
  readonly id: string;
  readonly conversation: string;
  readonly activity: string;
  readonly answers: string;
  readonly attempts: number;
}

/** What channels, or the hub, have yet to take. */
export class SqliteOutbox implements Outbox {
  private readonly statements;

  constructor(db: Sqlite, table: 'outbox' | 'hub_outbox' = 'outbox') {
    this.statements = {
      add: db.prepare(`INSERT INTO ${table} (id, conversation, activity, answers, attempts) VALUES (?, ?, ?, ?, 0)`),
      next: db.prepare<[string], OutboxRow>(
        `SELECT sequence, id, conversation, activity, answers, attempts FROM ${table}
         WHERE conversation = ? ORDER BY sequence LIMIT 1`,
      ),
      remove: db.prepare(`DELETE FROM ${table} WHERE sequence = ?`),
      failed: db.prepare(`UPDATE ${table} SET attempts = attempts + 1 WHERE sequence = ?`),
      conversations: db.prepare<[], { conversation: string }>(
        `SELECT conversation FROM ${table} GROUP BY conversation ORDER BY min(sequence)`,
      ),
      count: db.prepare<[], { count: number }>(`SELECT count(*) AS count FROM ${table}`),
    };
  }

  add({ id, conversation, activity, answers }: Parameters<Outbox['add']>[0]): void {
    const texts = [JSON.stringify(activity), JSON.stringify(answers)];
    guarded(() => this.statements.add.run(id, conversation, ...texts));
  }

  next(conversation: string): OutboxMessage | undefined {
    const row = guarded(() => this.statements.next.get(conversation));
    return (
      row && {
        ...row,
        activity: JSON.parse(row.activity) as ActivityJson,
        answers: JSON.parse(row.answers) as ActivityJson,
      }
    );
  }

  remove(sequence: number): void {
    guarded(() => this.statements.remove.run(sequence));
  }

  failed(sequence: number): void {
    guarded(() => this.statements.failed.run(sequence));
  }

  conversations(): string[] {
    return guarded(() => this.statements.conversations.all()).map(({ conversation }) => conversation);
  }

  count(): number {
    return guarded(() => this.statements.count.get())?.count ?? 0;
  }
}
