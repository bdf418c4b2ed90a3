import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpeechRecogniser } from '../../../src/domain';
import { createSpeechRecogniser, modelCatalogue, pullModel, type SpeechSettings } from '../../../src/encoders';
import { GuardedDownloader } from '../../../src/media';
import { stopServers } from '../../media/helpers/servers';
import { type Hub, hubEntry, startHub } from '../../support/hub';
import { filesOf, tinyEntry, tinyFolder, writeModels } from '../../support/models';
import { TONES, tones } from '../../support/tones';

const dir = mkdtempSync(join(tmpdir(), 'vitrine-whisper-'));
const settings: SpeechSettings = {
  MODELS: 'starter',
  MODELS_DIR: join(dir, 'models'),
  MODELS_CACHE: join(dir, 'cache'),
  SPEECH: 'whisper',
  WHISPER_NODE_MODEL: 'base',
};
let hub: Hub;
let recogniser: SpeechRecogniser;

beforeAll(async () => {
  hub = await startHub();
  hub.files.clear();
  const folder = tinyFolder('whisper-like');
  for (const path of filesOf(folder)) hub.files.set(path, readFileSync(join(folder, path)));
  const { files } = tinyEntry('whisper-like');
  const nothing = { space: null, dimensions: null, encoding: null };
  writeModels(settings.MODELS_DIR, [hubEntry({ id: 'whisper-like', kind: 'speech', ...nothing, files })]);
  const made = createSpeechRecogniser(settings);
  if (!made) throw new Error('there is no recogniser');
  recogniser = made;
});
afterAll(async () => {
  await recogniser.close();
  await stopServers();
  rmSync(dir, { recursive: true, force: true });
});

it('says what is missing before it was pulled, and hears as soon as it is there', async () => {
  await expect(recogniser.recognise(tones([TONES.english, 1]), {})).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  const catalogue = modelCatalogue(settings);
  const { entry, folder } = catalogue.get('whisper-like');
  const downloader = new GuardedDownloader({ allowPrivate: [hub.host] });
  const { fetched } = await pullModel(entry, folder, { hub: hub.url, downloader, lockFile: catalogue.lockFile });
  expect(fetched).toBe(7);
  await stopServers();
  expect(await recogniser.recognise(tones([TONES.english, 1]), {})).toMatchObject({ text: 'red cup', language: 'en' });
  expect(recogniser).toMatchObject({ id: 'whisper-like@0123456789ab', space: undefined });
});

it.each([
  ['english', 'red cup', 'en'],
  ['german', 'rote Tasse', 'de'],
  ['chinese', '红杯', 'zh'],
  // None of Vitrine's languages: heard, but not named.
  ['dutch', 'rode kop', undefined],
] as const)('tells the language of %s by its sound, and is sure', async (tone, text, language) => {
  const heard = await recogniser.recognise(tones([0, 0.2], [TONES[tone], 1.2]), {});
  expect(heard.text).toBe(text);
  expect(heard.language).toBe(language);
  expect(heard.confidence).toBeGreaterThan(0.8);
  expect(heard.confidence).toBeLessThanOrEqual(1);
  expect(heard.vector).toBeUndefined();
});

it('is not led astray by a hint', async () => {
  const heard = await recogniser.recognise(tones([TONES.german, 1.2]), { language: 'en' });
  expect(heard).toMatchObject({ text: 'rote Tasse', language: 'de' });
});

it('hears nothing where nobody speaks', async () => {
  expect(await recogniser.recognise(tones([0, 1.5]), {})).toEqual({ text: '', confidence: 0 });
});

it('hears speech that is longer than a window, and in the language that it began in', async () => {
  const { text, language } = await recogniser.recognise(
    tones([TONES.english, 1.9], [0, 0.4], [TONES.english, 1.5]),
    {},
  );
  expect(text).toMatch(/^red cup( red cup)*$/);
  expect(language).toBe('en');
  const long = await recogniser.recognise(tones([TONES.german, 12]), {});
  expect(long.text).toMatch(/^rote Tasse/);
  expect(long.confidence).toBeGreaterThan(0.5);
});

it('names a file that was tampered with', async () => {
  const file = join(settings.MODELS_CACHE, 'whisper-like', 'generation_config.json');
  const whole = readFileSync(file);
  writeFileSync(file, whole.toString().replace('"transcribe"', '"translite"'));
  const other = createSpeechRecogniser(settings);
  await expect(other?.recognise(tones([TONES.english, 1]), {})).rejects.toMatchObject({
    code: 'MODEL_CORRUPT',
    message: expect.stringContaining('generation_config.json'),
  });
  await other?.close();
  writeFileSync(file, whole);
});

it('gives up on a call that takes too long', async () => {
  const slow = createSpeechRecogniser(settings, { deadline: 1 });
  await expect(slow?.recognise(tones([TONES.english, 60]), {})).rejects.toMatchObject({ code: 'RECOGNISER_FAILED' });
  await slow?.close();
});
