import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readClassifier } from '../../src/understanding';
import { stopServers } from '../media/helpers/servers';
import { type Hub, hubEntry, startHub } from '../support/hub';
import { tinyEntry, writeModels } from '../support/models';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
const MODEL = 'onnx/model_quantized.onnx';

let dir: string;
let hub: Hub;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-models-cli-'));
  hub = await startHub();
  writeModels(join(dir, 'models'), [
    tinyEntry('starter-like', { quality: { headline: 'recall 0.5 (test)', 'recall@1': 0.5 } }),
    hubEntry(),
    hubEntry({ id: 'extra', optional: true, kind: 'reranker', encoding: null }),
  ]);
});
afterEach(async () => {
  await stopServers();
  rmSync(dir, { recursive: true, force: true });
});

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command beside this process, which serves the hub. */
function start(
  args: readonly string[],
  env: Record<string, string> = {},
): { child: ChildProcess; done: Promise<Outcome> } {
  const settings = {
    MODELS_DIR: join(dir, 'models'),
    DATA_DIR: join(dir, 'data'),
    MODELS_HUB_URL: hub.url,
    DOWNLOAD_ALLOW_PRIVATE: hub.host,
    ...env,
  };
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...settings }, cwd: dir });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const done = new Promise<Outcome>((resolve) => {
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { child, done };
}

const vitrine = (...args: string[]) => start(args).done;
const cached = (path: string) => join(dir, 'data', 'models', 'e5-like', path);

it('lists what there is and whether it is here', async () => {
  const { stdout, status } = await vitrine('models', 'list');
  expect(status).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^id +kind +set +width +size +licence +languages +state +quality$/);
  expect(lines[1]).toMatch(/^starter-like +text +starter +8 +0\.0 MB +Apache-2\.0 +en +present +recall 0\.5 \(test\)$/);
  expect(lines[2]).toMatch(/^e5-like +text +hub +8 +0\.0 MB +Apache-2\.0 +en +missing +–$/);
  rmSync(join(dir, 'models', 'starter', 'starter-like', 'tokenizer.json'));
  const json = JSON.parse((await vitrine('models', 'list', '--json')).stdout);
  expect(json[0]).toMatchObject({ id: 'starter-like', state: 'broken', dimensions: 8, bytes: expect.any(Number) });
});

it('pulls what MODELS=hub needs, shows progress, and searches with it afterwards without the hub', async () => {
  const pulled = await vitrine('models', 'pull');
  expect(pulled).toMatchObject({ status: 0, stdout: 'e5-like: 4 files fetched, 0 were here already\n' });
  expect(pulled.stderr).toMatch(/onnx\/model_quantized\.onnx: (\d+)\/\1\n/);
  expect(existsSync(join(dir, 'data', 'models', 'extra'))).toBe(false);
  expect((await vitrine('models', 'pull', '--all')).stdout).toContain('extra: 4 files fetched');
  await stopServers();
  expect(await vitrine('models', 'pull')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('0 files fetched'),
  });
  writeFileSync(join(dir, 'feed.tsv'), 'id\ttitle\tprice\n1\tred cup\t9.00 EUR\n2\tblue shoe\t9.00 EUR\n');
  const hubMode = { MODELS: 'hub' };
  expect(await start(['import', 'feed.tsv'], hubMode).done).toMatchObject({ status: 0 });
  const found = JSON.parse((await start(['search', 'red cup', '--json'], hubMode).done).stdout);
  expect(found.timings.encode).toBeGreaterThan(0);
  expect(found.results[0].id).toBe('1');
});

it('trains text classifiers on the phrases of the locales', async () => {
  const phrases = { negative: ['awful', 'so awful'], neutral: ['a red mug', 'mug'], positive: ['lovely', 'so lovely'] };
  mkdirSync(join(dir, 'words', 'en'), { recursive: true });
  writeFileSync(join(dir, 'words', 'en', 'sentiment.json'), JSON.stringify(phrases));
  const settings = { LOCALES_DIR: join(dir, 'words') };
  const train = ['models', 'train-text', 'sentiment'];
  const trained = await start(train, settings).done;
  expect(trained).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^sentiment-\w{12}: learnt from 6 phrases\n$/),
  });
  const own = readClassifier({ DATA_DIR: join(dir, 'data'), MODELS_DIR: join(dir, 'models') }, 'sentiment');
  expect(own?.spec).toMatchObject({ space: expect.any(String), dimensions: 8 });
  await start([...train, '--out', 'made'], settings).done;
  expect(readFileSync(join(dir, 'made', 'sentiment', 'model.safetensors'))).toEqual(
    readFileSync(join(dir, 'data', 'classifiers', 'sentiment', 'model.safetensors')),
  );
  expect(await start(['models', 'train-text', 'moods'], settings).done).toMatchObject({ status: 2 });
  const broken = await start(['models', 'train-text', 'intents'], settings).done;
  expect(broken).toMatchObject({ status: 1, stderr: expect.stringContaining('there is no intents.json') });
});

it('says what to run where MODELS=hub was never pulled', async () => {
  writeFileSync(join(dir, 'feed.tsv'), 'id\ttitle\tprice\n1\tred cup\t9.00 EUR\n');
  const { status, stderr } = await start(['import', 'feed.tsv'], { MODELS: 'hub' }).done;
  expect(status).toBe(1);
  expect(stderr).toContain('e5-like: config.json is missing.\nRun "vitrine models pull"');
  const doctor = await start(['doctor'], { MODELS: 'hub' }).done;
  expect(doctor.stdout).toMatch(/FAIL {2}models: e5-like: config\.json: missing;.*\n +→ run "vitrine models pull"/);
});

it('names each wrong file and ends with 1', async () => {
  expect(await vitrine('models', 'verify')).toMatchObject({
    status: 0,
    stdout: 'starter-like: all files are right\ne5-like: not pulled\nextra: not pulled\n',
  });
  await vitrine('models', 'pull');
  writeFileSync(cached('config.json'), readFileSync(cached('config.json'), 'utf8').replace('bert', 'bort'));
  rmSync(cached('tokenizer.json'));
  const wrong = await vitrine('models', 'verify', 'e5-like');
  expect(wrong).toMatchObject({
    status: 1,
    stdout: 'e5-like: config.json: wrong hash\ne5-like: tokenizer.json: missing\n',
  });
  expect((await vitrine('models', 'pull')).stdout).toBe('e5-like: 2 files fetched, 2 were here already\n');
  expect(await vitrine('models', 'verify')).toMatchObject({ status: 0 });
  expect(await vitrine('models', 'verify', 'extra')).toMatchObject({ status: 1 });
});

it('goes on where a killed pull was', async () => {
  // Half of the file, then silence: the kill finds it under way.
  hub.stall.set(MODEL, 500);
  const { child, done } = start(['models', 'pull']);
  while (!existsSync(cached(`${MODEL}.part`)) || readFileSync(cached(`${MODEL}.part`)).length < 500) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  await done;
  expect(existsSync(cached(MODEL))).toBe(false);
  expect(await vitrine('models', 'pull')).toMatchObject({ status: 0 });
  expect(hub.asked.filter(({ path }) => path === MODEL).map(({ range }) => range)).toEqual([undefined, 'bytes=500-']);
  expect(hub.sentOf(MODEL)).toBe(hub.files.get(MODEL)?.length);
});

it('stops at Ctrl-C and says how to go on', async () => {
  hub.stall.set(MODEL, 500);
  const { child, done } = start(['models', 'pull']);
  while (!existsSync(cached(`${MODEL}.part`))) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  const { status, stderr } = await done;
  expect(status).toBe(1);
  expect(stderr).toContain('Stopped. Run the same command again to go on.');
});

it('refuses wrong bytes and unknown or starter ids', async () => {
  hub.files.set('tokenizer.json', Buffer.from('{}'));
  const changed = await vitrine('models', 'pull');
  expect(changed).toMatchObject({ status: 1, stderr: expect.stringContaining('[MODEL_CHANGED]') });
  expect(await vitrine('models', 'pull', 'nothing')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('[MODEL_UNKNOWN]'),
  });
  expect(await vitrine('models', 'pull', 'starter-like')).toMatchObject({ status: 2 });
});

const disk = mkdtempSync(join(tmpdir(), 'vitrine-models-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status === 0;
const onDisk = mounted ? it : it.skip;
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

onDisk('a full disk and a read-only one are named as such (needs mount)', async () => {
  const cache = { MODELS_CACHE: join(disk, 'models') };
  mkdirSync(cache.MODELS_CACHE);
  const big = Buffer.alloc(3_000_000, 'x');
  const files = [{ path: 'big.bin', bytes: big.length, sha256: 'a'.repeat(64) }];
  hub.files.set('big.bin', big);
  writeModels(join(dir, 'models'), [hubEntry({ id: 'big', kind: 'speech', encoding: null, files })]);
  const full = await start(['models', 'pull'], cache).done;
  expect(full).toMatchObject({ status: 1, stderr: expect.stringContaining('[STORAGE_FULL]') });
  expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
  const readOnly = await start(['models', 'pull'], cache).done;
  expect(readOnly).toMatchObject({ status: 1, stderr: expect.stringContaining('[DATA_DIR_UNWRITABLE]') });
});
