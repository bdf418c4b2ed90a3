import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../src/config';

const FOLDER = join(packageRoot(), 'test', 'fixtures', 'voice');

/** A recording of test/fixtures/voice. */
export function fixture(name: string): Buffer {
  return readFileSync(join(FOLDER, name));
}

/** The sentence of the fixtures: samples at 16 kHz, 2.1 seconds. */
export function sentence(): Float32Array {
  const wav = fixture('speech.wav');
  const data = wav.indexOf('data', 0, 'latin1') + 8;
  return new Float32Array((wav.length - data) >> 1).map((_, at) => wav.readInt16LE(data + 2 * at) / 32_768);
}

/** A WAV file of 16-bit samples; `claims` replaces fields of its header. */
export function wav(
  channels: readonly Float32Array[],
  rate: number,
  claims: { readonly channels?: number; readonly bytes?: number; readonly rate?: number } = {},
): Buffer {
  const count = channels.length;
  const length = channels[0]?.length ?? 0;
  const data = Buffer.alloc(2 * count * length);
  channels.forEach((samples, channel) => {
    samples.forEach((value, at) => {
      data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), 2 * (at * count + channel));
    });
  });
  const header = Buffer.from('RIFF____WAVEfmt ____________________data____', 'latin1');
  const claimed = claims.channels ?? count;
  header.writeUInt32LE(Math.min(0xffffffff, 36 + (claims.bytes ?? data.length)), 4);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(claimed, 22);
  header.writeUInt32LE(claims.rate ?? rate, 24);
  header.writeUInt32LE((2 * claimed * (claims.rate ?? rate)) >>> 0, 28);
  header.writeUInt16LE((2 * claimed) & 0xffff, 32);
  header.writeUInt16LE(16, 34);
  header.writeUInt32LE(claims.bytes ?? data.length, 40);
  return Buffer.concat([header, data]);
}

/** FLAC of silence: one constant for 65,535 samples a frame. `claimed` is the number of samples in its header. */
export function flacSilence(seconds: number, rate: 8_000 | 16_000, claimed?: number): Buffer {
  const frames = Math.ceil((seconds * rate) / 65_535);
  const info = Buffer.alloc(38);
  info.writeUInt32BE(0x80000022, 0);
  info.writeUInt16BE(65_535, 4);
  info.writeUInt16BE(65_535, 6);
  const total = claimed ?? frames * 65_535;
  // 20 bits of rate, 3 of channels less 1, 5 of bits less 1, 36 of samples.
  info.writeUIntBE(rate * 16, 14, 3);
  info.writeUInt8(0xf0 | Math.floor(total / 2 ** 32), 17);
  info.writeUInt32BE(total >>> 0, 18);
  const pieces: Buffer[] = [Buffer.from('fLaC', 'latin1'), info];
  for (let frame = 0; frame < frames; frame++) pieces.push(flacFrame(frame, rate));
  return Buffer.concat(pieces);
}

function flacFrame(number: number, rate: 8_000 | 16_000): Buffer {
  // Sync, fixed block size; 16-bit block size follows, rate by its code; mono, 16 bits; the number in UTF-8.
  const head = Buffer.concat([
    Buffer.from([0xff, 0xf8, 0x70 | (rate === 8_000 ? 4 : 5), 0x08]),
    Buffer.from(String.fromCodePoint(number)),
    Buffer.from([0xff, 0xfe]),
  ]);
  const body = Buffer.concat([head, Buffer.from([crc(head, 8, 0x07)]), Buffer.from([0, 0, 0])]);
  const check = Buffer.alloc(2);
  check.writeUInt16BE(crc(body, 16, 0x8005));
  return Buffer.concat([body, check]);
}

/** Opus of silence in Ogg: packets of 60 ms, 255 a page. Without `granules` the pages don't say what time it is. */
export function opusSilence(seconds: number, options: { granules?: boolean; channels?: number } = {}): Buffer {
  const head = Buffer.from('OpusHead________________', 'latin1').subarray(0, 19);
  head.fill(0, 8);
  head.writeUInt8(1, 8);
  head.writeUInt8(options.channels ?? 1, 9);
  head.writeUInt32LE(48_000, 12);
  const tags = Buffer.from('OpusTags\0\0\0\0\0\0\0\0', 'latin1');
  const pages = [oggPage(0, 0n, 2, [head]), oggPage(1, 0n, 0, [tags])];
  const packet = Buffer.from([0x18, 0xff, 0xfe]);
  for (let made = 0, page = 2; made * 0.06 < seconds; page++) {
    made += 255;
    const granule = options.granules === false ? 1n : BigInt(made * 2_880);
    pages.push(
      oggPage(
        page,
        granule,
        0,
        Array.from({ length: 255 }, () => packet),
      ),
    );
  }
  return Buffer.concat(pages);
}

function oggPage(sequence: number, granule: bigint, flags: number, packets: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(27);
  head.write('OggS', 0, 'latin1');
  head.writeUInt8(flags, 5);
  head.writeBigInt64LE(granule, 6);
  head.writeUInt32LE(7, 14);
  head.writeUInt32LE(sequence, 18);
  head.writeUInt8(packets.length, 26);
  const page = Buffer.concat([head, Buffer.from(packets.map(({ length }) => length)), ...packets]);
  page.writeUInt32LE(crc(page, 32, 0x04c11db7), 22);
  return page;
}

const tables = new Map<number, Uint32Array>();

/** A checksum of so many bits, most significant bit first, from zero. */
function crc(bytes: Buffer, bits: 8 | 16 | 32, polynomial: number): number {
  const shift = 32 - bits;
  let table = tables.get(polynomial);
  if (!table) {
    table = Uint32Array.from({ length: 256 }, (_, byte) => {
      let value = byte << 24;
      for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ (polynomial << shift) : value << 1;
      return value;
    });
    tables.set(polynomial, table);
  }
  let sum = 0;
  for (const byte of bytes) sum = (sum << 8) ^ (table[((sum >>> 24) ^ byte) & 255] as number);
  return sum >>> shift;
}
