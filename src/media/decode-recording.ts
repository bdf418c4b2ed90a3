import type * as AudioDecode from 'audio-decode';
import { VitrineError } from '../domain';
import { mixdown } from './mixdown';
import { checkHeader } from './recording-header';
import { type VoiceKind, voiceKind } from './sniff-voice';
import { SoundCollector } from './sound-collector';
import { unreadable } from './voice-faults';

/** What the decoding package calls them. */
const DECODERS = {
  wav: 'wav',
  mp3: 'mp3',
  opus: 'opus',
  vorbis: 'oga',
  webm: 'webm',
  mp4: 'm4a',
  '3gp': 'm4a',
  aac: 'aac',
  flac: 'flac',
  amr: 'amr',
} as const satisfies Record<VoiceKind, string>;
/**
 * Bytes that are decoded at a time. A byte of FLAC or Opus may come to 50 KB of silence in a hostile file, and what one
 * call makes can't be stopped.
 */
const PIECE = 1_024;
const WAV_PIECE = 65_536;
/** Less than this is no recording, however it was cut off. */
const LEAST_SECONDS = 0.02;

/** A decoded recording: one channel at 48,000 samples a second. */
export interface Decoded {
  readonly samples: Float32Array;
  readonly seconds: number;
}

/** What decoding needs to know. */
export interface DecodeOptions {
  readonly maxSeconds: number;
  /** Called when the decoder itself broke down, and may be in no state to go on. */
  readonly onBreak?: () => void;
}

/**
 * Decodes as much of a recording as there is. Throws VOICE_UNREADABLE where that is nothing and VOICE_TOO_LONG as soon as
 * there is more than `maxSeconds`.
 */
export async function decodeRecording(bytes: Uint8Array, { maxSeconds, onBreak }: DecodeOptions): Promise<Decoded> {
  const kind = voiceKind(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (kind === undefined) throw unreadable('The file is no recording of an accepted format.');
  const sound = new SoundCollector(maxSeconds);
  try {
    await decodeInto(sound, checkHeader(bytes, kind, maxSeconds), kind);
  } catch (error) {
    if (error instanceof VitrineError) throw error;
    // What the decoder throws ends the recording there.
    if (!isOrdinary(error)) onBreak?.();
  }
  if (sound.seconds < LEAST_SECONDS) throw unreadable('The recording is damaged, or holds nothing.');
  return { samples: mixdown(sound.end()), seconds: sound.seconds };
}

async function decodeInto(sound: SoundCollector, bytes: Uint8Array, kind: VoiceKind): Promise<void> {
  const { default: decode }: typeof AudioDecode = await import('audio-decode');
  const decoder = await decode[DECODERS[kind]]();
  const piece = kind === 'wav' ? WAV_PIECE : PIECE;
  try {
    for (let at = 0; at < bytes.length; at += piece) {
      const { channelData, sampleRate } = await decoder(bytes.subarray(at, at + piece));
      sound.add(channelData, sampleRate);
    }
    const { channelData, sampleRate } = await decoder();
    sound.add(channelData, sampleRate);
  } finally {
    decoder.free();
  }
}

/** Decoders throw plain errors for what they can't read; anything else is WebAssembly that trapped or ran out of memory. */
function isOrdinary(error: unknown): boolean {
  return error instanceof Error && (error.name === 'Error' || error.name === 'TypeError');
}
