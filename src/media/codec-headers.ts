import { unreadable } from './voice-faults';

/**
 * Where codecs' headers claim how many channels there are, by the mark that they begin with, and the most that are decoded.
 * One byte of Opus can come to 60 ms of each channel, so that two must do.
 */
const HEADERS = {
  opus: { mark: 'OpusHead', offset: 9, most: 2 },
  opusInMp4: { mark: 'dOps', offset: 5, most: 2 },
  vorbis: { mark: '\x01vorbis', offset: 11, most: 8 },
} as const;

/** Looks at every header in the bytes: a stream may follow another one. Throws VOICE_UNREADABLE. */
export function checkCodecHeaders(bytes: Buffer, codec: keyof typeof HEADERS): void {
  const { mark, offset, most } = HEADERS[codec];
  for (let at = bytes.indexOf(mark, 0, 'latin1'); at >= 0; at = bytes.indexOf(mark, at + 1, 'latin1')) {
    if ((bytes[at + offset] ?? 0) > most) throw unreadable('The recording has too many channels.');
  }
}
