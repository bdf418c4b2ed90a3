import { createVoiceReader } from '../../src/media';
import { plainMp4 } from '../../src/media/mp4-plain';
import { checkHeader } from '../../src/media/recording-header';
import { faultOf, MEGABYTE, peakMemory } from './helpers/faults';
import { fixture, flacSilence, opusSilence, sentence, wav } from './helpers/recordings';

const HOURS = 10 * 3_600;
const reader = createVoiceReader();
afterAll(() => reader.close());

beforeAll(async () => {
  // Loads the decoders and the networks, so that their own memory is not counted.
  for (const name of ['opus.ogg', 'speech.flac', 'speech.wav', 'aac.m4a', 'opus.webm']) {
    await reader.read(fixture(name), {});
  }
  expect(await outcome(flacSilence(100, 16_000))).toBe('VOICE_SILENT');
});

/** The code of the error, or `fine`; asserts that little memory was taken. */
async function outcome(bytes: Buffer, megabytes = 150): Promise<string> {
  let result = 'fine';
  const needed = await peakMemory(async () => {
    const settled = await Promise.allSettled([reader.read(bytes, {})]);
    if (settled[0].status === 'rejected') result = (await faultOf(Promise.reject(settled[0].reason))).code;
  });
  expect(needed).toBeLessThan(megabytes * MEGABYTE);
  return result;
}

test('an HLS playlist named .ogg (19) and an executable named .ogg (24) reach no decoder', async () => {
  const playlist = '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:8080/secret\n#EXT-X-ENDLIST\n';
  expect(await outcome(Buffer.from(playlist))).toBe('VOICE_UNREADABLE');
  expect(await outcome(Buffer.from(`\x7fELF\x02\x01\x01${'\0'.repeat(500)}`, 'latin1'))).toBe('VOICE_UNREADABLE');
  expect(await outcome(Buffer.from(`MZ\x90${'\0'.repeat(500)}`, 'latin1'))).toBe('VOICE_UNREADABLE');
  expect(await outcome(Buffer.alloc(0))).toBe('VOICE_UNREADABLE');
});

test('ten hours of Opus silence (20), by what the pages say and by what comes out', async () => {
  const honest = opusSilence(HOURS);
  expect(honest.length).toBeLessThan(2.75 * MEGABYTE);
  expect(() => checkHeader(honest, 'opus', 120)).toThrow(expect.objectContaining({ code: 'VOICE_TOO_LONG' }));
  expect(await outcome(honest)).toBe('VOICE_TOO_LONG');
  const lying = opusSilence(HOURS, { granules: false });
  expect(() => checkHeader(lying, 'opus', 120)).not.toThrow();
  expect(await outcome(lying)).toBe('VOICE_TOO_LONG');
  expect(await outcome(opusSilence(60, { channels: 255 }))).toBe('VOICE_UNREADABLE');
});

test('a header that claims 255 channels, or a codec that browsers do not record, reaches no decoder', async () => {
  for (const [name, mark, offset] of [
    ['opus.webm', 'OpusHead', 9],
    ['opus.mp4', 'dOps', 5],
    ['opus.ogg', 'OpusHead', 9],
    ['vorbis.ogg', '\x01vorbis', 11],
  ] as const) {
    const bytes = fixture(name);
    const at = bytes.indexOf(mark, 0, 'latin1') + offset;
    expect(bytes[at]).toBe(1);
    bytes.writeUInt8(255, at);
    expect(await outcome(bytes)).toBe('VOICE_UNREADABLE');
  }
  const other = fixture('opus.webm');
  other.write('A_ALAC', other.indexOf('A_OPUS', 0, 'latin1'), 'latin1');
  expect(await outcome(other)).toBe('VOICE_UNREADABLE');
});

test.each([
  ['what its header says', undefined],
  ['what comes out, where the header leaves it open', 0],
  ['what comes out, where the header says a second', 16_000],
])('ten hours of FLAC silence (21), by %s', async (_by, claimed) => {
  const bytes = flacSilence(HOURS, 16_000, claimed);
  expect(bytes.length).toBeLessThan(130_000);
  expect(await outcome(bytes)).toBe('VOICE_TOO_LONG');
  const checked = () => checkHeader(bytes, 'flac', 120);
  if (claimed === undefined) expect(checked).toThrow(expect.objectContaining({ code: 'VOICE_TOO_LONG' }));
  else expect(checked).not.toThrow();
});

test('the same file in 72 KB, at 8,000 samples a second', async () => {
  const bytes = flacSilence(HOURS, 8_000);
  expect(bytes.length).toBeLessThan(72_000);
  expect(await outcome(bytes)).toBe('VOICE_TOO_LONG');
});

test('WAV that claims 4 GB is as long as it is; 65,535 channels, no rate and all too much rate are refused (22)', async () => {
  const said = [sentence()];
  for (const bytes of [0xffffffff, 0xfffffff0, 0]) expect(await outcome(wav(said, 16_000, { bytes }))).toBe('fine');
  for (const claims of [{ channels: 65_535 }, { channels: 9 }, { channels: 0 }, { rate: 0 }, { rate: 0xffffffff }]) {
    expect(await outcome(wav(said, 16_000, claims))).toBe('VOICE_UNREADABLE');
  }
  const long = wav([new Float32Array(8_000 * 121)], 8_000);
  expect(await outcome(long)).toBe('VOICE_TOO_LONG');
  expect(() => checkHeader(long, 'wav', 120)).toThrow(expect.objectContaining({ code: 'VOICE_TOO_LONG' }));
  // ADPCM may claim 65,535 samples for a byte.
  const adpcm = wav(said, 16_000);
  adpcm.writeUInt16LE(0x11, 20);
  expect(await outcome(adpcm)).toBe('VOICE_UNREADABLE');
});

test('two sides at 192,000 samples a second take no more memory than at 48,000', async () => {
  const side = new Float32Array(192_000 * 10);
  expect(await outcome(wav([side, side], 192_000), 200)).toBe('VOICE_SILENT');
});

test('a file above the limit of bytes is refused unread', async () => {
  expect(await outcome(Buffer.concat([fixture('speech.wav'), Buffer.alloc(16 * MEGABYTE)]))).toBe('VOICE_TOO_LONG');
});

/** The file with a 32-bit number in a box replaced. */
function withNumber(bytes: Buffer, type: string, offset: number, value: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt32BE(value, changed.indexOf(type, 0, 'latin1') + 4 + offset);
  return changed;
}

test.each(['aac.m4a', 'aac.mp4', 'film.m4a'])('an index of %s that lies costs no memory (23)', async (name) => {
  const bytes = fixture(name);
  const lies = [
    withNumber(bytes, 'stsz', 8, 0xffffffff),
    withNumber(withNumber(bytes, 'stsz', 4, 1), 'stsz', 8, 0xffffffff),
    withNumber(bytes, 'stco', 4, 0xffffffff),
    withNumber(bytes, 'stsc', 12, 0xffffffff),
    withNumber(bytes, 'stts', 8, 0xffffffff),
    withNumber(bytes, 'stsd', 4, 0xffffffff),
  ];
  for (const lie of lies) expect(['fine', 'VOICE_UNREADABLE', 'VOICE_TOO_LONG']).toContain(await outcome(lie));
});

test('packets may not overlap, have no length, or be too many; what was cut off is left out', () => {
  const bytes = fixture('aac.mp4');
  const faultless =
    (file: Buffer, seconds = 120) =>
    () =>
      plainMp4(file, seconds);
  const unreadable = expect.objectContaining({ code: 'VOICE_UNREADABLE' });
  expect(faultless(bytes)).not.toThrow();
  expect(faultless(withNumber(bytes, 'stsz', 16, 0))).toThrow(unreadable);
  const twice = Buffer.from(fixture('film.m4a'));
  const chunks = twice.lastIndexOf('stco', undefined, 'latin1') + 4;
  expect(twice.readUInt32BE(chunks + 4)).toBeGreaterThan(1);
  expect(faultless(twice)).not.toThrow();
  twice.writeUInt32BE(twice.readUInt32BE(chunks + 8), chunks + 12);
  expect(faultless(twice)).toThrow(unreadable);
  expect(faultless(withNumber(fixture('fragmented.mp4'), 'trun', 4, 0xffffffff))).toThrow(unreadable);
  expect(faultless(bytes, 0.05)).toThrow();
  expect(plainMp4(bytes.subarray(0, bytes.length - 2_000), 120).length).toBeLessThan(plainMp4(bytes, 120).length);
});

test('of a film nothing but the sound and its own index reaches the decoder', () => {
  const bytes = fixture('film.m4a');
  const plain = plainMp4(bytes, 120);
  expect(plain.indexOf('mp4v', 0, 'latin1')).toBe(-1);
  expect(plain.indexOf('vide', 0, 'latin1')).toBe(-1);
});
