import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createApp } from '../../src/app';
import { loadConfig } from '../../src/config';
import { vector } from '../fusion/support';

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

/** Clicks of shoppers who let the shop remember them, ten searches each; the words' vectors are of the encoder that serves. */
async function click(shoppers: number): Promise<void> {
  const app = createApp(loadConfig({ DATA_DIR: join(dir, 'data') }));
  const { encoder, profiles } = app;
  if (!encoder) throw new Error('there is no encoder');
  const ids = [...app.products.batches(100)].flat().map(({ id }) => id);
  for (let i = 0; i < 10 * shoppers; i++) {
    const shopper = { channel: 'test', userId: `shopper-${Math.floor(i / 10)}` };
    if (i % 10 === 0) profiles.giveConsent(shopper);
    const page = Array.from({ length: 6 }, (_, place) => ids[(i + 7 * place) % ids.length] ?? '');
    const { id, space, dimensions } = encoder;
    profiles.show(shopper, {
      searchId: `search-${i}`,
      before: 0,
      placements: page.map((productId, place) => ({ productId, sponsored: false, score: 1 - place / 1_000 })),
      query: { words: { encoder: id, space, vector: vector(`asked/${i}`, dimensions) } },
    });
    profiles.record(shopper, { productId: page[i % 3 === 0 ? 2 : 0] ?? '', kind: 'view', at: Date.now() });
  }
  await app.close();
}

it('learns from clicks where there are enough of them, and only then', async () => {
  await click(3);
  const few = train('--epochs', '1');
  expect(few.stdout).toMatch(
    /^Clicks: 30 searches with clicks, of 3 shoppers; from 200 of 20 on .* Only the catalogue's/,
  );
  await click(24);
  const enough = train('--epochs', '1');
  expect([enough.status, enough.stdout]).toEqual([
    0,
    expect.stringMatching(/^Clicks: 240 searches with clicks, of 24 shoppers: 1\d\d pairs to learn from, 0 for/),
  ]);
  expect(enough.stdout).toMatch(/beside the first: 1\.00( 0\.\d\d){5}$/m);
  expect(enough.stdout + enough.stderr).not.toContain('shopper-');
});

it('trains, compares with what serves, lets it serve, and goes back', () => {
  const trained = train('--epochs', '1', '--force', '--no-clicks');
  expect(trained.stdout).not.toContain('Clicks');
  expect([trained.status, trained.stderr]).toEqual([0, expect.stringMatching(/Training: .*loss .*Recall@10/)]);
  expect(trained.stdout).toMatch(/mean +0\.\d{3} +0\.\d{3}/);
  const [, id] = /^(weighted-\w+) serves from now on/m.exec(trained.stdout) ?? [];
  expect(id).toBeDefined();
  expect(trained.stdout).toContain('36 products indexed anew');
  const found = JSON.parse(vitrine('search', 'red mug', '--json').stdout);
  expect(found.results[0].id).toBe('mug-red');
  // Fused vectors order nothing where words are alone.
  expect(found.counted).toBeUndefined();

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
  const other = train('--epochs', '3', '--resume', '--no-clicks');
  expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('other options: epochs, clicks')]);
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
