import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-cli-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function vitrine(args: readonly string[], env: Record<string, string> = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    cwd: dir,
    env: { ...process.env, DATA_DIR: join(dir, 'data'), ...env },
  });
}
const onDemo = { DATA_DIR: process.env.VITRINE_TEST_DEMO ?? '' };

describe('help', () => {
  it.each(['', 'import', 'search', 'demo', 'serve', 'reindex', 'eval', 'doctor'])(
    '%s --help says what it takes',
    (command) => {
      const { status, stdout } = vitrine([...(command ? [command] : []), '--help']);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^Usage: vitrine/);
    },
  );
});

describe('wrong use', () => {
  it.each([
    [['serach', 'x'], 'unknown command'],
    [['search'], 'there is neither --photo nor --voice'],
    [['search', 'x', '--k', 'ten'], 'a whole number from 1 to 100'],
    [['search', 'x', '--lang', 'tlh'], 'one of en, zh'],
    [['search', 'x', '--filter', 'shape=round'], 'name=value'],
    [['search', '   '], 'are empty'],
    [['serve', '--port', 'http'], 'PORT (set in the command line)'],
    [['serve', '--host', '0.0.0.0'], 'MICROSOFT_APP_ID'],
  ])('%p ends with 2 and says so', (args, message) => {
    const { status, stderr } = vitrine(args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });

  it.each([
    ['CURRENCY', 'euro', 'CURRENCY (set in the environment): must be an ISO 4217 code'],
    ['EXCHANGE_RATES', '{oops', 'EXCHANGE_RATES (set in the environment)'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL (set in the environment)'],
  ])('a wrong %s names the setting', (name, value, message) => {
    const { status, stderr } = vitrine(['search', 'x'], { [name]: value });
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });

  it('a wrong setting of the file is named with the file', () => {
    writeFileSync(join(dir, 'vitrine.config.json'), '{"PORTS": 1}');
    expect(vitrine(['search', 'x']).stderr).toContain('vitrine.config.json: there is no setting "PORTS"');
  });
});

describe('failures', () => {
  it.each([
    [['search', 'backpack'], 'INDEX_MISSING'],
    [['import', 'nowhere.tsv'], 'FEED_NOT_FOUND'],
    [['import', 'ftp://example.org/feed.tsv'], 'DOWNLOAD_BLOCKED'],
    [['import', 'http://169.254.169.254/latest'], 'DOWNLOAD_BLOCKED'],
  ])('%p ends with 1 and a hint', (args, code) => {
    const { status, stderr } = vitrine(args);
    expect(stderr).toContain(`[${code}]`);
    expect(status).toBe(1);
  });
});

describe('import', () => {
  it('reports every bad row and writes all of them to --errors', () => {
    const feed = join(dir, 'feed.tsv');
    writeFileSync(
      feed,
      `id\ttitle\tprice\n${Array.from({ length: 80 }, (_, i) => `${i}\t${i % 2 ? `Mug ${i}` : ''}\t1.00 EUR\n`).join('')}`,
    );
    const { status, stdout, stderr } = vitrine(['import', feed, '--errors', join(dir, 'errors.jsonl')]);
    expect(status).toBe(0);
    expect(stdout).toContain('40 imported, 0 updated, 0 unchanged, 40 skipped');
    expect(stderr).toContain('row 2: title:');
    const lines = readFileSync(join(dir, 'errors.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { row: number; severity: string });
    expect(lines.filter((line) => line.severity === 'error').map((line) => line.row)).toEqual(
      Array.from({ length: 40 }, (_, i) => 2 + 2 * i),
    );
    expect(vitrine(['import', feed]).stdout).toContain('0 imported, 0 updated, 40 unchanged, 40 skipped');
  });
});

describe('search', () => {
  it('prints query, results and timings as JSON', () => {
    const { status, stdout } = vitrine(['search', 'red backpack', '--k', '3', '--json'], onDemo);
    expect(status).toBe(0);
    const answer = JSON.parse(stdout) as {
      query: { wanted: { kinds: string[] } };
      results: Record<string, unknown>[];
      timings: Record<string, number>;
    };
    expect(answer.query.wanted.kinds).toEqual(['backpack']);
    expect(answer.results).toHaveLength(3);
    expect(Object.keys(answer.results[0] ?? {})).toEqual(['id', 'title', 'score', 'why']);
    expect(answer.timings.total).toBeGreaterThan(0);
  });

  it('answers in the language that was asked in, and keeps a filter', () => {
    const { stdout } = vitrine(['search', '背包', '--filter', 'color=red', '--k', '2'], onDemo);
    expect(stdout).toMatch(/红色.*(背包|双肩包)/);
  });
});

it('doctor checks everything and says what to do', () => {
  const { status, stdout } = vitrine(['doctor']);
  for (const name of [
    'Node',
    'better-sqlite3',
    'LanceDB',
    'sharp',
    'models',
    'locales',
    'data directory',
    'catalogue',
    'port',
  ]) {
    expect(stdout).toContain(`${name}:`);
  }
  expect(stdout).toContain('vitrine demo');
  expect(status).toBe(0);
});
