import { VOICE_WEIGHTS } from './voice-weights';

/** A voice note's vector, in the space of the words' one, and how sure the recogniser was of the words (0–1). */
export interface VoiceVector {
  readonly vector: Float32Array;
  readonly confidence: number;
}

/**
 * One normalised query vector of heard words and the voice itself, until fusion is trained: normalise(confidence · words +
 * weight · voice). The voice alone where the words have no vector; the words alone where the two cancel out.
 */
export function fuseVoice(
  words: Float32Array | undefined,
  voice: VoiceVector,
  weight: number = VOICE_WEIGHTS.vector,
): Float32Array {
  if (!words) return voice.vector;
  const sum = words.map((value, i) => voice.confidence * value + weight * (voice.vector[i] ?? 0));
  const length = Math.hypot(...sum);
  return length > 1e-6 ? sum.map((value) => value / length) : words;
}

/** One normalised vector for several voice notes, which are one query: the mean of theirs. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array | undefined {
  const [first] = vectors;
  if (!first || vectors.length === 1) return first;
  const sum = first.map((_, i) => vectors.reduce((total, vector) => total + (vector[i] ?? 0), 0));
  const length = Math.hypot(...sum);
  return length > 1e-6 ? sum.map((value) => value / length) : first;
}
