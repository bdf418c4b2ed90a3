import { readFileSync } from 'node:fs';
import type { App } from '../app';
import { tasteOf } from '../assistant';
import { type ErrorCode, type Heard, type Language, languageOf, VitrineError } from '../domain';
import type { LabelledQuery } from '../training';

/** What a recording itself is to blame for. */
const UNHEARD: ReadonlySet<ErrorCode> = new Set(['VOICE_SILENT', 'VOICE_UNREADABLE', 'VOICE_TOO_LONG']);

/**
 * What a recording says; one in which nothing is heard finds nothing: that is a result, too. Throws VOICE_FAILED, where the
 * machine was too busy to read it, RECOGNISER_FAILED and MODEL_*.
 */
export async function heardIn(app: App, { voice, lang }: LabelledQuery): Promise<Heard | undefined> {
  if (voice === undefined) return undefined;
  const language = languageOf(lang);
  try {
    return await app.hear([readFileSync(voice)], language ? { language } : {});
  } catch (error) {
    if (error instanceof VitrineError && UNHEARD.has(error.code)) return undefined;
    throw error;
  }
}

/** Everything that a query says, typed and heard; '' where it says nothing. */
export function saidIn({ text = '' }: LabelledQuery, heard: Heard | undefined): string {
  return [text, heard?.text ?? ''].filter((each) => each.trim() !== '').join(' ');
}

/** The vector of a query's photo, where it has one and there is an image encoder. */
export async function photoVectorOf(app: App, { photo }: LabelledQuery): Promise<Float32Array | undefined> {
  return photo === undefined ? undefined : app.photoVector([readFileSync(photo)]);
}

/** The vector of a query's words, typed and heard, where it has some and there is a text encoder. */
export async function wordsVectorOf(app: App, query: LabelledQuery): Promise<Float32Array | undefined> {
  const text = saidIn(query, await heardIn(app, query));
  if (text === '' || !app.encoder) return undefined;
  const language: Language = app.analyzer.detectLanguage(text, languageOf(query.lang));
  const [vector] = await app.encoder.encode([text], { role: 'query', language });
  return vector;
}

/** The taste of the shopper of a query, as serving makes it of products liked at one time; undefined without a history. */
export async function tasteIn(app: App, { history }: LabelledQuery): Promise<Float32Array | undefined> {
  if (!history) return undefined;
  const events = history.map((productId) => ({ productId, kind: 'like' as const, at: 0 }));
  return tasteOf(events, await app.retriever.vectors(history));
}
