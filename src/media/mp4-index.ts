import { type Box, boxAt, boxesOf, lettersAt, numberAt } from './mp4-boxes';
import { unreadable } from './voice-faults';

/** Where a packet lies in the file. */
export interface Packet {
  readonly start: number;
  readonly end: number;
}

/** The sound of an MP4 file. */
export interface SoundTrack {
  readonly description: Box;
  readonly header: Box;
  /** Seconds that the header claims; 0 where it leaves that open, as in a file of fragments. */
  readonly seconds: number;
  /** Those that are there, each behind the one before. */
  readonly packets: readonly Packet[];
}

/** Codecs whose packets can be decoded here, as sample entries name them: AAC or MP3, Opus, FLAC, AMR. */
const CODECS: ReadonlySet<string> = new Set(['mp4a', 'Opus', 'fLaC', 'samr', 'sawb']);

const DAMAGED = 'The index of the file is damaged or cut off.';

/**
 * The first track of sound. A hostile index says that one packet lies at a thousand places, or that there are four
 * thousand million: packets may not overlap, and `most` is the limit. Throws VOICE_UNREADABLE.
 */
export function soundTrack(bytes: Buffer, most: number): SoundTrack {
  const movie = boxAt(bytes, 'moov');
  if (!movie?.whole) throw unreadable(DAMAGED);
  const track = boxesOf(bytes, movie.body, movie.end).find((box) => box.type === 'trak' && isSound(bytes, box));
  const [header, table] = [track && boxAt(bytes, 'mdia/mdhd', track), track && boxAt(bytes, 'mdia/minf/stbl', track)];
  const description = table && boxAt(bytes, 'stsd', table);
  if (!track || !header || !description || !CODECS.has(lettersAt(bytes, description, 12))) {
    throw unreadable('The file holds no sound that can be decoded.');
  }
  let packets = packetsOfTable(bytes, table, most);
  if (packets.length === 0) packets = packetsOfFragments(bytes, movie, track, most);
  return { description, header, seconds: secondsOf(bytes, header), packets: inOrder(packets, bytes.length) };
}

function isSound(bytes: Buffer, track: Box): boolean {
  const handler = boxAt(bytes, 'mdia/hdlr', track);
  return handler !== undefined && lettersAt(bytes, handler, 8) === 'soun';
}

function secondsOf(bytes: Buffer, header: Box): number {
  const wide = numberAt(bytes, header, 0) >>> 24 === 1;
  const scale = numberAt(bytes, header, wide ? 20 : 12);
  const low = numberAt(bytes, header, wide ? 28 : 16);
  const duration = wide ? numberAt(bytes, header, 24) * 2 ** 32 + low : low;
  // All ones mean that it is not known.
  return scale === 0 || low === 0xffffffff ? 0 : duration / scale;
}

/** Sizes (`stsz`), places of chunks (`stco` or `co64`) and how many packets a chunk has (`stsc`); none in fragments. */
function packetsOfTable(bytes: Buffer, table: Box, most: number): Packet[] {
  const [sizes, groups] = [boxAt(bytes, 'stsz', table), boxAt(bytes, 'stsc', table)];
  const [short, long] = [boxAt(bytes, 'stco', table), boxAt(bytes, 'co64', table)];
  const chunks = short ?? long;
  if (!sizes || !chunks) return [];
  const [same, count] = [numberAt(bytes, sizes, 4), numberAt(bytes, sizes, 8)];
  const [chunkCount, groupCount] = [numberAt(bytes, chunks, 4), groups ? numberAt(bytes, groups, 4) : 0];
  if (count > most || chunkCount > most) throw unreadable(DAMAGED);
  const packets: Packet[] = [];
  for (let chunk = 1, group = 0; packets.length < count && chunk <= chunkCount; chunk++) {
    while (groups && group + 1 < groupCount && numberAt(bytes, groups, 20 + 12 * group) <= chunk) group++;
    const inChunk = groups && groupCount > 0 ? numberAt(bytes, groups, 12 + 12 * group) : 1;
    let start = short ? numberAt(bytes, chunks, 4 + 4 * chunk) : numberAt(bytes, chunks, 4 + 8 * chunk);
    for (let n = 0; n < inChunk && packets.length < count; n++) {
      const end = start + (same || numberAt(bytes, sizes, 12 + 4 * packets.length));
      packets.push({ start, end });
      start = end;
    }
  }
  return packets;
}

/** Packets of a file that was recorded piece by piece, as browsers do (ISO/IEC 14496-12, 8.8). */
function packetsOfFragments(bytes: Buffer, movie: Box, track: Box, most: number): Packet[] {
  const head = boxAt(bytes, 'tkhd', track);
  const id = head ? numberAt(bytes, head, numberAt(bytes, head, 0) >>> 24 === 1 ? 20 : 12) : 0;
  const extended = boxAt(bytes, 'mvex', movie);
  const defaults = boxesOf(bytes, extended?.body ?? 0, extended?.end ?? 0).find(
    (box) => box.type === 'trex' && numberAt(bytes, box, 4) === id,
  );
  const packets: Packet[] = [];
  for (const fragment of boxesOf(bytes).filter(({ type, whole }) => type === 'moof' && whole)) {
    for (const part of boxesOf(bytes, fragment.body, fragment.end).filter(({ type }) => type === 'traf')) {
      const own = boxAt(bytes, 'tfhd', part);
      if (!own || numberAt(bytes, own, 4) !== id) continue;
      const flags = numberAt(bytes, own, 0);
      // The high half of a 64-bit place is left out: a recording is far below 4 GB.
      const base = flags & 1 ? numberAt(bytes, own, 12) : fragment.start;
      const sizeAt = 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0) + (flags & 8 ? 4 : 0);
      const size = flags & 0x10 ? numberAt(bytes, own, sizeAt) : defaults ? numberAt(bytes, defaults, 16) : 0;
      addRuns(bytes, part, base, size, packets, most);
    }
  }
  return packets;
}

function addRuns(bytes: Buffer, part: Box, base: number, size: number, packets: Packet[], most: number): void {
  let start = base;
  for (const run of boxesOf(bytes, part.body, part.end).filter(({ type }) => type === 'trun')) {
    const flags = numberAt(bytes, run, 0);
    const count = numberAt(bytes, run, 4);
    if (packets.length + count > most) throw unreadable(DAMAGED);
    if (flags & 1) start = base + (numberAt(bytes, run, 8) | 0);
    const width = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4;
    const first = 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0) + (flags & 0x100 ? 4 : 0);
    for (let n = 0; n < count; n++) {
      const end = start + (flags & 0x200 ? numberAt(bytes, run, first + n * width) : size);
      packets.push({ start, end });
      start = end;
    }
  }
}

/** Without what was cut off. */
function inOrder(packets: readonly Packet[], length: number): Packet[] {
  const there = packets.filter(({ end }) => end <= length);
  there.reduce((free, { start, end }) => {
    if (start < free || end === start) throw unreadable(DAMAGED);
    return end;
  }, 0);
  if (there.length === 0) throw unreadable(DAMAGED);
  return there;
}
