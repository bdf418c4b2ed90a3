import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
const dir = mkdtempSync(join(tmpdir(), 'vitrine-train-'));
const env = { ...process.env, DATA_DIR: join(dir, 'data'), LOG_LEVEL: 'error' };
const state = () => join(dir, 'data', 'fusion', 'checkpoint', 'state.json');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function vitrine(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', cwd: dir, env });
}

const train = (...args: string[]) => vitrine('train', '--queries', '200', '--fusion', 'weighted', ...args);

beforeAll(() => {
  const things = ['backpack', 'mug', 'lamp', 'scarf', 'kettle', 'sofa'];
  const rows = things.flatMap((thing) =>
    ['red', 'blue', 'green', 'black', 'white', 'yellow'].map(
      (color, i) => `${thing}-${color}\t${color} ${thing}\t${color}\t${5 + i}.00 EUR\tin_stock\n`,
    ),
  );
  writeFileSync(join(dir, 'feed.tsv'), `id\ttitle\tcolor\tprice\tavailability\n${rows.join('')}`);
  expect(vitrine('import', 'feed.tsv').status).toBe(0);
});

it('trains, compares with what serves, lets it serve, and goes back', () => {
  const trained = train('--epochs', '1', '--force');
  expect([trained.status, trained.stderr]).toEqual([0, expect.stringMatching(/Training: .*loss .*Recall@10/)]);
  expect(trained.stdout).toMatch(/mean +0\.\d{3} +0\.\d{3}/);
  const [, id] = /^(weighted-\w+) serves from now on/m.exec(trained.stdout) ?? [];
  expect(id).toBeDefined();
  expect(trained.stdout).toContain('36 products indexed anew');
  const found = JSON.parse(vitrine('search', 'red mug', '--json').stdout);
  expect(found.results[0].id).toBe('mug-red');
  expect(Object.keys(found.counted)).toEqual(['words', 'attributes']);

  const back = vitrine('train', '--back');
  expect([back.status, back.stdout]).toEqual([0, expect.stringMatching(/serve again\.\nIndex: 36/)]);
  const again = vitrine('train', '--back');
  expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('no weights that served before')]);
});

it('goes on where a run was killed, with the same options only', async () => {
  const child = spawn(process.execPath, [MAIN, 'train', '--queries', '200', '--fusion', 'weighted', '--epochs', '40'], {
    cwd: dir,
    env,
    stdio: 'ignore',
  });
  while (!existsSync(state()) && child.exitCode === null) await wait(50);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { epoch } = JSON.parse(readFileSync(state(), 'utf8'));
  expect(epoch).toBeGreaterThanOrEqual(1);
  const other = train('--epochs', '3', '--resume');
  expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('other options: epochs')]);
  const resumed = train('--epochs', '40', '--resume');
  expect(resumed.status).toBe(0);
  // The first line of progress is not the first step.
  expect(Number(/Training: (\d+)\//.exec(resumed.stderr)?.[1])).toBeGreaterThan(20 * epoch);
  expect(existsSync(state())).toBe(false);
  expect(readdirSync(join(dir, 'data', 'fusion')).filter((file) => file.includes('partial'))).toEqual([]);
}, 180_000);

it.each([
  [['--fusion', 'magic'], 2],
  [['--epochs', '0'], 2],
  [['--queries', 'many'], 2],
])('refuses %j', (args, status) => {
  const refused = vitrine('train', ...args);
  expect([refused.status, refused.stderr.length > 0]).toEqual([status, true]);
});

it('says what is missing', () => {
  const empty = spawnSync(process.execPath, [MAIN, '--data-dir', join(dir, 'empty'), 'train'], {
    encoding: 'utf8',
    env,
  });
  expect([empty.status, empty.stderr]).toEqual([1, expect.stringContaining('no products to learn from')]);
  const blind = spawnSync(process.execPath, [MAIN, 'train'], { encoding: 'utf8', env: { ...env, MODELS: 'none' } });
  expect([blind.status, blind.stderr]).toEqual([1, expect.stringContaining('MODELS=none')]);
});
