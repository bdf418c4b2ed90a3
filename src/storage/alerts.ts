import { randomUUID } from 'node:crypto';
import type { Alert, AlertKind, AlertOwner, AlertStore, KeptAlert, Language, Product, ShopperId } from '../domain';
import { guarded, type Sqlite } from './database';

const OF_OWNER = 'conversation = @conversationId AND user_id = @userId';

interface AlertRow {
  readonly id: string;
  readonly conversation: string;
  readonly channel: string;
  readonly user_id: string;
  readonly product_id: string;
  readonly kind: AlertKind;
  readonly language: Language;
  readonly state: Alert['state'];
  readonly target_minor: number | null;
  readonly target_currency: string | null;
  readonly times: number;
}

/** Alerts of shoppers. What an import changed is told by the revisions of products, which it writes with them. */
export class SqliteAlertStore implements AlertStore {
  private readonly statements;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = {
      of: db.prepare<[AlertOwner], AlertRow>(`SELECT * FROM alerts WHERE ${OF_OWNER} ORDER BY at, product_id`),
      put: db.prepare(
        `INSERT INTO alerts (id, conversation, channel, user_id, product_id, kind, language, state, target_minor, target_currency, at)
         VALUES (@id, @conversationId, @channel, @userId, @productId, @kind, @language, @state, @minor, @currency, @at)
         ON CONFLICT (conversation, user_id, product_id, kind) DO UPDATE SET language = excluded.language,
           state = excluded.state, target_minor = excluded.target_minor, target_currency = excluded.target_currency,
           at = excluded.at, revision = 0`,
      ),
      remove: db.prepare(`DELETE FROM alerts WHERE ${OF_OWNER} AND (@productId IS NULL OR product_id = @productId)`),
      forget: db.prepare<[ShopperId]>('DELETE FROM alerts WHERE channel = @channel AND user_id = @userId'),
      changed: db.prepare<[number], AlertRow & { json: string; seen: number }>(
        `SELECT alerts.*, products.json AS json, products.revision AS seen
         FROM alerts JOIN products ON products.id = alerts.product_id AND products.revision > alerts.revision
         WHERE state <> 'told' ORDER BY alerts.at LIMIT ?`,
      ),
      note: db.prepare('UPDATE alerts SET state = @state, times = @times, revision = @revision WHERE id = @id'),
      drop: db.prepare<[string]>('DELETE FROM alerts WHERE id = ?'),
      waitingFor: db.prepare<[], { product_id: string; count: number }>(
        `SELECT product_id, count(*) AS count FROM alerts WHERE kind = 'stock' AND state = 'waiting' GROUP BY product_id`,
      ),
      expire: db.prepare<[number]>('DELETE FROM alerts WHERE at < ?'),
    };
  }

  of({ conversationId, channel, userId }: AlertOwner): KeptAlert[] {
    return guarded(() => this.statements.of.all({ conversationId, channel, userId })).map(alertOf);
  }

  put({ conversationId, channel, userId }: AlertOwner, alert: Alert): void {
    const { productId, kind, language, state, target } = alert;
    const { minor = null, currency = null } = target ?? {};
    const row = {
      id: randomUUID(),
      conversationId,
      channel,
      userId,
      productId,
      kind,
      language,
      state,
      minor,
      currency,
    };
    guarded(() => this.statements.put.run({ ...row, at: this.clock() }));
  }

  remove({ conversationId, userId }: AlertOwner, productId?: string): void {
    guarded(() => this.statements.remove.run({ conversationId, userId, productId: productId ?? null }));
  }

  forget({ channel, userId }: ShopperId): void {
    guarded(() => this.statements.forget.run({ channel, userId }));
  }

  changed(limit: number): { alert: KeptAlert; product: Product; revision: number }[] {
    return guarded(() => this.statements.changed.all(limit)).map((row) => ({
      alert: alertOf(row),
      product: JSON.parse(row.json) as Product,
      revision: row.seen,
    }));
  }

  note(id: string, now: Parameters<AlertStore['note']>[1]): void {
    guarded(() => this.statements.note.run({ id, ...now }));
  }

  drop(id: string): void {
    guarded(() => this.statements.drop.run(id));
  }

  waitingFor(): Map<string, number> {
    return new Map(guarded(() => this.statements.waitingFor.all()).map(({ product_id, count }) => [product_id, count]));
  }

  expire(before: number): void {
    guarded(() => this.statements.expire.run(before));
  }
}

function alertOf(row: AlertRow): KeptAlert {
  const { id, conversation, channel, user_id, product_id, kind, language, state, times } = row;
  const { target_minor: minor, target_currency: currency } = row;
  return {
    ...{ id, conversationId: conversation, shopper: { channel, userId: user_id }, times },
    ...{ productId: product_id, kind, language, state },
    ...(minor !== null && currency !== null && { target: { minor, currency } }),
  };
}
