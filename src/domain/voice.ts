import type { Language } from './language';

/** Sound as samples of one channel, -1 to 1. */
export interface Recording {
  readonly samples: Float32Array;
  /** Samples a second. */
  readonly rate: number;
}

/** What a shopper said, cleaned up: 16,000 samples a second, without the silence around it, levelled. */
export interface Speech extends Recording {
  /** Length of the whole recording, in seconds. */
  readonly seconds: number;
}

/** Decodes a shopper's recording and cleans it up. */
export interface VoiceReader {
  /**
   * Decides by the bytes what it is. Throws VOICE_UNREADABLE for what can't be decoded or is no recording, VOICE_TOO_LONG,
   * VOICE_SILENT where nobody speaks, VOICE_FAILED where decoding itself breaks down or takes too long.
   */
  read(bytes: Buffer, options: { signal?: AbortSignal }): Promise<Speech>;
}

/** What a recogniser made of speech. */
export interface Heard {
  /** The transcript; empty where nothing was understood. */
  readonly text: string;
  /** How sure the recogniser is of the transcript as a whole, 0 to 1. */
  readonly confidence: number;
  /** The language that was spoken; missing where it can't be told or is none of Vitrine's. */
  readonly language?: Language;
  /** A normalised vector of what was said, in the space that the recogniser names; missing where it makes none. */
  readonly vector?: Float32Array;
}

/** Turns speech into text, and into a vector where the model makes one. */
export interface SpeechRecogniser {
  readonly id: string;
  /** The space of its vectors; undefined where it makes none. */
  readonly space: string | undefined;
  /**
   * `language` is the conversation's, a hint only. `words` are those that the catalogue uses and that lexicons may lack.
   * Throws RECOGNISER_FAILED, MODEL_MISSING, MODEL_CORRUPT.
   */
  recognise(
    speech: Speech,
    options: { readonly language?: Language; readonly words?: readonly string[]; readonly signal?: AbortSignal },
  ): Promise<Heard>;
  close(): Promise<void>;
}

/** Why a voice note could not be used; `unclear`: somebody speaks, but no word was understood. */
export const VOICE_FAULTS = ['silent', 'unclear', 'unreadable', 'tooLong', 'gone', 'failed', 'unsupported'] as const;
export type VoiceFault = (typeof VOICE_FAULTS)[number];

/** What a reply says of the voice notes of a message, beside its outcome. */
export interface VoiceSaid {
  /** What was heard and searched, and whether the recogniser was sure. */
  readonly heard?: { readonly text: string; readonly sure: boolean };
  /** What was heard too unsurely to be searched: the shopper is asked. */
  readonly doubtful?: string;
  /** Why voice notes, or some of them, were left out. */
  readonly fault?: VoiceFault;
}
