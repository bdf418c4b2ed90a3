import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import { Passwords } from '../../../src/server/agent/passwords';
import { SignIn } from '../../../src/server/agent/sign-in';
import { newTotp } from '../../../src/server/agent/totp';
import { openDatabase, type Sqlite, SqliteAgentStore, SqliteSessionStore } from '../../../src/storage';

const MINUTE = 60_000;
const PASSWORD = 'a fine and long one';
const passwords = new Passwords();
let passwordHash: string;
let dir: string;
let db: Sqlite;
let now: number;
let agents: SqliteAgentStore;
let signIn: SignIn;
beforeAll(async () => {
  passwordHash = await passwords.hash(PASSWORD);
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-sign-in-'));
  db = openDatabase(dir);
  now = Date.UTC(2026, 10, 1);
  const clock = () => now;
  agents = new SqliteAgentStore(db, clock);
  signIn = new SignIn({ agents, sessions: new SqliteSessionStore(db, clock), passwords, clock });
  agents.add({ name: 'ann', displayName: 'Ann', role: 'agent', passwordHash });
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

const kinds = async (tries: Promise<{ kind: string }>[]) => (await Promise.all(tries)).map(({ kind }) => kind);
const attempt = (name: string, password: string, address = '10.0.0.1', code?: string) =>
  signIn.signIn({ name, password, code }, address);

it('lets in who knows the password, by the name in any case', async () => {
  const result = await attempt('ANN', PASSWORD);
  expect(result).toMatchObject({
    kind: 'signedIn',
    agent: { name: 'ann' },
    token: expect.stringMatching(/^[\w-]{43}$/),
  });
});

it.each([
  ['a wrong password', 'ann', 'wrong', '10.0.0.1'],
  ['a name that nobody has', 'bob', 'wrong', '10.0.0.1'],
])(
  'after five times %s an address waits, whatever it sends, and others do not',
  async (_name, name, password, address) => {
    for (let i = 0; i < 5; i++) expect(await attempt(name, password, address)).toMatchObject({ kind: 'refused' });
    expect(await attempt('ann', PASSWORD, address)).toMatchObject({ kind: 'tooMany', seconds: 300 });
    expect(await attempt('ann', PASSWORD, '10.0.0.2')).toMatchObject({ kind: 'signedIn' });
    now += 5 * MINUTE;
    expect(await attempt('ann', PASSWORD, address)).toMatchObject({ kind: 'signedIn' });
  },
);

it('one network of IPv6 is one address', async () => {
  for (let i = 0; i < 5; i++) await attempt(`name${i}`, 'wrong', `2001:db8:0:1::${i}`);
  expect(await attempt('ann', PASSWORD, '2001:db8:0:1:ffff::1')).toMatchObject({ kind: 'tooMany' });
  expect(await attempt('ann', PASSWORD, '2001:db8:1::1')).toMatchObject({ kind: 'signedIn' });
});

it('of fifty at one name from fifty addresses at once, ten are looked at', async () => {
  const matches = jest.spyOn(passwords, 'matches');
  const found = await kinds(Array.from({ length: 50 }, (_, i) => attempt('ann', 'wrong', `10.1.0.${i}`)));
  expect([matches.mock.calls.length, found.filter((kind) => kind === 'tooMany').length]).toEqual([10, 40]);
  matches.mockRestore();
  expect(await attempt('ann', PASSWORD, '10.2.0.1')).toMatchObject({ kind: 'tooMany', seconds: 900 });
  now += 15 * MINUTE;
  expect(await attempt('ann', PASSWORD, '10.2.0.1')).toMatchObject({ kind: 'signedIn' });
});

it('signing in often is no failure', async () => {
  for (let i = 0; i < 12; i++) expect(await attempt('ann', PASSWORD)).toMatchObject({ kind: 'signedIn' });
});

it('refuses the disabled, and who was disabled or got another password meanwhile', async () => {
  const id = agents.byName('ann')?.id ?? '';
  let result = attempt('ann', PASSWORD);
  agents.setDisabled(id, true);
  expect(await result).toMatchObject({ kind: 'refused' });
  expect(await attempt('ann', PASSWORD)).toMatchObject({ kind: 'refused' });
  agents.setDisabled(id, false);
  result = attempt('ann', PASSWORD);
  agents.setPassword(id, passwordHash.replace(/.$/, ''));
  expect(await result).toMatchObject({ kind: 'refused' });
});

it('hashes for a name that nobody has, too', async () => {
  await expect(passwords.matches(undefined, PASSWORD)).resolves.toBe(false);
  await expect(passwords.matches(passwordHash, PASSWORD.normalize('NFD'))).resolves.toBe(true);
  await expect(passwords.matches(passwordHash, 'x'.repeat(100_000))).resolves.toBe(false);
});

it('says that it is busy where more than a few are looked at, and counts none of those as failed', async () => {
  const all = Array.from({ length: 20 }, (_, i) => attempt(`name${i}`, 'wrong', `10.3.0.${i}`));
  const settled = await Promise.allSettled(all);
  const refused = settled.filter((each) => each.status === 'rejected');
  expect(refused.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(Array(4).fill('BUSY'));
  for (let i = 0; i < 5; i++) expect(await attempt('x', 'wrong', '10.3.0.19')).toMatchObject({ kind: 'refused' });
});

describe('with codes', () => {
  let totp: TOTP;
  beforeEach(() => {
    const { secret } = newTotp('Shop', 'sue');
    totp = new TOTP({ secret });
    agents.add({ name: 'sue', displayName: 'Sue', role: 'admin', passwordHash, totpSecret: secret });
  });
  const code = (steps = 0) => totp.generate({ timestamp: now + steps * 30_000 });

  it('asks for one, takes it once, and the ones before and after it', async () => {
    expect(await attempt('sue', PASSWORD)).toMatchObject({ kind: 'codeNeeded' });
    expect(await attempt('sue', 'wrong')).toMatchObject({ kind: 'refused' });
    expect(await attempt('sue', PASSWORD, '10.0.0.1', code(-1))).toMatchObject({ kind: 'signedIn' });
    expect(await attempt('sue', PASSWORD, '10.0.0.1', code(-1))).toMatchObject({ kind: 'refused' });
    expect(await attempt('sue', PASSWORD, '10.0.0.1', code(1))).toMatchObject({ kind: 'signedIn' });
    expect(await attempt('sue', PASSWORD, '10.0.0.1', code(0))).toMatchObject({ kind: 'refused' });
  });

  it.each(['000000', '12345', '1234567', 'abcdef', '１２３４５６', ' 1 2 3 '])('refuses %j', async (wrong) => {
    expect(await attempt('sue', PASSWORD, '10.0.0.1', wrong)).toMatchObject({ kind: 'refused' });
  });

  it('a code from long ago or far ahead is none, and guessing is counted', async () => {
    for (const steps of [-2, 2, 100]) {
      expect(await attempt('sue', PASSWORD, `10.0.0.${steps + 50}`, code(steps))).toMatchObject({ kind: 'refused' });
    }
    for (let i = 0; i < 7; i++) await attempt('sue', PASSWORD, `10.0.1.${i}`, '000000');
    expect(await attempt('sue', PASSWORD, '10.0.2.1', code())).toMatchObject({ kind: 'tooMany' });
  });
});
