import type { Ticket } from '../../../src/domain';
import { SqliteRatingStore } from '../../../src/storage';
import { Console, type Seat } from './support/console';

const HOUR = 3600 * 1000;
let desk: Console;
let [ann, eve, root]: Seat[] = [];
beforeEach(async () => {
  desk = await new Console().start();
  [ann, eve, root] = [desk.seat('ann'), desk.seat('eve', 'supervisor'), desk.seat('root', 'admin')];
});
afterEach(async () => {
  await desk.close();
  expect(desk.faults).toEqual([]);
});
const seats = () => ({ ann, eve, root }) as Record<'ann' | 'eve' | 'root', Seat>;

/** A ticket that waited for some seconds, and was rated. */
function closed(seconds: number, satisfaction: number | undefined, comment?: string): Ticket {
  const by = { id: seats().ann.id, supervises: false };
  const { id, conversationId } = desk.escalate();
  const now = () => desk.tickets.get(id) as Ticket;
  desk.now += seconds * 1000;
  desk.handoff.claim(id, by, now().version);
  desk.handoff.send(id, by, { id: `hi-${id}`, text: 'Hello' });
  desk.handoff.finish(id, by, now().version);
  desk.handoff.close(id, by, { outcome: 'solved', tags: ['@SUM(1+1)'], version: now().version });
  const message = { conversationId, channel: 'directline', userId: 'u', text: '' };
  const turn = { message, language: 'en', topic: '', entries: [] } as const;
  if (satisfaction !== undefined) {
    desk.handoff.shoppers.turned({ ...turn, change: { kind: 'rate', ticketId: id, score: satisfaction } });
  }
  if (comment !== undefined) {
    desk.handoff.shoppers.turned({ ...turn, change: { kind: 'comment', ticketId: id, text: comment } });
  }
  return now();
}

it('counts queues, waits, satisfaction and days', async () => {
  closed(1, 1);
  desk.now += 25 * HOUR;
  for (const [seconds, score] of [
    [10, 5],
    [20, 4],
    [30, undefined],
    [100, 5],
  ] as const) {
    closed(seconds, score);
  }
  // Without a person: the first is too old to count.
  const ratings = new SqliteRatingStore(desk.db);
  for (const [score, age] of [
    [1, 31 * 24 * HOUR],
    [2, HOUR],
    [4, 1],
  ] as const) {
    const whose = { conversationId: `c${score}`, channel: 'sms', userId: 'u', language: 'en' } as const;
    ratings.rate({ ...whose, askedAt: desk.now - age, score });
  }
  const oldest = desk.escalate();
  desk.now += 5_000;
  desk.escalate();
  const { body } = await seats().eve.renew().get('/supervisor');
  expect(body.queues).toEqual([
    { state: 'queued', count: 2, oldest: oldest.openedAt },
    { state: 'assigned', count: 0 },
    { state: 'active', count: 0 },
    { state: 'wrapUp', count: 0 },
    { state: 'message', count: 0 },
  ]);
  expect(body.waits).toEqual({ count: 4, p50: 20, p95: 100 });
  expect(body.satisfaction).toEqual({ count: 4, mean: 3.75, counts: { 1: 1, 2: 0, 3: 0, 4: 1, 5: 2 } });
  expect(body.satisfactionWithBot).toEqual({ count: 2, mean: 3, counts: { 1: 0, 2: 1, 3: 0, 4: 1, 5: 0 } });
  expect(body.days).toEqual([
    { day: '2030-01-01', opened: 1, closed: 1 },
    { day: '2030-01-02', opened: 6, closed: 4 },
  ]);
  expect(
    body.agents.map(({ displayName, status, load }: Record<string, unknown>) => [displayName, status, load]),
  ).toEqual([
    ['ANN', 'offline', 0],
    ['EVE', 'offline', 0],
    ['ROOT', 'offline', 0],
  ]);
});

it('has nothing to say of an empty shop', async () => {
  const { body } = await seats().eve.get('/supervisor');
  expect(body).toMatchObject({ waits: { count: 0 }, satisfaction: { count: 0 }, days: [] });
  expect([body.waits.p50, body.satisfaction.mean]).toEqual([undefined, undefined]);
});

describe('the export', () => {
  const dangerous = [
    '=HYPERLINK("http://evil.example")',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\tx',
    '\r=1',
    '＝1+1',
    'plain, with "quotes"\nand a line',
  ];

  it('holds no formula, whatever shoppers and agents wrote', async () => {
    for (const comment of dangerous) closed(1, 5, comment);
    const { status, headers, body } = await seats().eve.get('/supervisor/export.csv');
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="tickets.csv"',
    ]);
    const text = String(body);
    expect(text.startsWith('\ufeff"id","opened","channel",')).toBe(true);
    const rows = parseCsv(text);
    expect(rows).toHaveLength(dangerous.length + 1);
    const comments = rows.slice(1).map((row) => row.at(-1));
    expect(comments).toEqual(dangerous.map((comment) => (/^plain/.test(comment) ? comment : `'${comment}`)));
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
    expect(rows[1]?.slice(2, 9)).toEqual(['Web', 'en', 'asked', 'shoes', 'closed', 'ANN', '1']);
  });

  it('is of the tickets of a time, all of them and in order', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 1_100; i++) {
      if (i % 3 === 0) desk.now += 1_000;
      ids.push(desk.escalate().id);
    }
    const all = parseCsv(String((await seats().eve.get('/supervisor/export.csv')).body)).slice(1);
    expect(all.map(([id]) => id).sort()).toEqual([...ids].sort());
    const opened = all.map((row) => row[1] ?? '');
    expect(opened).toEqual([...opened].sort());
    const [from, to] = [opened[300], opened[600]];
    const some = parseCsv(String((await seats().eve.get(`/supervisor/export.csv?from=${from}&to=${to}`)).body)).slice(
      1,
    );
    expect(some.map((row) => row[1])).toEqual(opened.filter((at) => at >= String(from) && at < String(to)));
    const none = await seats().eve.get('/supervisor/export.csv?from=2031-01-01');
    expect(parseCsv(String(none.body))).toHaveLength(1);
    expect(desk.trail().at(-1)?.slice(0, 2)).toEqual(['export', 'done']);
  });

  it.each(['from=yesterday', 'to=99999999999999999999', 'from=2026-01-01&from=2026-02-01'])(
    'of no time: %s',
    async (query) => {
      expect((await seats().eve.get(`/supervisor/export.csv?${query}`)).status).toBe(400);
    },
  );
});

it.each([
  ['/supervisor', [403, 200, 200]],
  ['/supervisor/export.csv', [403, 200, 200]],
  ['/audit', [403, 403, 200]],
])('%s is for roles', async (path, statuses) => {
  const found = [];
  for (const seat of Object.values(seats())) found.push((await seat.get(path)).status);
  expect(found).toEqual(statuses);
  const refused = desk.trail().filter(([, result]) => result === 'FORBIDDEN');
  expect(refused).toHaveLength(statuses.filter((status) => status === 403).length);
});

it('admins read what was done and refused, newest first', async () => {
  const ticket = desk.escalate();
  await seats().ann.post(`/tickets/${ticket.id}/claim`, { version: ticket.version });
  await seats().ann.get('/supervisor');
  const { body } = await seats().root.get('/audit');
  expect(body.entries).toEqual([
    expect.objectContaining({ action: 'supervisor', result: 'FORBIDDEN', agentId: seats().ann.id, agentName: 'ANN' }),
    expect.objectContaining({ action: 'claim', result: 'done', ticketId: ticket.id, at: desk.now }),
  ]);
  const next = await seats().root.get(`/audit?before=${body.entries[0].sequence}`);
  expect(next.body.entries.map(({ action }: { action: string }) => action)).toEqual(['claim']);
  expect((await seats().root.get('/audit?before=x')).status).toBe(400);
});

/** Rows of a CSV text, quotes undone. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of text
    .replace(/^\ufeff/, '')
    .matchAll(/((?:"(?:[^"]|"")*"|[^,"\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^,"\r\n]*))*)\r\n/g)) {
    const cells = [...(line[1] ?? '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)];
    rows.push(cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''));
  }
  return rows;
}
