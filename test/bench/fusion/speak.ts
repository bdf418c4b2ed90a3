import { spawnSync } from 'node:child_process';
import type { EvaluationRandom } from '../../../src/training';
import { pick } from './entries';

/** Voices of espeak-ng, and its variants, speeds and pitches that the starter network's training left out: see models/recipes/voice/speak.py. */
const VOICES: Readonly<Record<string, readonly string[]>> = {
  en: ['en-us', 'en', 'en-gb-scotland'],
  zh: ['cmn'],
  es: ['es', 'es-419'],
  fr: ['fr', 'fr-be'],
  de: ['de'],
  ru: ['ru'],
};
const VARIANTS = ['Andrea', 'Andy', 'Denis', 'Henrique', 'Lee', 'Marco', 'aunty', 'david', 'f3', 'f5', 'linda', 'm2'];
const SPEED = [188, 204] as const;
const PITCH = [62, 76] as const;

/** Can words be spoken on this machine? */
export function canSpeak(): boolean {
  return spawnSync('espeak-ng', ['--version']).status === 0;
}

/** The words as a WAV file. Throws where espeak-ng says nothing. */
export function speak(words: string, language: string, random: EvaluationRandom): Buffer {
  const between = ([low, high]: readonly [number, number]) => String(low + random.below(high - low + 1));
  const voice = `${pick(VOICES[language] ?? [], random)}+${pick(VARIANTS, random)}`;
  // A text that begins with a dash is no option.
  const args = ['-v', voice, '-s', between(SPEED), '-p', between(PITCH), '--stdout', '--', words];
  const { stdout, status } = spawnSync('espeak-ng', args, { maxBuffer: 1e8 });
  if (status !== 0 || stdout.length < 1_000) throw new Error(`espeak-ng did not speak (${voice})`);
  return stdout;
}
