import { join } from 'node:path';
import { type ClosableVoiceReader, createVoiceReader } from '../../src/media';
import { resampled } from '../../src/media/resampler';
import { EvaluationRandom } from '../../src/training/evaluation/random';
import { faultOf } from './helpers/faults';
import { fixture, sentence, wav } from './helpers/recordings';

const open: ClosableVoiceReader[] = [];
const readerOf = (limits = {}) => {
  const made = createVoiceReader(limits);
  open.push(made);
  return made;
};
const reader = readerOf();
afterAll(() => Promise.all(open.map((each) => each.close())));

const module_ = join(__dirname, '..', 'support', 'encoders', 'voice.cjs');
const said = sentence();
const codeOf = async (bytes: Buffer, from = reader) => (await faultOf(from.read(bytes, {}))).code;
/** Decibels below full scale, of all that is left. */
const levelOf = (samples: Float32Array) =>
  10 * Math.log10(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

/** The cleaned sentence: its margins may differ by some frames of 32 ms, its level by what is around it. */
async function expectSentence(bytes: Buffer, seconds = 2.1): Promise<Float32Array> {
  const speech = await reader.read(bytes, {});
  expect(speech.rate).toBe(16_000);
  expect(Math.abs(speech.seconds - seconds)).toBeLessThan(0.15);
  expect(Math.abs(speech.samples.length / 16_000 - 1.75)).toBeLessThan(0.2);
  expect(Math.abs(levelOf(speech.samples) + 24)).toBeLessThan(1.5);
  expect(Math.max(...speech.samples.map(Math.abs))).toBeLessThan(0.96);
  return speech.samples;
}

test.each([
  'speech.wav',
  'speech.mp3',
  'tagged.mp3',
  'opus.ogg',
  'vorbis.ogg',
  'opus.webm',
  'aac.m4a',
  'aac.mp4',
  'fragmented.mp4',
  'opus.mp4',
  'speech.3gp',
  'speech.aac',
  'speech.flac',
  'speech.amr',
])('reads %s', async (name) => {
  await expectSentence(fixture(name));
});

test('the sound of a film is read, a film without sound is not (23)', async () => {
  await expectSentence(fixture('film.m4a'));
  expect(await codeOf(fixture('silent-film.m4a'))).toBe('VOICE_UNREADABLE');
});

test.each([8_000, 11_025, 44_100, 48_000, 96_000, 192_000])('reads %i samples a second (25)', async (rate) => {
  await expectSentence(wav([resampled(said, 16_000, rate)], rate));
});

test('a dead side, opposite sides, three sides, a constant offset (25)', async () => {
  const silence = new Float32Array(said.length);
  const plain = await expectSentence(wav([said], 16_000));
  expect(await expectSentence(wav([said, silence], 16_000))).toEqual(plain);
  expect(await expectSentence(wav([silence, said], 16_000))).toEqual(plain);
  await expectSentence(wav([said, said.map((value) => -value)], 16_000));
  await expectSentence(wav([said, silence, silence], 16_000));
  await expectSentence(wav([said.map((value) => value * 0.5 + 0.3)], 16_000));
});

test('clipped and quiet speech (25)', async () => {
  const peak = said.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  await expectSentence(wav([said.map((value) => (value / peak) * 8)], 16_000));
  await expectSentence(wav([said.map((value) => (value / peak) * 0.02)], 16_000));
});

test('silence, hum and noise are silent (25)', async () => {
  const random = new EvaluationRandom('hiss');
  const second = new Float32Array(32_000);
  expect(await codeOf(wav([second], 16_000))).toBe('VOICE_SILENT');
  expect(await codeOf(wav([second.map(() => (random.next() - 0.5) * 0.2)], 16_000))).toBe('VOICE_SILENT');
  expect(await codeOf(wav([second.map((_, at) => 0.3 * Math.sin(at / 51))], 16_000))).toBe('VOICE_SILENT');
  expect(await codeOf(wav([second.subarray(0, 800)], 16_000))).toBe('VOICE_SILENT');
});

test('long pauses are cut, and counted in the length of the recording', async () => {
  const pause = new Float32Array(5 * 16_000);
  const both = Float32Array.from([...said, ...pause, ...said]);
  const { samples, seconds } = await reader.read(wav([both], 16_000), {});
  expect(seconds).toBeCloseTo(both.length / 16_000, 2);
  expect(samples.length / 16_000).toBeLessThan(4);
});

test('noise is taken out where there is much, and speech stays', async () => {
  const random = new EvaluationRandom('hiss');
  const around = Float32Array.from([...new Float32Array(16_000), ...said, ...new Float32Array(16_000)]);
  const noisy = around.map((value) => value + (random.next() - 0.5) * 0.06);
  const { samples } = await reader.read(wav([noisy], 16_000), {});
  // The quietest tenth of a second of what is left, against all of it.
  const parts = Array.from({ length: Math.floor(samples.length / 1_600) }, (_, n) =>
    levelOf(samples.subarray(n * 1_600, (n + 1) * 1_600)),
  );
  const before = levelOf(noisy.subarray(0, 1_600)) - levelOf(noisy.subarray(16_000, 16_000 + said.length));
  expect(Math.min(...parts) - levelOf(samples)).toBeLessThan(before - 10);
});

test.each([
  'opus.ogg',
  'speech.mp3',
  'speech.flac',
  'speech.wav',
  'aac.mp4',
  'fragmented.mp4',
  'speech.amr',
  'opus.webm',
])('of %s, cut off, what is there is used; of a stump nothing (26)', async (name) => {
  const bytes = fixture(name);
  const { seconds, samples } = await reader.read(bytes.subarray(0, Math.floor(bytes.length * 0.7)), {});
  expect(seconds).toBeGreaterThan(0.8);
  expect(seconds).toBeLessThan(2);
  expect(samples.length).toBeGreaterThan(8_000);
  expect(await codeOf(bytes.subarray(0, 30))).toBe('VOICE_UNREADABLE');
});

test('an index that comes last and was cut off leaves nothing to read (26)', async () => {
  expect(await codeOf(fixture('aac.m4a').subarray(0, 10_000))).toBe('VOICE_UNREADABLE');
});

test('limits of bytes and seconds can be set', async () => {
  const strict = readerOf({ maxBytes: 50_000, maxSeconds: 2 });
  expect(await codeOf(fixture('speech.wav'), strict)).toBe('VOICE_TOO_LONG');
  for (const name of ['opus.ogg', 'speech.mp3', 'opus.webm', 'aac.m4a', 'fragmented.mp4', 'speech.amr', 'speech.aac']) {
    expect(await codeOf(fixture(name), strict)).toBe('VOICE_TOO_LONG');
  }
});

test('whoever gives up hears so at once, and the reader goes on', async () => {
  expect((await faultOf(reader.read(fixture('opus.ogg'), { signal: AbortSignal.abort() }))).code).toBe('VOICE_FAILED');
  const stop = new AbortController();
  const given = [1, 2, 3].map(() => reader.read(fixture('opus.ogg'), { signal: stop.signal }));
  const kept = reader.read(fixture('opus.ogg'), {});
  stop.abort();
  for (const each of given) expect((await faultOf(each)).code).toBe('VOICE_FAILED');
  expect((await kept).samples.length).toBeGreaterThan(16_000);
});

test('a thread that throws, hangs, ends or grows fails its note only; its messages stay inside', async () => {
  const weak = readerOf({ module: module_, deadline: 500, heapMegabytes: 32 });
  for (const size of [1, 2, 3, 4]) {
    const [bad, good] = [weak.read(Buffer.alloc(size), {}), weak.read(Buffer.alloc(9), {})];
    const fault = await faultOf(bad);
    expect(fault.code).toBe('VOICE_FAILED');
    expect(fault.message).not.toContain('secret');
    expect((await good).rate).toBe(16_000);
  }
});

test('a worn thread serves no further note', async () => {
  const weak = readerOf({ module: module_ });
  const count = async (size: number) => (await weak.read(Buffer.alloc(size), {})).seconds;
  expect([await count(9), await count(9), await count(5), await count(9)]).toEqual([0, 1, 2, 0]);
});

test('more than a few that wait are refused, and a closed reader refuses all', async () => {
  const small = readerOf({ module: module_, queueLimit: 2, deadline: 300 });
  const first = [small.read(Buffer.alloc(2), {}), small.read(Buffer.alloc(9), {})];
  expect((await faultOf(small.read(Buffer.alloc(9), {}))).message).toContain('Too much');
  const settled = Promise.allSettled(first);
  await small.close();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await codeOf(Buffer.alloc(9), small)).toBe('VOICE_FAILED');
});
