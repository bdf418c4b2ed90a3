import { checkCodecHeaders } from './codec-headers';
import { plainMp4 } from './mp4-plain';
import type { VoiceKind } from './sniff-voice';
import { tooLong, unreadable } from './voice-faults';

/** Most channels; a phone records one or two. */
export const MAX_CHANNELS = 8;
/** Samples a second that a recording may claim. */
export const RATES = { least: 4_000, most: 384_000 } as const;
/** WAVE formats: PCM, floating point, A-law, µ-law. ADPCM can claim any number of samples for a byte. */
const WAVE_FORMATS: ReadonlySet<number> = new Set([1, 3, 6, 7]);
const EXTENSIBLE = 0xfffe;
/** What is decoded of Matroska is what browsers record; the tracks are described in the first pieces, or not at all. */
const OTHER_CODECS = /A_(?:AAC|AC3|ALAC|DTS|EAC3|FLAC|MPEG|PCM)/;
const TRACKS = 16_384;
/** Opus counts time at this rate, whatever rate was recorded. */
const OPUS_RATE = 48_000;

/**
 * What the header claims, checked before anything is decoded, so that most bombs cost nothing. A header that lies gets
 * no further than the limit on what is decoded. Returns the bytes as the decoder wants them. Throws VOICE_TOO_LONG and
 * VOICE_UNREADABLE.
 */
export function checkHeader(bytes: Uint8Array, kind: VoiceKind, maxSeconds: number): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind === 'mp4' || kind === '3gp') return plainMp4(buffer, maxSeconds);
  if (kind === 'webm' && OTHER_CODECS.test(buffer.toString('latin1', 0, TRACKS))) {
    throw unreadable('The sound of the file is of a kind that is not read.');
  }
  if (kind === 'webm' || kind === 'opus') checkCodecHeaders(buffer, 'opus');
  if (kind === 'webm' || kind === 'vorbis') checkCodecHeaders(buffer, 'vorbis');
  if (kind === 'wav') check(wavClaims(buffer), maxSeconds);
  if (kind === 'flac') check(flacClaims(buffer), maxSeconds);
  if (kind === 'opus' || kind === 'vorbis') check(oggClaims(buffer, kind), maxSeconds);
  return bytes;
}

/** What a header claims; undefined where it leaves it open. */
interface Claims {
  readonly channels?: number;
  readonly rate?: number;
  readonly seconds?: number;
}

function check({ channels, rate, seconds }: Claims, maxSeconds: number): void {
  if (seconds !== undefined && seconds > maxSeconds) throw tooLong(maxSeconds);
  checkShape(channels, rate);
}

/** Throws VOICE_UNREADABLE for a number of channels or a rate that no recording has. */
export function checkShape(channels = 1, rate: number = RATES.least): void {
  if (channels >= 1 && channels <= MAX_CHANNELS && rate >= RATES.least && rate <= RATES.most) return;
  throw unreadable('The recording has too many channels or an impossible rate.');
}

/** The `fmt ` chunk, and how much of the `data` chunk is there, whatever length it claims. */
function wavClaims(bytes: Buffer): Claims {
  let format: { channels: number; rate: number; block: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [name, size] = [bytes.toString('latin1', at, at + 4), bytes.readUInt32LE(at + 4)];
    if (name === 'fmt ' && at + 24 <= bytes.length) format = wavFormat(bytes, at + 8, size);
    if (name === 'data' && format) {
      const there = bytes.length - at - 8;
      const claimed = size === 0 ? there : Math.min(size, there);
      return { channels: format.channels, rate: format.rate, seconds: claimed / format.block / format.rate };
    }
    at += 8 + size;
  }
  throw unreadable('The WAV file holds no sound.');
}

function wavFormat(bytes: Buffer, at: number, size: number): { channels: number; rate: number; block: number } {
  const tag = bytes.readUInt16LE(at);
  const format = tag === EXTENSIBLE && size >= 26 && at + 26 <= bytes.length ? bytes.readUInt16LE(at + 24) : tag;
  const [channels, rate] = [bytes.readUInt16LE(at + 2), bytes.readUInt32LE(at + 4)];
  const [block, bits] = [bytes.readUInt16LE(at + 12), bytes.readUInt16LE(at + 14)];
  checkShape(channels, rate);
  if (!WAVE_FORMATS.has(format) || block !== channels * (bits / 8)) {
    throw unreadable('The WAV file is of a kind that is not read.');
  }
  return { channels, rate, block };
}

/** STREAMINFO, which comes first; a length of 0 means that it is not known. */
function flacClaims(bytes: Buffer): Claims {
  const info = bytes.indexOf('fLaC', 0, 'latin1') + 8;
  if (info + 18 > bytes.length) return {};
  const rate = bytes.readUIntBE(info + 10, 3) >> 4;
  const channels = ((bytes.readUInt8(info + 12) >> 1) & 7) + 1;
  const samples = (bytes.readUInt8(info + 13) & 15) * 2 ** 32 + bytes.readUInt32BE(info + 14);
  checkShape(channels, rate);
  return { channels, rate, seconds: samples / rate };
}

/** The time at the end of the last page less that of the first page with sound, for a recording may begin late. */
function oggClaims(bytes: Buffer, kind: 'opus' | 'vorbis'): Claims {
  const packet = 27 + bytes.readUInt8(26);
  if (packet + 19 > bytes.length) return {};
  const channels = bytes.readUInt8(packet + (kind === 'opus' ? 9 : 11));
  const rate = kind === 'opus' ? OPUS_RATE : bytes.readUInt32LE(packet + 12);
  const [first, last] = [firstGranule(bytes), granuleAt(bytes, bytes.lastIndexOf('OggS', undefined, 'latin1'))];
  return { channels, rate, seconds: Math.max(0, last - first) / rate };
}

function firstGranule(bytes: Buffer): number {
  for (let at = 0; at >= 0; at = bytes.indexOf('OggS', at + 4, 'latin1')) {
    const granule = granuleAt(bytes, at);
    if (granule > 0) return granule;
  }
  return 0;
}

/** −1 (no packet ends on this page) and what is cut off count as nothing. */
function granuleAt(bytes: Buffer, at: number): number {
  if (at < 0 || at + 14 > bytes.length) return 0;
  const granule = bytes.readBigInt64LE(at + 6);
  return granule > 0n ? Number(granule) : 0;
}
