import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESSION_IDLE, SESSION_LIFETIME } from '../../src/domain';
import {
  openDatabase,
  type Sqlite,
  SqliteAgentStore,
  SqliteAuditLog,
  SqliteCannedReplyStore,
  SqliteSessionStore,
} from '../../src/storage';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 1);

let dir: string;
let db: Sqlite;
let now: number;
let agents: SqliteAgentStore;
let sessions: SqliteSessionStore;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-agents-'));
  db = openDatabase(dir);
  now = START;
  agents = new SqliteAgentStore(db, () => now);
  sessions = new SqliteSessionStore(db, () => now);
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

function add(name: string, totpSecret?: string) {
  const agent = agents.add({
    name,
    displayName: name.toUpperCase(),
    role: 'agent',
    passwordHash: `hash of ${name}`,
    ...(totpSecret !== undefined && { totpSecret }),
  });
  if (!agent) throw new Error(`${name} was not added`);
  return agent;
}

describe('agents', () => {
  it('are found by id and by name in any case, and a name is given once', () => {
    const bob = add('Bob');
    add('ann', 'SECRET');
    expect(agents.add({ name: 'BOB', displayName: 'B', role: 'admin', passwordHash: 'x' })).toBeUndefined();
    expect(agents.get(bob.id)).toEqual({
      id: bob.id,
      name: 'bob',
      displayName: 'BOB',
      role: 'agent',
      isDisabled: false,
      hasTotp: false,
      createdAt: START,
    });
    expect(agents.byName('bOb')).toEqual(bob);
    expect(agents.list().map(({ name, hasTotp }) => [name, hasTotp])).toEqual([
      ['ann', true],
      ['bob', false],
    ]);
    expect([agents.get('none'), agents.byName('none'), agents.secretsOf('none')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(agents.secretsOf(bob.id)).toEqual({ passwordHash: 'hash of Bob' });
  });

  it('change, and lose their sessions with their password or when they are disabled', () => {
    const [ann, bob] = [add('ann'), add('bob')];
    const others = sessions.start(bob.id);
    const tokens = [sessions.start(ann.id), sessions.start(ann.id)];
    agents.setRole(ann.id, 'supervisor');
    expect(tokens.map((token) => sessions.open(token)?.agentId)).toEqual([ann.id, ann.id]);
    agents.setPassword(ann.id, 'another');
    expect(tokens.map((token) => sessions.open(token))).toEqual([undefined, undefined]);
    const later = sessions.start(ann.id);
    agents.setDisabled(ann.id, true);
    expect(sessions.open(later)).toBeUndefined();
    expect(agents.get(ann.id)).toMatchObject({ role: 'supervisor', isDisabled: true });
    agents.setDisabled(ann.id, false);
    expect([agents.get(ann.id)?.isDisabled, agents.secretsOf(ann.id)?.passwordHash]).toEqual([false, 'another']);
    expect(sessions.open(others)?.agentId).toBe(bob.id);
  });

  it('use the code of a time step once, and none before it afterwards', () => {
    const { id } = add('ann', 'SECRET');
    expect([7, 7, 6, 8].map((step) => agents.spendTotpStep(id, step))).toEqual([true, false, false, true]);
  });
});

describe('sessions', () => {
  it.each([
    ['nothing is done for two hours', [SESSION_IDLE], false],
    ['something is done now and then', Array(5).fill(SESSION_IDLE - MINUTE), true],
    ['twelve hours are over, whatever is done', Array(13).fill(60 * MINUTE), false],
  ])('when %s', (_name, pauses, isOpen) => {
    const token = sessions.start(add('ann').id);
    for (const pause of pauses) {
      now += pause;
      const session = sessions.open(token);
      if (session) sessions.touch(session.id);
    }
    expect(sessions.open(token) !== undefined).toBe(isOpen);
  });

  it('say when they end, end once, and are removed when they are over', () => {
    const { id } = add('ann');
    const [first, second] = [sessions.start(id), sessions.start(id)];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(sessions.open(first)?.expiresAt).toBe(START + SESSION_IDLE);
    now += 11 * 60 * MINUTE;
    expect(sessions.open(first)).toBeUndefined();
    now = START + SESSION_IDLE / 2;
    const session = sessions.open(first);
    expect(session && sessions.get(session.id)).toEqual(session);
    sessions.end(session?.id ?? '');
    expect([sessions.open(first), sessions.open(second)?.agentId, sessions.open('')]).toEqual([
      undefined,
      id,
      undefined,
    ]);
    now = START + SESSION_LIFETIME;
    sessions.prune();
    expect(db.prepare('SELECT count(*) AS n FROM agent_sessions').get()).toEqual({ n: 0 });
  });

  it('are no use to who reads the files', () => {
    const token = sessions.start(add('ann').id);
    db.pragma('wal_checkpoint(TRUNCATE)');
    for (const name of readdirSync(dir)) expect(readFileSync(join(dir, name), 'latin1')).not.toContain(token);
  });
});

it('the audit log is read backwards, page by page, and forgets what is old', () => {
  const audit = new SqliteAuditLog(db, () => now);
  for (const action of ['login', 'claim', 'message'] as const) {
    now += 1;
    audit.add({ agentId: 'a', action, result: 'done', ...(action === 'claim' && { ticketId: 't', detail: 'x' }) });
  }
  audit.add({ action: 'login', result: 'LOGIN_FAILED' });
  const page = audit.page({ limit: 2 });
  expect(page.map(({ action, result }) => [action, result])).toEqual([
    ['login', 'LOGIN_FAILED'],
    ['message', 'done'],
  ]);
  const before = page.at(-1)?.sequence ?? 0;
  expect(audit.page({ before, limit: 9 })).toEqual([
    { sequence: before - 1, at: START + 2, agentId: 'a', action: 'claim', ticketId: 't', result: 'done', detail: 'x' },
    { sequence: before - 2, at: START + 1, agentId: 'a', action: 'login', result: 'done' },
  ]);
  audit.prune(START + 3);
  expect(audit.page({ limit: 9 })).toHaveLength(2);
});

it('ready answers are replaced by id, and a shortcut belongs to one', () => {
  const store = new SqliteCannedReplyStore(db);
  const hello = { id: 'a', shortcut: 'hi', title: 'Hello', texts: { en: 'Hello {{name}}', zh: '你好' } } as const;
  expect([store.put(hello), store.put({ ...hello, id: 'b' })]).toEqual([true, false]);
  expect(store.put({ id: 'b', shortcut: 'bye', title: 'Bye', texts: {} })).toBe(true);
  expect(store.put({ ...hello, id: 'b' })).toBe(false);
  expect(store.put({ ...hello, title: 'Hi' })).toBe(true);
  expect(store.list()).toEqual([
    { id: 'b', shortcut: 'bye', title: 'Bye', texts: {} },
    { ...hello, title: 'Hi' },
  ]);
  expect([store.remove('b'), store.remove('b'), store.list().length]).toEqual([true, false, 1]);
});
