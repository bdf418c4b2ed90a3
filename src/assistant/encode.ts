import { orAborted, type StructuredQuery, type TextEncoder, type TurnObserver } from '../domain';

/** Longest wait for an encoder, in milliseconds; a shopper gets the answer of the words alone sooner than none. */
const DEADLINE = 3_000;

/**
 * The query's vector, or undefined when the encoder throws or is too slow: searching then goes on by words alone, and the
 * observer is told of the fault.
 */
export async function encodeOrGoOn(
  encoder: TextEncoder,
  query: Pick<StructuredQuery, 'text' | 'language'>,
  signal: AbortSignal,
  observer: TurnObserver,
): Promise<Float32Array | undefined> {
  const started = performance.now();
  const limited = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE)]);
  try {
    const encoding = encoder.encode([query.text], { language: query.language, signal: limited });
    const [vector] = await orAborted(encoding, limited);
    observer.step('encode', performance.now() - started);
    return vector;
  } catch (error) {
    observer.fault(error);
    observer.step('encode_failed', performance.now() - started);
    return undefined;
  }
}
