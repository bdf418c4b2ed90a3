import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifySync } from '@node-rs/argon2';
import { openDatabase, SqliteAgentStore, SqliteAuditLog, SqliteSessionStore } from '../../src/storage';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
const PASSWORD = 'a fine and long one';
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-agent-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function vitrine(args: readonly string[], input = '') {
  const env = { ...process.env, DATA_DIR: dir };
  return spawnSync(process.execPath, [MAIN, 'agent', ...args], { encoding: 'utf8', env, input });
}

function withStores<T>(
  action: (stores: { agents: SqliteAgentStore; sessions: SqliteSessionStore; audit: SqliteAuditLog }) => T,
): T {
  const db = openDatabase(dir);
  try {
    return action({
      agents: new SqliteAgentStore(db),
      sessions: new SqliteSessionStore(db),
      audit: new SqliteAuditLog(db),
    });
  } finally {
    db.close();
  }
}

it('adds agents with a password from the standard input, and keeps only an argon2id hash of it', () => {
  const { status, stdout } = vitrine(['add', 'Ann', '--role', 'agent', '--display', 'Ann Doe'], `${PASSWORD}\nmore\n`);
  expect([status, stdout]).toEqual([0, 'ann: agent\n']);
  withStores(({ agents }) => {
    const ann = agents.byName('ann');
    expect(ann).toMatchObject({
      name: 'ann',
      displayName: 'Ann Doe',
      role: 'agent',
      hasTotp: false,
      isDisabled: false,
    });
    const hash = agents.secretsOf(ann?.id ?? '')?.passwordHash ?? '';
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(verifySync(hash, PASSWORD)).toBe(true);
  });
  for (const name of readdirSync(dir)) expect(readFileSync(join(dir, name), 'latin1')).not.toContain(PASSWORD);
});

it('prints what an authenticator app reads', () => {
  const { stdout } = vitrine(['add', 'totp', '--role', 'admin', '--totp'], PASSWORD);
  const url = new URL(/otpauth:\S+/.exec(stdout)?.[0] ?? '');
  expect([url.host, url.pathname, url.searchParams.get('issuer')]).toEqual(['totp', '/Vitrine:totp', 'Vitrine']);
  expect(stdout).toMatch(/[▀▄█]{5}/);
  const secret = withStores(({ agents }) => agents.secretsOf(agents.byName('totp')?.id ?? '')?.totpSecret);
  expect(url.searchParams.get('secret')).toBe(secret);
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
});

it.each([
  [['add', 'bob', '--role', 'agent'], 'too short', 1, 'at least 12'],
  [['add', 'bob', '--role', 'agent'], '', 1, 'standard input is empty'],
  [['add', 'ANN', '--role', 'agent'], PASSWORD, 1, 'of that name already'],
  [['add', 'b', '--role', 'agent'], PASSWORD, 2, '3 to 64'],
  [['add', 'bob', '--role', 'king'], PASSWORD, 2, 'Allowed choices'],
  [['password', 'nobody'], PASSWORD, 1, 'AGENT_UNKNOWN'],
])('%j with %j ends with %i', (args, input, code, message) => {
  const { status, stderr } = vitrine(args, input);
  expect(stderr).toContain(message);
  expect(status).toBe(code);
  expect(withStores(({ agents }) => agents.byName('bob'))).toBeUndefined();
});

it('changes password, role and whether they may sign in; sessions end where they must', () => {
  const session = () => withStores(({ agents, sessions }) => sessions.start(agents.byName('ann')?.id ?? ''));
  const isOpen = (token: string) => withStores(({ sessions }) => sessions.open(token) !== undefined);
  let token = session();
  expect(vitrine(['role', 'ann', 'supervisor']).stdout).toBe('ann: supervisor\n');
  expect(isOpen(token)).toBe(true);
  expect(vitrine(['password', 'ann'], 'another fine one\n').stdout).toBe('ann: password\n');
  expect(isOpen(token)).toBe(false);
  token = session();
  expect(vitrine(['disable', 'ann']).stdout).toBe('ann: disabled\n');
  expect(isOpen(token)).toBe(false);
  expect(vitrine(['list']).stdout).toBe('ann\tsupervisor\tAnn Doe\tdisabled\ntotp\tadmin\ttotp\ttotp\n');
  vitrine(['enable', 'ann']);
  withStores(({ agents, audit }) => {
    const ann = agents.byName('ann');
    expect(ann?.isDisabled).toBe(false);
    expect(verifySync(agents.secretsOf(ann?.id ?? '')?.passwordHash ?? '', 'another fine one')).toBe(true);
    const noted = audit.page({ limit: 9 }).filter(({ detail }) => detail?.endsWith(ann?.id ?? '?'));
    expect(noted.map(({ detail }) => detail?.split(' ')[0])).toEqual([
      'enabled',
      'disabled',
      'password',
      'supervisor',
      'agent',
    ]);
  });
});

it('asks at a terminal, twice, and shows nothing of it', () => {
  // Python's pty module is what a terminal is here; it types as a person does, erasing a slip.
  const typed = JSON.stringify(['a fine and long oneX\u007f\r', 'a fine and long one\r']);
  const script = `
import json, os, pty, sys
answers = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
seen = b''
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    seen += part
    if answers and seen.count(b': ') >= 3 - len(answers):
        os.write(terminal, answers.pop(0).encode())
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(status))`;
  const { status, stdout } = spawnSync(
    '/usr/bin/python3',
    ['-c', script, typed, process.execPath, MAIN, 'agent', 'add', 'tty', '--role', 'agent'],
    { encoding: 'utf8', env: { ...process.env, DATA_DIR: dir } },
  );
  expect(stdout).toContain('Password again: ');
  expect([status, stdout.includes('fine')]).toEqual([0, false]);
  const hash = withStores(({ agents }) => agents.secretsOf(agents.byName('tty')?.id ?? '')?.passwordHash ?? '');
  expect(verifySync(hash, PASSWORD)).toBe(true);
});
