import type { Attributes, Language, TextEncoder } from '../../domain';
import type { EvaluationRandom } from '../evaluation';
import type { Draft } from './draft';

/** Speaks words, and hears them as a shopper's voice note is heard. */
export interface VoiceLab {
  readonly languages: readonly Language[];
  /** Undefined where nothing was said, or nothing heard. */
  hear(
    words: string,
    language: Language,
    random: EvaluationRandom,
  ): Promise<{ readonly text: string; readonly vector: Float32Array } | undefined>;
  /** What is understood of what was heard. */
  understand(text: string, language: Language): Promise<Attributes>;
}

/** A spoken query as serving would see it. */
export interface HeardDraft {
  readonly voice: Float32Array;
  /** Missing where no words were heard. */
  readonly words?: Float32Array;
  readonly asked: Attributes;
}

/** Of so many queries one is spoken: hearing takes a good tenth of a second, many times as long as reading. */
const SPOKEN_OF = 33;

export interface HearOptions {
  readonly encoder: TextEncoder;
  readonly random: EvaluationRandom;
  readonly voices?: VoiceLab;
  readonly onProgress?: (what: 'voices', done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Speaks and hears some of the drafts of spoken queries; none where nothing can be spoken. */
export async function hearSome(
  drafts: readonly Draft[],
  { encoder, random, voices, onProgress, signal }: HearOptions,
): Promise<Map<Draft, HeardDraft>> {
  const found = new Map<Draft, HeardDraft>();
  if (!voices) return found;
  const spoken = drafts.filter(({ type, language }) => type === 'voice' && voices.languages.includes(language));
  const most = Math.min(Math.round(drafts.length / SPOKEN_OF), spoken.length);
  // Spread over all, so that validation has its share.
  const chosen = Array.from({ length: most }, (_, i) => spoken[Math.floor((i * spoken.length) / most)]);
  for (const [done, draft] of chosen.entries()) {
    signal?.throwIfAborted();
    onProgress?.('voices', done + 1, chosen.length);
    if (!draft) continue;
    const { text, language } = draft;
    const heard = await voices.hear(text, language, random);
    if (!heard) continue;
    const [words] = heard.text.trim() === '' ? [] : await encoder.encode([heard.text], { role: 'query', language });
    found.set(draft, {
      voice: heard.vector,
      ...(words && { words }),
      asked: await voices.understand(heard.text, language),
    });
  }
  return found;
}
