import { type Language, orAborted, type StructuredQuery, type TextEncoder, type TurnObserver } from '../domain';

/** Longest wait for an encoder, in milliseconds; a shopper gets the answer of the words alone sooner than none. */
const DEADLINE = 3_000;

/** What was encoded for a turn, by the signal that ends it: several steps of one need the vector of the same words. */
const ofTurn = new WeakMap<AbortSignal, Map<string, Promise<Float32Array | undefined>>>();

/**
 * The query's vector, or undefined when the encoder throws or is too slow: searching then goes on by words alone, and the
 * observer is told of the fault. Encoded once for each signal.
 */
export function encodeOrGoOn(
  encoder: TextEncoder,
  { text, language }: Pick<StructuredQuery, 'text' | 'language'>,
  signal: AbortSignal,
  observer: TurnObserver,
): Promise<Float32Array | undefined> {
  const known = ofTurn.get(signal) ?? new Map<string, Promise<Float32Array | undefined>>();
  ofTurn.set(signal, known);
  const key = `${encoder.id} ${language} ${text}`;
  const encoding = known.get(key) ?? encodeOnce(encoder, text, language, signal, observer);
  known.set(key, encoding);
  return encoding;
}

async function encodeOnce(
  encoder: TextEncoder,
  text: string,
  language: Language,
  signal: AbortSignal,
  observer: TurnObserver,
): Promise<Float32Array | undefined> {
  const started = performance.now();
  const limited = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE)]);
  try {
    const encoding = encoder.encode([text], { language, signal: limited });
    const [vector] = await orAborted(encoding, limited);
    observer.step('encode', performance.now() - started);
    return vector;
  } catch (error) {
    observer.fault(error);
    observer.step('encode_failed', performance.now() - started);
    return undefined;
  }
}
