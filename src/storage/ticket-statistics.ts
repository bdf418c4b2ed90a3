import type { Ticket, TicketStatistics } from '../domain';
import { guarded, type Sqlite } from './database';

type Range = Parameters<TicketStatistics['opened']>[0];

/** Counts of the tickets' and the ratings' tables. */
export class SqliteTicketStatistics implements TicketStatistics {
  private readonly statements;

  constructor(db: Sqlite) {
    this.statements = {
      waits: db
        .prepare<[number], number>(
          'SELECT (assigned_at - opened_at) / 1000.0 FROM tickets WHERE assigned_at >= ? ORDER BY 1',
        )
        .pluck(),
      satisfaction: db.prepare<[number], { score: number; count: number }>(
        `SELECT json_extract(json, '$.satisfaction') AS score, count(*) AS count FROM tickets
         WHERE closed_at >= ? AND score IS NOT NULL GROUP BY score ORDER BY score`,
      ),
      satisfactionWithBot: db.prepare<[number], { score: number; count: number }>(
        'SELECT score, count(*) AS count FROM ratings WHERE asked_at >= ? GROUP BY score ORDER BY score',
      ),
      days: db.prepare<[{ since: number }], { day: string; opened: number; closed: number }>(
        `SELECT day, sum(opened) AS opened, sum(closed) AS closed FROM (
           SELECT date(opened_at / 1000, 'unixepoch') AS day, 1 AS opened, 0 AS closed FROM tickets WHERE opened_at >= @since
           UNION ALL
           SELECT date(closed_at / 1000, 'unixepoch'), 0, 1 FROM tickets WHERE closed_at >= @since)
         GROUP BY day ORDER BY day`,
      ),
      opened: db
        .prepare<[{ from: number; to: number; at: number; id: string; limit: number }], string>(
          `SELECT json FROM tickets WHERE opened_at >= @from AND opened_at < @to AND (opened_at, id) > (@at, @id)
           ORDER BY opened_at, id LIMIT @limit`,
        )
        .pluck(),
    };
  }

  waits(since: number): number[] {
    return guarded(() => this.statements.waits.all(since));
  }

  satisfaction(since: number): Map<number, number> {
    return countsOf(this.statements.satisfaction, since);
  }

  satisfactionWithBot(since: number): Map<number, number> {
    return countsOf(this.statements.satisfactionWithBot, since);
  }

  days(since: number): { day: string; opened: number; closed: number }[] {
    return guarded(() => this.statements.days.all({ since }));
  }

  opened({ from, to, after, limit }: Range): Ticket[] {
    const place = { at: after?.openedAt ?? -1, id: after?.id ?? '' };
    const rows = guarded(() => this.statements.opened.all({ from, to, ...place, limit }));
    return rows.map((json) => JSON.parse(json) as Ticket);
  }
}

type Counts = { readonly all: (since: number) => { readonly score: number; readonly count: number }[] };

function countsOf(statement: Counts, since: number): Map<number, number> {
  return new Map(guarded(() => statement.all(since)).map(({ score, count }) => [score, count]));
}
