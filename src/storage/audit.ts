import type { AuditEntry, AuditLog } from '../domain';
import { guarded, type Sqlite } from './database';

interface AuditRow {
  readonly sequence: number;
  readonly at: number;
  readonly agent_id: string | null;
  readonly action: AuditEntry['action'];
  readonly ticket_id: string | null;
  readonly result: AuditEntry['result'];
  readonly detail: string | null;
}

/** What agents did and were refused. */
export class SqliteAuditLog implements AuditLog {
  private readonly statements;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = {
      add: db.prepare('INSERT INTO audit (at, agent_id, action, ticket_id, result, detail) VALUES (?, ?, ?, ?, ?, ?)'),
      page: db.prepare<[number, number], AuditRow>(
        'SELECT * FROM audit WHERE sequence < ? ORDER BY sequence DESC LIMIT ?',
      ),
      prune: db.prepare('DELETE FROM audit WHERE at < ?'),
    };
  }

  add({ agentId, action, ticketId, result, detail }: Parameters<AuditLog['add']>[0]): void {
    guarded(() =>
      this.statements.add.run(this.clock(), agentId ?? null, action, ticketId ?? null, result, detail ?? null),
    );
  }

  page({ before = Number.MAX_SAFE_INTEGER, limit }: Parameters<AuditLog['page']>[0]): AuditEntry[] {
    return guarded(() => this.statements.page.all(before, limit)).map((row) => ({
      sequence: row.sequence,
      at: row.at,
      action: row.action,
      result: row.result,
      ...(row.agent_id !== null && { agentId: row.agent_id }),
      ...(row.ticket_id !== null && { ticketId: row.ticket_id }),
      ...(row.detail !== null && { detail: row.detail }),
    }));
  }

  prune(before: number): void {
    guarded(() => this.statements.prune.run(before));
  }
}
