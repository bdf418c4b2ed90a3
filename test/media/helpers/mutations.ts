/** Numbers that break parsers: signs, limits of widths, off by one. */
const AWKWARD = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** A generator of numbers in [0, 1) that a seed decides (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy of the file with one to four faults; its magic bytes mostly stay, so that decoders get to see it. */
export function mutated(file: Buffer, random: () => number): Buffer {
  let bytes: Buffer = Buffer.from(file);
  const faults = 1 + Math.floor(random() * 4);
  for (let fault = 0; fault < faults && bytes.length > 16; fault++) bytes = withFault(bytes, random);
  return bytes;
}

function withFault(bytes: Buffer, random: () => number): Buffer {
  const below = (limit: number) => Math.floor(random() * limit);
  // Half of the faults hit the first kilobyte, where the headers are.
  const at = 4 + below((random() < 0.5 ? Math.min(bytes.length, 1_024) : bytes.length) - 8);
  switch (below(7)) {
    case 0:
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << below(8)), at);
      return bytes;
    case 1:
      bytes.writeUInt8(below(256), at);
      return bytes;
    case 2:
      bytes.writeUInt32BE(AWKWARD[below(AWKWARD.length)] ?? 0, at);
      return bytes;
    case 3:
      bytes.writeUInt32LE(AWKWARD[below(AWKWARD.length)] ?? 0, at);
      return bytes;
    case 4:
      return bytes.subarray(0, at);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + below(64)))]);
    default:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - below(512)))]);
  }
}
