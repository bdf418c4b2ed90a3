import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTextEncoder, type ModelCatalogue, modelCatalogue, pullModel } from '../../src/encoders';
import { GuardedDownloader } from '../../src/media';
import { stopServers } from '../media/helpers/servers';
import { type Hub, hubEntry, startHub } from '../support/hub';
import { filesOf, tinyFolder, tinyVector, writeModels } from '../support/models';

const MODEL = 'onnx/model_quantized.onnx';
const TOKENIZER = 'tokenizer.json';

let dir: string;
let hub: Hub;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-pull-'));
  hub = await startHub();
});
afterEach(async () => {
  await stopServers();
  rmSync(dir, { recursive: true, force: true });
});

const settings = () => ({ MODELS: 'hub', MODELS_DIR: join(dir, 'models'), MODELS_CACHE: join(dir, 'cache') }) as const;

function catalogueOf(entry: Record<string, unknown> = hubEntry()): ModelCatalogue {
  writeModels(join(dir, 'models'), [entry, hubEntry({ id: 'other' })]);
  return modelCatalogue(settings());
}

function pull(catalogue: ModelCatalogue, waits: readonly number[] = [10, 20], id = 'e5-like') {
  const { entry, folder } = catalogue.get(id);
  const downloader = new GuardedDownloader({ allowPrivate: [hub.host], idleTimeoutMs: 500 });
  return pullModel(entry, folder, { hub: `${hub.url}/`, downloader, lockFile: catalogue.lockFile, waits });
}

const stateOf = (catalogue: ModelCatalogue, id = 'e5-like') => catalogue.state(catalogue.get(id));

async function expectEncodes(): Promise<void> {
  const encoder = createTextEncoder(settings());
  const [vector] = (await encoder?.encode(['red cup'], {})) ?? [];
  tinyVector([1, 9, 5, 6, 2]).forEach((value, index) => {
    expect(vector?.[index]).toBeCloseTo(value, 5);
  });
  await encoder?.close();
}

it('fetches, checks, and then needs no network', async () => {
  const catalogue = catalogueOf();
  expect(await stateOf(catalogue)).toBe('missing');
  expect(await pull(catalogue)).toEqual({ fetched: 4, kept: 0 });
  expect(filesOf(catalogue.get('e5-like').folder)).toEqual(filesOf(tinyFolder('e5-like')));
  expect(existsSync(catalogue.lockFile)).toBe(false);
  await stopServers();
  expect(await stateOf(catalogue)).toBe('present');
  expect(await catalogue.check(catalogue.get('e5-like'))).toEqual([]);
  await expectEncodes();
  expect(await pull(catalogue)).toEqual({ fetched: 0, kept: 4 });
});

it('goes on where a connection was cut, and fetches no byte twice', async () => {
  hub.cuts.set(MODEL, 400);
  await pull(catalogueOf());
  const asked = hub.asked.filter(({ path }) => path === MODEL);
  expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=400-']);
  expect(asked[1]?.ifRange).toMatch(/^"[0-9a-f]{64}"$/);
  expect(hub.sentOf(MODEL)).toBe(hub.files.get(MODEL)?.length);
  await expectEncodes();
});

it('goes on in another run, after giving up', async () => {
  hub.cuts.set(MODEL, 300);
  const catalogue = catalogueOf();
  await expect(pull(catalogue, [])).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  expect(readFileSync(join(catalogue.get('e5-like').folder, `${MODEL}.part`))).toHaveLength(300);
  expect(await stateOf(catalogue)).toBe('broken');
  expect(await pull(catalogue)).toEqual({ fetched: 3, kept: 1 });
  expect(hub.asked.filter(({ path }) => path === MODEL).map(({ range }) => range)).toEqual([undefined, 'bytes=300-']);
  await expectEncodes();
});

it.each([
  ['without Range', false, true],
  ['without ETag', true, false],
])('manages with a server %s', async (_, ranges, etags) => {
  Object.assign(hub, { ranges, etags });
  hub.cuts.set(MODEL, 400);
  await pull(catalogueOf());
  const size = hub.files.get(MODEL)?.length ?? 0;
  expect(hub.sentOf(MODEL)).toBe(ranges ? size : size + 400);
  expect(hub.asked.filter(({ path }) => path === MODEL)[1]?.ifRange === undefined).toBe(!etags);
  await expectEncodes();
});

it('starts anew when the file changed in between, and refuses what is not pinned', async () => {
  const right = hub.files.get(MODEL) ?? Buffer.alloc(0);
  hub.cuts.set(MODEL, 400);
  const catalogue = catalogueOf();
  await expect(pull(catalogue, [])).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  hub.files.set(MODEL, Buffer.alloc(right.length, 'x'));
  await expect(pull(catalogue, [])).rejects.toMatchObject({
    code: 'MODEL_CHANGED',
    message: 'e5-like: onnx/model_quantized.onnx came with a wrong hash.',
  });
  const { folder } = catalogue.get('e5-like');
  expect(filesOf(folder)).toEqual(['config.json']);
  hub.files.set(MODEL, right);
  expect(await pull(catalogue)).toEqual({ fetched: 3, kept: 1 });
  await expectEncodes();
});

it('leaves other models alone when one is refused', async () => {
  const catalogue = catalogueOf();
  await pull(catalogue, [], 'other');
  hub.files.set(TOKENIZER, Buffer.from('{}'));
  await expect(pull(catalogue, [])).rejects.toMatchObject({ code: 'MODEL_CHANGED' });
  expect(await catalogue.check(catalogue.get('other'))).toEqual([]);
});

it('removes what comes too long', async () => {
  hub.files.set(MODEL, Buffer.alloc(5_000));
  const catalogue = catalogueOf();
  await expect(pull(catalogue)).rejects.toMatchObject({ code: 'DOWNLOAD_TOO_LARGE' });
  expect(existsSync(join(catalogue.get('e5-like').folder, `${MODEL}.part`))).toBe(false);
});

it('does not try again what is not there, and tries again what may pass', async () => {
  hub.statuses.set(MODEL, 404);
  await expect(pull(catalogueOf())).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED', cause: { status: 404 } });
  const tries = () => hub.requests.filter(({ url }) => url?.startsWith(`/cdn/${MODEL}`)).length;
  expect(tries()).toBe(1);
  hub.statuses.set(MODEL, 503);
  await expect(pull(catalogueOf())).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED', cause: { status: 503 } });
  expect(tries()).toBe(4);
});

it('needs nothing more of the network for a part that is complete', async () => {
  const catalogue = catalogueOf();
  const { folder } = catalogue.get('e5-like');
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, `${MODEL}.part`), hub.files.get(MODEL) ?? '');
  await pull(catalogue);
  expect(hub.sentOf(MODEL)).toBe(0);
  await expectEncodes();
});

it('says which folder can not be made', async () => {
  writeFileSync(join(dir, 'cache'), 'a file in its place');
  await expect(pull(catalogueOf())).rejects.toMatchObject({
    code: 'DATA_DIR_UNWRITABLE',
    message: expect.stringContaining('e5-like'),
  });
});

describe('where the manifest leaves branch and hashes open', () => {
  const asks = () => hub.requests.filter(({ url }) => url?.startsWith('/api/')).length;

  it('pins what the hub says at the first pull', async () => {
    const catalogue = catalogueOf(hubEntry({}, true));
    expect(await catalogue.check(catalogue.get('e5-like'))).toHaveLength(4);
    await pull(catalogue);
    expect(asks()).toBe(2);
    const { models } = JSON.parse(readFileSync(catalogue.lockFile, 'utf8'));
    expect(models['e5-like'].revision).toBe(hub.revision);
    const algorithms = models['e5-like'].files.map(
      ({ path, digest }: { path: string; digest: { algorithm: string } }) => [path, digest.algorithm],
    );
    expect(Object.fromEntries(algorithms)).toEqual({
      'config.json': 'git-blob',
      [MODEL]: 'sha256',
      [TOKENIZER]: 'git-blob',
      'tokenizer_config.json': 'git-blob',
    });
    await stopServers();
    await expectEncodes();
    const config = join(catalogue.get('e5-like').folder, 'config.json');
    writeFileSync(config, readFileSync(config, 'utf8').replace('bert', 'bort'));
    expect(await catalogue.check(catalogue.get('e5-like'))).toEqual([{ path: 'config.json', reason: 'wrong hash' }]);
  });

  it('holds later pulls to it: the branch moves on, the model stays', async () => {
    const catalogue = catalogueOf(hubEntry({}, true));
    await pull(catalogue);
    rmSync(join(catalogue.get('e5-like').folder, TOKENIZER));
    hub.files.set(TOKENIZER, Buffer.alloc(hub.files.get(TOKENIZER)?.length ?? 0, ' '));
    await expect(pull(catalogue, [])).rejects.toMatchObject({ code: 'MODEL_CHANGED' });
    expect(asks()).toBe(2);
    hub.revision = 'f'.repeat(40);
    await expect(pull(catalogue, [])).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED', cause: { status: 404 } });
  });

  it('asks for the tree only where the commit is known, and holds to the hashes that are', async () => {
    const files = hubEntry().files as { path: string; bytes: number; sha256: string }[];
    const mixed = files.map((file) => (file.path === 'config.json' ? { ...file, bytes: null, sha256: null } : file));
    await pull(catalogueOf(hubEntry({ files: mixed })));
    expect(asks()).toBe(1);
    await expectEncodes();
    hub.files.set(MODEL, Buffer.alloc(hub.files.get(MODEL)?.length ?? 0));
    rmSync(join(dir, 'cache'), { recursive: true });
    await expect(pull(catalogueOf(hubEntry({ files: mixed })), [])).rejects.toMatchObject({
      code: 'MODEL_CHANGED',
      message: expect.stringContaining('another file on the hub than in the manifest'),
    });
  });

  it('says so when the hub has no such file, or talks nonsense', async () => {
    const other = hubEntry({
      files: [{ path: 'nowhere.json', bytes: null, sha256: null }],
      encoding: null,
      kind: 'speech',
    });
    await expect(pull(catalogueOf(other))).rejects.toMatchObject({
      code: 'MODEL_CHANGED',
      message: expect.stringContaining('nowhere.json is not in tiny/model-ONNX'),
    });
    hub.revision = 'not a commit';
    await expect(pull(catalogueOf(hubEntry({}, true)), [])).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: "The hub's answer about tiny/model-ONNX can't be understood.",
    });
  });
});
