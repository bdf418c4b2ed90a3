import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { tinyEntry, writeModels } from '../support/models';
import { flatPicture } from '../support/photos';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
/** Enough for many batches of the encoder. */
const PRODUCTS = 320;
const dir = mkdtempSync(join(tmpdir(), 'vitrine-cli-photos-'));
const data = join(dir, 'data');
const env = { ...process.env, MODELS: 'starter', MODELS_DIR: join(dir, 'models'), DATA_DIR: data };
const feed = join(dir, 'shop', 'feed.tsv');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

beforeAll(async () => {
  const pictures = { file: 'onnx/vision_model.onnx', output: 'pooler_output' };
  writeModels(join(dir, 'models'), [tinyEntry('siglip-like', { kind: 'text-image', pictures })]);
  mkdirSync(join(dir, 'shop'));
  const rows = Array.from({ length: PRODUCTS }, (_, i) => `p${i}\tThing ${i}\t${i}.webp\t5.00 EUR\tin_stock\n`);
  writeFileSync(feed, `id\ttitle\timage_link\tprice\tavailability\n${rows.join('')}`);
  for (let i = 0; i < PRODUCTS; i++) writeFileSync(join(dir, 'shop', `${i}.webp`), await flatPicture(colorOf(i)));
});

/** A colour of its own for each product; the first three are pure: levels leave them as they are. */
function colorOf(i: number): string {
  const pure = ['#ff0000', '#00ff00', '#0000ff'][i];
  if (pure) return pure;
  return `#${[100 + (i % 8) * 10, 100 + (Math.floor(i / 8) % 8) * 10, 100 + Math.floor(i / 64) * 12].map((value) => value.toString(16)).join('')}`;
}

function vitrine(args: readonly string[], more: Record<string, string> = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', cwd: dir, env: { ...env, ...more } });
}

/** Runs an action on the vectors of the data directory; undefined where there is no database yet. */
function onVectors<T>(action: (db: Database.Database) => T): T | undefined {
  if (!existsSync(join(data, 'vitrine.sqlite'))) return undefined;
  const db = new Database(join(data, 'vitrine.sqlite'), { timeout: 10_000 });
  try {
    return action(db);
  } catch (error) {
    // The tables are made a moment after the file.
    if (/no such table/.test(String(error))) return undefined;
    throw error;
  } finally {
    db.close();
  }
}

const encodedCount = () =>
  onVectors((db) => (db.prepare('SELECT count(*) AS count FROM vectors').get() as { count: number }).count) ?? 0;

it('import goes on with the pictures where it was killed, and encodes none of them twice', async () => {
  const child: ChildProcess = spawn(process.execPath, [MAIN, 'import', feed], { env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (encodedCount() === 0 && child.exitCode === null) await wait(2);
  child.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
  const before = encodedCount();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(PRODUCTS);
  // Marked, so that it shows when one of them is encoded anew.
  onVectors((db) => db.prepare('UPDATE vectors SET vector = zeroblob(length(vector))').run());
  const { status, stderr } = vitrine(['import', feed]);
  expect(status).toBe(0);
  expect(stderr).toContain(`Pictures: ${PRODUCTS - before} encoded, 0 can't be read`);
  expect(encodedCount()).toBe(PRODUCTS);
  const marked = onVectors((db) =>
    db.prepare('SELECT count(*) AS count FROM vectors WHERE vector = zeroblob(32)').get(),
  );
  expect(marked).toEqual({ count: before });
  expect(vitrine(['doctor']).stdout).toMatch(/ok +pictures: 320 of 320 encoded/);
}, 240_000);

describe('search --photo', () => {
  beforeAll(async () => {
    onVectors((db) => db.prepare('DELETE FROM vectors').run());
    expect(vitrine(['reindex']).status).toBe(0);
    writeFileSync(join(dir, 'red.jpg'), await flatPicture('#d81010', 'jpeg'));
    writeFileSync(join(dir, 'green.jpg'), await flatPicture('#10d810', 'jpeg'));
    writeFileSync(join(dir, 'notes.txt'), 'no picture');
    writeFileSync(join(dir, 'cut.jpg'), (await flatPicture('#d81010', 'jpeg')).subarray(0, 150));
  }, 120_000);

  const found = (stdout: string) =>
    (JSON.parse(stdout) as { results: { id: string; why: { photo: number } }[] }).results;

  it('finds what looks like a photo, as words do, and as JSON', () => {
    expect(vitrine(['search', '--photo', 'red.jpg', '--k', '2']).stdout).toMatch(/1\. Thing 0 .*\[p0\]\n.*photo 1\.00/);
    const [first] = found(vitrine(['search', '--photo', 'green.jpg', '--json']).stdout);
    expect(first?.id).toBe('p1');
    expect(first?.why.photo).toBeGreaterThan(0.99);
  });

  it('takes several photos for one query, and words beside them', () => {
    const both = found(vitrine(['search', '--photo', 'red.jpg', '--photo', 'green.jpg', '--json']).stdout);
    expect(both[0]?.why.photo).toBeLessThan(0.99);
    const dear = vitrine(['search', 'over 20 €', '--photo', 'red.jpg', '--json']);
    expect((JSON.parse(dear.stdout) as { relaxed: string[] }).relaxed).toContain('price');
  });

  it.each([
    ['gone.jpg', 2, 'QUERY_INVALID', 'there is no such file'],
    ['shop', 2, 'QUERY_INVALID', 'it is a folder'],
    ['/dev/zero', 2, 'QUERY_INVALID', 'it is no file'],
    ['notes.txt', 1, 'PICTURE_UNREADABLE', 'not a picture'],
    ['cut.jpg', 1, 'PICTURE_UNREADABLE', 'damaged'],
  ])('says what is wrong with %s', (file, exit, code, reason) => {
    const { status, stderr, stdout } = vitrine(['search', '--photo', file]);
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).toContain(reason);
    expect(stdout).toBe('');
    expect(status).toBe(exit);
  });

  it('says that there is no image encoder, as doctor does', () => {
    const { status, stderr } = vitrine(['search', '--photo', 'red.jpg'], { MODELS: 'none' });
    expect(stderr).toContain("there is no image encoder: photos can't be searched");
    expect(status).toBe(1);
    expect(vitrine(['doctor'], { MODELS: 'none' }).stdout).toMatch(
      /note +image encoder: none .*photos can't be searched/,
    );
  });

  it('scores labelled photos', async () => {
    const lines = [0, 1, 2].map((i) => JSON.stringify({ photo: `photos/${i}.jpg`, relevant: { [`p${i}`]: 1 } }));
    mkdirSync(join(dir, 'photos'));
    for (let i = 0; i < 3; i++) writeFileSync(join(dir, 'photos', `${i}.jpg`), await flatPicture(colorOf(i), 'jpeg'));
    writeFileSync(join(dir, 'queries.jsonl'), lines.join('\n'));
    const { status, stdout } = vitrine(['eval', '--catalogue', feed, '--queries', 'queries.jsonl', '--json']);
    expect(status).toBe(0);
    const { systems } = JSON.parse(stdout) as {
      systems: { name: string; overall: { metrics: Record<string, { mean: number }> } }[];
    };
    const own = systems.find(({ name }) => name === 'vitrine')?.overall.metrics;
    expect([own?.['recall@1']?.mean, own?.['recall@5']?.mean, own?.['recall@10']?.mean]).toEqual([1, 1, 1]);
  }, 120_000);
});
