import { stringify } from 'csv-stringify/sync';
import {
  type AuditLog,
  HANDOFF_STATES,
  type Ticket,
  type TicketStatistics,
  type TicketStore,
  VitrineError,
} from '../../domain';
import type { AgentRoutes } from './routes';
import type { Views } from './views';

const DAY = 24 * 3600 * 1000;
/** Days that satisfaction and tickets are counted over. */
const DAYS = 30;
const AUDIT_PAGE = 100;
/** Tickets of an export that are read at once, and written at most. */
const EXPORT_PAGE = 500;
const MOST_EXPORTED = 100_000;
const OPEN = HANDOFF_STATES.filter((state) => state !== 'bot' && state !== 'closed');

export interface SupervisorDeps {
  readonly tickets: TicketStore;
  readonly statistics: TicketStatistics;
  readonly audit: AuditLog;
  readonly views: Views;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What supervisors see and export, and the audit log for admins. */
export function supervisorRoutes(routes: AgentRoutes, deps: SupervisorDeps): void {
  const { audit, views, clock } = deps;
  routes
    .on('get', '/supervisor', { action: 'supervisor', role: 'supervisor', isQuiet: true }, () => overview(deps))
    .on(
      'get',
      '/supervisor/export.csv',
      { action: 'export', role: 'supervisor' },
      async ({ request, response, note }) => {
        const now = clock();
        const from = momentOf(request.query.from, now - DAYS * DAY);
        const to = momentOf(request.query.to, now + 1);
        note(`${new Date(from).toISOString()} ${new Date(to).toISOString()}`);
        response.set({
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="tickets.csv"',
        });
        for (const part of csvOf(deps, from, to)) {
          if (!response.write(part))
            await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
          if (response.destroyed) return;
        }
        response.end();
      },
    )
    .on('get', '/audit', { action: 'audit', role: 'admin' }, ({ request }) => {
      const { before } = request.query;
      if (before !== undefined && !/^\d{1,15}$/.test(String(before))) {
        throw new VitrineError('MESSAGE_INVALID', '"before" must be a number that was given here.');
      }
      const page = audit.page({ limit: AUDIT_PAGE, ...(before !== undefined && { before: Number(before) }) });
      return { entries: page.map((entry) => ({ ...entry, ...views.nameOf(entry.agentId) })) };
    });
}

function overview({ tickets, statistics, views, clock }: SupervisorDeps) {
  const now = clock();
  const open = tickets.inStates(OPEN);
  const queues = OPEN.map((state) => {
    const inState = open.filter((ticket) => ticket.state === state);
    const [oldest] = inState;
    return { state, count: inState.length, ...(oldest && { oldest: oldest.openedAt }) };
  });
  const waits = statistics.waits(now - DAY);
  return {
    queues,
    agents: views.agents(),
    waits: { count: waits.length, ...(waits.length > 0 && { p50: quantile(waits, 0.5), p95: quantile(waits, 0.95) }) },
    satisfaction: satisfactionOf(statistics.satisfaction(now - DAYS * DAY)),
    satisfactionWithBot: satisfactionOf(statistics.satisfactionWithBot(now - DAYS * DAY)),
    days: statistics.days(now - DAYS * DAY),
  };
}

function satisfactionOf(counts: ReadonlyMap<number, number>) {
  const rated = [...counts].reduce((sum, [, count]) => sum + count, 0);
  const total = [...counts].reduce((sum, [score, count]) => sum + score * count, 0);
  return {
    count: rated,
    ...(rated > 0 && { mean: total / rated }),
    counts: Object.fromEntries([1, 2, 3, 4, 5].map((score) => [score, counts.get(score) ?? 0])),
  };
}

/** The value below which that share of them lies; nearest rank. */
function quantile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** Seconds since 1970 would be guesses of the reader: dates are ISO 8601. */
const COLUMNS = [
  'id',
  'opened',
  'channel',
  'language',
  'reason',
  'topic',
  'state',
  'agent',
  'waitSeconds',
  'assigned',
  'answered',
  'closed',
  'outcome',
  'tags',
  'satisfaction',
  'comment',
] as const;

/** Rows that no spreadsheet takes for formulas, whatever shoppers wrote; in quotes, so that no mark of theirs ends a row. */
function* csvOf({ statistics, views }: SupervisorDeps, from: number, to: number): Generator<string> {
  const safe = { escape_formulas: true, quoted_string: true } as const;
  const options = { ...safe, record_delimiter: 'windows', columns: [...COLUMNS] } as const;
  yield stringify([], { ...options, header: true, bom: true });
  let after: Ticket | undefined;
  for (let count = 0; count < MOST_EXPORTED; count += EXPORT_PAGE) {
    const page = statistics.opened({ from, to, after, limit: EXPORT_PAGE });
    if (page.length > 0)
      yield stringify(
        page.map((ticket) => rowOf(ticket, views)),
        options,
      );
    after = page.at(-1);
    if (page.length < EXPORT_PAGE) return;
  }
}

function rowOf(ticket: Ticket, views: Views): Record<(typeof COLUMNS)[number], string | number | undefined> {
  const { channelName, agentName, waitSeconds } = views.ticket(ticket);
  const { id, language, reason, topic, state, outcome, tags, satisfaction, comment } = ticket;
  const time = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  return {
    id,
    opened: time(ticket.openedAt),
    channel: channelName,
    language,
    reason,
    topic,
    state,
    agent: agentName,
    waitSeconds,
    assigned: time(ticket.assignedAt),
    answered: time(ticket.answeredAt),
    closed: time(ticket.closedAt),
    outcome,
    tags: tags.join(', '),
    satisfaction,
    comment,
  };
}

/** A date as a query names it. Throws MESSAGE_INVALID. */
function momentOf(value: unknown, otherwise: number): number {
  if (value === undefined || value === '') return otherwise;
  const at = typeof value === 'string' && value.length <= 40 ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw new VitrineError('MESSAGE_INVALID', '"from" and "to" must be dates such as 2026-11-01.');
  return at;
}
