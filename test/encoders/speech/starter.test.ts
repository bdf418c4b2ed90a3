import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, packageRoot } from '../../../src/config';
import type { SpeechRecogniser, TextEncoder } from '../../../src/domain';
import { createSpeechRecogniser, createTextEncoder, readModelManifest } from '../../../src/encoders';
import { createVoiceReader } from '../../../src/media';
import { type LabelledQuery, readLabelledQueries } from '../../../src/training';
import { errorRate } from '../../bench/voice/word-errors';

const MODELS = join(packageRoot(), 'models');
const QUERIES = readLabelledQueries(join(packageRoot(), 'test', 'fixtures', 'voice', 'queries', 'queries.jsonl'));
/** Recordings of each language that are heard here; `npm run -s bench -- voice queries` hears all of them. */
const SOME = 8;

/** What the committed weights reach here, with some room. English and Russian of another engine they hardly understand: see the card. */
const WORDS_WRONG = 0.45;
const LANGUAGE_TOLD = 0.93;
const VECTOR_PLACE = 5;

const reader = createVoiceReader();
let recogniser: SpeechRecogniser;
let texts: TextEncoder & { close(): Promise<void> };

beforeAll(() => {
  const [own, encoder] = [createSpeechRecogniser(loadConfig()), createTextEncoder(loadConfig())];
  if (!own || !encoder) throw new Error('the manifest lists no starter models');
  [recogniser, texts] = [own, encoder];
});
afterAll(() => Promise.all([reader.close(), recogniser.close(), texts.close()]));

const speechOf = ({ voice = '' }: Pick<LabelledQuery, 'voice'>) => reader.read(readFileSync(voice), {});
const dot = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  (a ?? new Float32Array()).reduce((sum, value, i) => sum + value * (b?.[i] ?? Number.NaN), 0);

it('is as small as promised, shares the space of the text encoder, and says where it is weak', () => {
  const entry = readModelManifest(MODELS).find(({ id }) => id === 'vitrine-voice-1');
  const folder = join(MODELS, 'starter', 'voice');
  const size = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
  expect(size).toBeLessThan(12 * 1024 ** 2);
  expect(recogniser.space).toBe(texts.space);
  expect(entry?.quality).toHaveProperty('words.en.wrong');
  const card = readFileSync(join(MODELS, entry?.recipe ?? '', 'README.md'), 'utf8');
  for (const part of ['Data', 'held out', 'Schedule', 'Measured', 'Weaknesses', 'curves.png', 'real people']) {
    expect(card).toContain(part);
  }
});

it('hears voices that it was not trained on, as well as it did, and tells their languages', async () => {
  const chosen = ['zh', 'es', 'fr', 'de'].flatMap((language) =>
    QUERIES.filter(({ lang }) => lang === language).slice(0, SOME),
  );
  const heard = [];
  for (const query of chosen) heard.push([query, await recogniser.recognise(await speechOf(query), {})] as const);
  expect(errorRate(heard)).toBeLessThan(WORDS_WRONG);
  const told = heard.filter(([{ lang }, { language }]) => language === lang).length;
  expect(told / heard.length).toBeGreaterThan(LANGUAGE_TOLD);
  for (const [, { vector, confidence }] of heard) {
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 3);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }
  // The vector is nearer to what was said than to most of what others said.
  const said = await texts.encode(chosen.map(({ typed = '' }) => typed).slice(0, 32), { role: 'query' });
  const places = heard.slice(0, 32).map(([, { vector }], i) => {
    const own = dot(vector, said[i]);
    return said.filter((other) => dot(vector, other) > own).length;
  });
  expect(places.reduce((sum, place) => sum + place, 0) / places.length).toBeLessThan(VECTOR_PLACE);
}, 180_000);

it('hears next to nothing in noise, and says so by its confidence', async () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647 - 0.5;
  };
  const noise = { samples: Float32Array.from({ length: 32_000 }, () => 0.1 * random()), rate: 16_000, seconds: 2 };
  const { confidence } = await recogniser.recognise(noise, {});
  expect(confidence).toBeLessThan(0.6);
  expect((await recogniser.recognise({ ...noise, samples: new Float32Array(160) }, {})).text.length).toBeLessThan(20);
}, 60_000);

it('refuses weights that are not those of the manifest', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-voice-'));
  try {
    cpSync(join(MODELS, 'starter', 'voice'), join(folder, 'starter', 'voice'), { recursive: true });
    cpSync(join(MODELS, 'manifest.json'), join(folder, 'manifest.json'));
    writeFileSync(join(folder, 'starter', 'voice', 'words.json'), '{}');
    const tampered = createSpeechRecogniser(loadConfig({ MODELS_DIR: folder }));
    const hearing = tampered?.recognise(await speechOf(QUERIES[0] ?? {}), {});
    await expect(hearing).rejects.toMatchObject({ code: 'MODEL_CORRUPT' });
    await tampered?.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
