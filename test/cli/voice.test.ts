import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubEntry } from '../support/hub';
import { tinyEntry, tinyFolder, writeModels } from '../support/models';
import { flatPicture } from '../support/photos';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
const SPEECH = join(__dirname, '..', 'fixtures', 'voice', 'speech.wav');
const dir = mkdtempSync(join(tmpdir(), 'vitrine-cli-voice-'));
const env = {
  ...process.env,
  MODELS: 'starter',
  MODELS_DIR: join(dir, 'models'),
  DATA_DIR: join(dir, 'data'),
  SPEECH: 'whisper',
};
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function vitrine(args: readonly string[], more: Record<string, string> = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', cwd: dir, env: { ...env, ...more } });
}

beforeAll(async () => {
  const pictures = { file: 'onnx/vision_model.onnx', output: 'pooler_output' };
  const nothing = { space: null, dimensions: null, encoding: null };
  writeModels(join(dir, 'models'), [
    tinyEntry('siglip-like', { kind: 'text-image', pictures }),
    hubEntry({ id: 'whisper-like', kind: 'speech', ...nothing, files: tinyEntry('whisper-like').files }),
  ]);
  const colors = { red: '#ff0000', blue: '#0000ff' };
  const rows = Object.keys(colors).map((color) => `${color}\t${color} cup\t${color}.webp\t5.00 EUR\tin_stock\n`);
  writeFileSync(join(dir, 'feed.tsv'), `id\ttitle\timage_link\tprice\tavailability\n${rows.join('')}`);
  for (const [name, color] of Object.entries(colors)) {
    writeFileSync(join(dir, `${name}.webp`), await flatPicture(color));
  }
  expect(vitrine(['import', 'feed.tsv']).stderr).toContain('2');
  writeFileSync(join(dir, 'notes.txt'), 'no recording');
  writeFileSync(join(dir, 'cut.wav'), '');
  writeFileSync(join(dir, 'large.wav'), '');
  truncateSync(join(dir, 'large.wav'), 16 * 1024 * 1024 + 1);
  mkdirSync(join(dir, 'folder'));
}, 120_000);

it('tells of the recogniser before and after it is there', () => {
  const missing = vitrine(['doctor']).stdout;
  expect(missing).toMatch(
    /FAIL {2}speech recogniser: whisper-like@0123456789ab: .*missing.*voice notes can't be heard\n/,
  );
  expect(missing).toContain('→ run "vitrine models pull whisper-like"');
  expect(vitrine(['models', 'list']).stdout).toMatch(/^whisper-like +speech +hub +– .* missing/m);
  const none = vitrine(['search', '--voice', SPEECH]);
  expect(none).toMatchObject({ status: 1, stderr: expect.stringContaining('[MODEL_MISSING]') });
  cpSync(tinyFolder('whisper-like'), join(dir, 'data', 'models', 'whisper-like'), { recursive: true });
  expect(vitrine(['doctor']).stdout).toMatch(
    /ok +speech recogniser: whisper-like@\w+ loads and hears \(SPEECH=whisper\)/,
  );
  expect(vitrine(['models', 'list']).stdout).toMatch(/^whisper-like +speech +hub +– .* present/m);
});

it('tells of settings that hear nothing', () => {
  expect(vitrine(['doctor'], { SPEECH: 'none' }).stdout).toMatch(/note +speech recogniser: none \(SPEECH=none\)/);
  expect(vitrine(['doctor'], { SPEECH: '' }).stdout).toMatch(/note +speech recogniser: none \(MODELS=starter\)/);
  expect(vitrine(['search', 'cup', '--voice', SPEECH], { SPEECH: 'none' }).stderr).toContain('there is no recogniser');
  const node = vitrine(['doctor'], { SPEECH: 'whisper-node', WHISPER_NODE_MODEL: 'tiny' }).stdout;
  expect(node).toMatch(/(FAIL|ok {2}) +speech recogniser: .*(compiled|missing|whisper-node-tiny)/);
  expect(vitrine(['doctor'], { SPEECH: 'ears' })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('SPEECH'),
  });
});

it('says what it heard and how sure it is, and searches for that', () => {
  const { stdout, status } = vitrine(['search', '--voice', SPEECH]);
  expect(stdout).toMatch(/^Heard: “.+” \((\w\w|language unknown), confidence [01]\.\d\d(: in chat .*)?\)\n/);
  expect(status).toBe(0);
  const json = JSON.parse(vitrine(['search', 'red', '--voice', SPEECH, '--json']).stdout);
  expect(json.heard).toMatchObject({ text: expect.any(String), confidence: expect.any(Number) });
  expect(json.query.text).toBe(`red\n${json.heard.text}`);
  expect(json.results[0].id).toBe('red');
});

it('takes a note, a photo and words as one query', () => {
  const both = vitrine(['search', 'cup', '--photo', 'blue.webp', '--voice', SPEECH, '--json']);
  const { heard, results } = JSON.parse(both.stdout);
  expect(heard.text).not.toBe('');
  expect(results[0].id).toBe('blue');
  expect(results[0].why.photo).toBeGreaterThan(0.9);
});

it.each([
  ['gone.wav', 2, 'QUERY_INVALID', 'there is no such file'],
  ['folder', 2, 'QUERY_INVALID', 'it is a folder'],
  ['/dev/zero', 2, 'QUERY_INVALID', 'it is no file'],
  ['large.wav', 2, 'QUERY_INVALID', 'it has more than 16 MB'],
  ['notes.txt', 1, 'VOICE_UNREADABLE', ''],
  ['cut.wav', 1, 'VOICE_UNREADABLE', ''],
])('says what is wrong with %s', (file, exit, code, reason) => {
  const { status, stderr, stdout } = vitrine(['search', '--voice', file]);
  expect(stderr).toContain(`[${code}]`);
  expect(stderr).toContain(reason);
  expect(stdout).toBe('');
  expect(status).toBe(exit);
});

it('wants words, a photo or a note', () => {
  expect(vitrine(['search'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('neither --photo nor --voice'),
  });
});
