import { Readable } from 'node:stream';
import zlib, { crc32 } from 'node:zlib';

/** A PNG of given header and scan data; `extra` chunks go between the two. */
export function png(options: {
  width: number;
  height: number;
  /** Raw scan data; default enough zero rows for the header. */
  data?: Buffer;
  extra?: readonly { type: string; data: Buffer }[];
}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(options.width, 0);
  header.writeUInt32BE(options.height, 4);
  header.writeUInt8(8, 8);
  header.writeUInt8(2, 9);
  const data = options.data ?? zlib.deflateSync(Buffer.alloc((options.width * 3 + 1) * options.height), { level: 9 });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...(options.extra ?? []).map((one) => chunk(one.type, one.data)),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A flat PNG whose pixels never were in memory at once: row after row through a deflate stream. */
export async function flatPng(side: number): Promise<Buffer> {
  const row = Buffer.alloc(side * 3 + 1);
  const rows = Readable.from(
    (function* () {
      for (let index = 0; index < side; index++) yield row;
    })(),
  );
  const pieces: Buffer[] = [];
  for await (const piece of rows.pipe(zlib.createDeflate({ level: 9 }))) pieces.push(piece as Buffer);
  return png({ width: side, height: side, data: Buffer.concat(pieces) });
}

/** An iCCP chunk whose profile inflates to `bytes`. */
export function inflatingProfile(bytes: number): { type: string; data: Buffer } {
  const profile = Buffer.alloc(bytes);
  profile.writeUInt32BE(bytes, 0);
  profile.write('mntrRGB XYZ ', 12);
  profile.write('acsp', 36);
  return {
    type: 'iCCP',
    data: Buffer.concat([Buffer.from('x\0\0', 'latin1'), zlib.deflateSync(profile, { level: 9 })]),
  };
}

/** A GIF of equal frames, each with the data of one pixel, on a canvas of any size. */
export function gif(frames: number, size = { width: 1, height: 1 }): Buffer {
  const screen = Buffer.alloc(13);
  screen.write('GIF89a', 0, 'latin1');
  screen.writeUInt16LE(size.width, 6);
  screen.writeUInt16LE(size.height, 8);
  screen.writeUInt8(0x80, 10);
  const palette = Buffer.from([255, 0, 0, 0, 0, 255]);
  const frame = Buffer.from('21f904000a0000002c00000000000000000002024401' + '00', 'hex');
  frame.writeUInt16LE(size.width, 13);
  frame.writeUInt16LE(size.height, 15);
  return Buffer.concat([screen, palette, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])]);
}

/** An animated WebP that shows the same lossless still of one pixel again and again. */
export function animatedWebp(frames: number, still: Buffer): Buffer {
  const extended = riff('VP8X', Buffer.from('02000000000000000000', 'hex'));
  const animation = riff('ANIM', Buffer.alloc(6));
  const place = Buffer.alloc(16);
  place.writeUIntLE(40, 12, 3);
  const frame = riff('ANMF', Buffer.concat([place, still.subarray(12)]));
  const body = [Buffer.from('WEBP'), extended, animation, ...Array.from({ length: frames }, () => frame)];
  return riff('RIFF', Buffer.concat(body));
}

function riff(name: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(name), length, data, Buffer.alloc(data.length % 2)]);
}

/** A little-endian TIFF of one directory, entries of [tag, type, count, value]. */
export function tiff(entries: readonly (readonly [number, number, number, number])[]): Buffer {
  const bytes = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  bytes.write('49492a0008000000', 0, 'hex');
  bytes.writeUInt16LE(entries.length, 8);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + index * 12;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(count, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  }
  return bytes;
}

/** A baseline JPEG header that claims `components` colour channels. */
export function jpegOfComponents(components: number): Buffer {
  const frame = Buffer.alloc(8 + components * 3);
  frame.writeUInt16BE(8 + components * 3, 0);
  frame.writeUInt8(8, 2);
  frame.writeUInt16BE(8, 3);
  frame.writeUInt16BE(8, 5);
  frame.writeUInt8(components, 7);
  for (let index = 0; index < components; index++) frame.set([index + 1, 0x11, 0], 8 + index * 3);
  const table = Buffer.concat([Buffer.from('ffdb004300', 'hex'), Buffer.alloc(64, 1)]);
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    table,
    Buffer.from('ffc0', 'hex'),
    frame,
    Buffer.from('ffd9', 'hex'),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
