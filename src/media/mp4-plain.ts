import { checkCodecHeaders } from './codec-headers';
import { type SoundTrack, soundTrack } from './mp4-index';
import { tooLong } from './voice-faults';

/** Shortest packet: 2.5 ms of Opus. */
const PACKETS_A_SECOND = 400;

/**
 * A plain MP4 file with the sound of another: index first, one table of packets, no picture, no edits, no fragments. The
 * decoder reads it piece by piece, and sees nothing of an index that was not checked. Throws VOICE_UNREADABLE and
 * VOICE_TOO_LONG.
 */
export function plainMp4(bytes: Buffer, maxSeconds: number): Buffer {
  const track = soundTrack(bytes, Math.ceil(maxSeconds * PACKETS_A_SECOND));
  if (track.seconds > maxSeconds) throw tooLong(maxSeconds);
  checkCodecHeaders(bytes.subarray(track.description.start, track.description.end), 'opusInMp4');
  const type = box('ftyp', Buffer.from('isom\0\0\0\0isom', 'latin1'));
  const packets = track.packets.map(({ start, end }) => bytes.subarray(start, end));
  const size = movieOf(bytes, track, packets, 0).length;
  return Buffer.concat([type, movieOf(bytes, track, packets, type.length + size + 8), box('mdat', ...packets)]);
}

function movieOf(bytes: Buffer, track: SoundTrack, packets: readonly Buffer[], data: number): Buffer {
  const copied = ({ start, end }: SoundTrack['header']) => bytes.subarray(start, end);
  // The tables come behind the description, so that none inside it counts.
  const table = box(
    'stbl',
    copied(track.description),
    box('stsc', numbers(0, 1, 1, packets.length, 1)),
    box('stsz', numbers(0, 0, packets.length, ...packets.map(({ length }) => length))),
    box('stco', numbers(0, 1, data)),
  );
  const handler = box('hdlr', numbers(0, 0), Buffer.from('soun', 'latin1'), numbers(0, 0, 0), Buffer.alloc(1));
  return box('moov', box('trak', box('mdia', copied(track.header), handler, box('minf', table))));
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const size = content.reduce((sum, { length }) => sum + length, 8);
  return Buffer.concat([numbers(size), Buffer.from(type, 'latin1'), ...content]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => {
    bytes.writeUInt32BE(value, 4 * at);
  });
  return bytes;
}
