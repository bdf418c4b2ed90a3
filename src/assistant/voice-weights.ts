/**
 * What a voice note's confidence decides, and how its vector counts. All of it is set by hand for now and is to be chosen on
 * validation recordings, never on held-out ones.
 */
export const VOICE_WEIGHTS = {
  /** Confidence from which what was heard is searched without a word about doubt … */
  sure: 0.6,
  /** … and from which it is searched at all; below, the shopper is asked. */
  unsure: 0.3,
  /** Weight of the voice's vector beside that of the heard words, which weighs as much as the confidence. */
  vector: 0.5,
} as const;
