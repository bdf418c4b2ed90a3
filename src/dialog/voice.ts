import type { Language, VoiceFault } from '../domain';

/** A voice note as a conversation remembers it: never the sound. */
export interface RememberedVoice {
  /** The recogniser of the vector; another one can't use it. */
  readonly recogniser: string;
  /** How sure the recogniser was of the words, 0 to 1. */
  readonly confidence: number;
  /** The vector of what was said, in the form of `vectorToText`; missing where the recogniser makes none. */
  readonly vector?: string;
}

/** What became of the voice notes of a message. */
export type TurnVoice =
  | {
      readonly kind: 'heard';
      readonly text: string;
      /** False where the reply should say that this is only what it thinks. */
      readonly sure: boolean;
      readonly voice: RememberedVoice;
      /** The language that was spoken, where the recogniser can tell. */
      readonly language?: Language;
      /** Why some of the voice notes were left out. */
      readonly fault?: VoiceFault;
    }
  /** Words that are too unsure to be used: the shopper is asked. */
  | { readonly kind: 'doubtful'; readonly text: string }
  | { readonly kind: 'failed'; readonly fault: VoiceFault };
