import type { App } from '../app';
import { type Language, VitrineError } from '../domain';
import type { EvaluationRandom, VoiceLab } from '../training';
import { canSpeak, speak, type Voice } from './speak';

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

/** espeak-ng and the app's own hearing; undefined where one of them is missing, or voices and words can't be compared. */
export function voiceLab(app: App): VoiceLab | undefined {
  const { encoder, recogniser, parser, retriever } = app;
  if (!recogniser?.space || recogniser.space !== encoder?.space) return undefined;
  if (!canSpeak()) return undefined;
  return {
    languages: Object.keys(VOICES) as Language[],
    async hear(words, language, random) {
      const recording = await speak(words, voiceOf(language, random));
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

function voiceOf(language: Language, random: EvaluationRandom): Voice {
  const pick = <T>(list: readonly T[]) => String(list[random.below(list.length)] ?? '');
  const name = `${pick(VOICES[language] ?? [])}+${pick(VARIANTS)}`;
  return { name, speed: pick(SPEEDS), pitch: pick(PITCHES) };
}
