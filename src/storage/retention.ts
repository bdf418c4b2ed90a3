import { setImmediate as breathe } from 'node:timers/promises';
import type { AlertStore, AttachmentStore, BasketStore, PairingStore, ProfileStore, Retention } from '../domain';
import { guarded, type Sqlite } from './database';

/** Rows of one step: turns run between two of them. */
const STEP = 500;
const HOUR = 3600 * 1000;
/** Conversations in which a shopper is still to be told of something: it must be known where. */
const AWAITED = "(SELECT conversation FROM alerts WHERE state <> 'told')";

export interface RetentionOptions {
  readonly db: Sqlite;
  readonly attachments: Pick<AttachmentStore, 'expire' | 'removeStrays'>;
  readonly profiles: Pick<ProfileStore, 'expire'>;
  readonly baskets: Pick<BasketStore, 'expire'>;
  readonly pairing: Pick<PairingStore, 'expire'>;
  /** Days that a basket is kept in which nothing is changed. */
  readonly basketDays: number;
  readonly alerts: Pick<AlertStore, 'expire'>;
  /** Days that an alert is kept. */
  readonly alertDays: number;
  /** Days that what was said is kept. */
  readonly transcriptDays: number;
  /** Hours that files are kept. */
  readonly mediaHours: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** One step of forgetting what is from before a moment; returns how much it found, at most `STEP`. */
type Step = (before: number) => number;

/** Forgets what is older than it may be, a few rows at a time. */
export class SqliteRetention implements Retention {
  private readonly steps: readonly Step[];

  constructor(private readonly options: RetentionOptions) {
    this.steps = stepsOf(options.db);
  }

  async prune(): Promise<void> {
    const {
      attachments,
      profiles,
      baskets,
      alerts,
      pairing,
      transcriptDays,
      basketDays,
      alertDays,
      mediaHours,
      clock,
    } = this.options;
    const before = clock() - transcriptDays * 24 * HOUR;
    alerts.expire(clock() - alertDays * 24 * HOUR);
    for (const step of this.steps) while (guarded(() => step(before)) === STEP) await breathe();
    // Before consents: who shares no longer may have nothing else.
    pairing.expire();
    profiles.expire();
    baskets.expire(clock() - basketDays * 24 * HOUR);
    await attachments.expire(mediaHours * HOUR);
    await attachments.removeStrays();
  }
}

function stepsOf(db: Sqlite): Step[] {
  const changing = (sql: string): Step => {
    const statement = db.prepare(sql);
    return (before) => statement.run(before).changes;
  };
  const rows = (table: string, age: string): Step => {
    return changing(`DELETE FROM ${table} WHERE ${age} < ? LIMIT ${STEP}`);
  };
  /** Conversations with what belongs to them, together. */
  const conversations = (which: string, removals: readonly string[]): Step => {
    const select = db.prepare<[{ before: number }], { id: string }>(`${which} LIMIT ${STEP}`);
    const statements = removals.map((sql) => db.prepare<[string]>(sql));
    return db.transaction((before: number) => {
      const found = select.all({ before });
      for (const { id } of found) for (const statement of statements) statement.run(id);
      return found.length;
    }).immediate;
  };
  return [
    // The numbers of activities begin at 1 again where there are none: a page that shows some would miss what comes.
    conversations(
      `SELECT id FROM local_conversations AS c WHERE opened_at < @before AND NOT EXISTS
         (SELECT 1 FROM activities WHERE conversation_id = c.id AND at >= @before)
         AND 'local:' || id NOT IN ${AWAITED}`,
      ['DELETE FROM activities WHERE conversation_id = ?', 'DELETE FROM local_conversations WHERE id = ?'],
    ),
    // Of a conversation in which something is still to be told, empty rows keep the numbers.
    changing(
      `UPDATE activities SET json = '' WHERE at < ? AND json <> '' AND 'local:' || conversation_id IN ${AWAITED} LIMIT ${STEP}`,
    ),
    changing(`DELETE FROM activities WHERE at < ? AND 'local:' || conversation_id NOT IN ${AWAITED} LIMIT ${STEP}`),
    rows('transcript', 'at'),
    rows('console_events', 'at'),
    rows('tickets', 'closed_at'),
    rows('ratings', 'asked_at'),
    rows('hub_outbox', "1000 * unixepoch(json_extract(activity, '$.timestamp'), 'subsec')"),
    rows('conversations', 'at'),
    // Who took part, and where to answer them, is known as long as anything else is.
    conversations(
      `SELECT DISTINCT conversation AS id FROM conversation_shoppers AS c WHERE at < @before
       AND NOT EXISTS (SELECT 1 FROM conversation_shoppers WHERE conversation = c.conversation AND at >= @before)
       AND NOT EXISTS (SELECT 1 FROM conversations WHERE id = c.conversation)
       AND NOT EXISTS (SELECT 1 FROM local_conversations WHERE id = substr(c.conversation, length('local:') + 1))
       AND NOT EXISTS (SELECT 1 FROM tickets WHERE conversation = c.conversation)
       AND NOT EXISTS (SELECT 1 FROM transcript WHERE conversation = c.conversation)
       AND conversation NOT IN ${AWAITED}`,
      [
        'DELETE FROM conversation_shoppers WHERE conversation = ?',
        'DELETE FROM answer_references WHERE conversation = ?',
      ],
    ),
  ];
}
