import { spawn, spawnSync } from 'node:child_process';
import type { App } from '../app';
import { type Language, VitrineError } from '../domain';
import type { EvaluationRandom, VoiceLab } from '../training';

/** Voices of espeak-ng by language, and variants of them; `bench -- fusion queries` speaks with others. */
const VOICES: Readonly<Partial<Record<Language, readonly string[]>>> = {
  en: ['en-us', 'en', 'en-gb-x-rp', 'en-us-nyc'],
  zh: ['cmn'],
  es: ['es', 'es-419'],
  fr: ['fr', 'fr-ch'],
  de: ['de'],
  ru: ['ru'],
};
const VARIANTS = ['f1', 'f2', 'f4', 'm1', 'm3', 'm4', 'm5', 'm6', 'm7', 'Annie', 'Gene', 'Michael', 'anika', 'steph'];
/** Words a minute, and pitch (0 to 99): at the edges of what the starter network has heard, so that it errs as with strangers. */
const SPEEDS = [125, 150, 205, 220];
const PITCHES = [15, 25, 80, 90];
/** Milliseconds. */
const SPEAKING = 10_000;

/** espeak-ng and the app's own hearing; undefined where one of them is missing, or voices and words can't be compared. */
export function voiceLab(app: App): VoiceLab | undefined {
  const { encoder, recogniser, parser, retriever } = app;
  if (!recogniser?.space || recogniser.space !== encoder?.space) return undefined;
  if (spawnSync('espeak-ng', ['--version']).status !== 0) return undefined;
  return {
    languages: Object.keys(VOICES) as Language[],
    async hear(words, language, random) {
      const recording = await speak(words, language, random);
      if (!recording) return undefined;
      try {
        const { text, vector } = await app.hear([recording], { language });
        return vector && { text, vector };
      } catch (error) {
        if (error instanceof VitrineError && error.code.startsWith('VOICE_')) return undefined;
        throw error;
      }
    },
    understand: async (text, language) => parser.parse(text, { ...(await retriever.facts()), language }).wanted,
  };
}

/** The words as a WAV file; undefined where espeak-ng says nothing. */
function speak(words: string, language: Language, random: EvaluationRandom): Promise<Buffer | undefined> {
  const pick = <T>(list: readonly T[]) => String(list[random.below(list.length)] ?? '');
  const voice = `${pick(VOICES[language] ?? [])}+${pick(VARIANTS)}`;
  // A text that begins with a dash is no option.
  const args = ['-v', voice, '-s', pick(SPEEDS), '-p', pick(PITCHES), '--stdout', '--', words];
  return new Promise((resolve) => {
    const child = spawn('espeak-ng', args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: SPEAKING });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 && parts.length > 0 ? Buffer.concat(parts) : undefined));
  });
}
