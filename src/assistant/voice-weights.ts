/**
 * What a voice note's confidence decides, chosen for the starter network on its validation recordings (`npm run -s bench --
 * voice queries .cache/recipes/voice/validation/queries.jsonl`: from 0.7 on one word in nine is wrong, below 0.45 three
 * quarters), and how its vector counts, set by hand.
 */
export const VOICE_WEIGHTS = {
  /** Confidence from which what was heard is searched without a word about doubt … */
  sure: 0.7,
  /** … and from which it is searched at all; below, the shopper is asked. */
  unsure: 0.45,
  /** Weight of the voice's vector beside that of the heard words, which weighs as much as the confidence. */
  vector: 0.5,
} as const;
