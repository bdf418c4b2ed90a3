import { VitrineError } from '../../src/domain';
import { createVoiceReader } from '../../src/media';
import { EvaluationRandom } from '../../src/training/evaluation/random';
import { MEGABYTE, peakMemory } from './helpers/faults';
import { mutated } from './helpers/mutations';
import { fixture } from './helpers/recordings';

const FILES = [
  'speech.wav',
  'speech.mp3',
  'tagged.mp3',
  'opus.ogg',
  'vorbis.ogg',
  'opus.webm',
  'aac.m4a',
  'fragmented.mp4',
  'opus.mp4',
  'speech.3gp',
  'speech.aac',
  'speech.flac',
  'speech.amr',
];
const EACH = 80;
const SEED = 6;
/** The thread itself may be ended by a file, but then says no more than that it failed. */
const CODES = ['speech', 'VOICE_UNREADABLE', 'VOICE_TOO_LONG', 'VOICE_SILENT', 'VOICE_FAILED'];

const reader = createVoiceReader();
afterAll(() => reader.close());

/** `speech` where it ends in whole speech within its limits, the code of a VitrineError otherwise; fails for anything else. */
async function ending(bytes: Buffer): Promise<string> {
  try {
    const { samples, rate, seconds } = await reader.read(bytes, {});
    expect(rate).toBe(16_000);
    expect(seconds).toBeLessThanOrEqual(120);
    expect(samples.length).toBeGreaterThan(0);
    expect(samples.every((value) => Math.abs(value) < 1)).toBe(true);
    return 'speech';
  } catch (error) {
    if (error instanceof VitrineError) return error.code;
    throw error;
  }
}

test.each(FILES)(
  `${EACH} mutations of %s each end in speech or a clear error, and leave the reader well`,
  async (name) => {
    const whole = fixture(name);
    const random = new EvaluationRandom(`${SEED} ${name}`);
    const before = await reader.read(whole, {});
    const endings = new Map<string, number>();
    const needed = await peakMemory(async () => {
      for (let n = 0; n < EACH; n++) {
        const end = await ending(mutated(whole, random));
        endings.set(end, (endings.get(end) ?? 0) + 1);
      }
    });
    expect(needed).toBeLessThan(300 * MEGABYTE);
    expect([...endings.keys()].filter((end) => !CODES.includes(end))).toEqual([]);
    // The decoder was reached, and breaking down is the exception.
    expect(endings.get('speech')).toBeGreaterThan(0);
    expect(endings.get('VOICE_FAILED') ?? 0).toBeLessThan(EACH / 10);
    const after = await reader.read(whole, {});
    expect(after).toEqual(before);
  },
);
