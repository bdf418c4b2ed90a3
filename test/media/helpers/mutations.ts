import type { EvaluationRandom } from '../../../src/training/evaluation/random';

/** Numbers that break parsers: signs, limits of widths, off by one. */
const AWKWARD = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** A copy of the file with one to four faults; its magic bytes mostly stay, so that decoders get to see it. */
export function mutated(file: Buffer, random: EvaluationRandom): Buffer {
  let bytes: Buffer = Buffer.from(file);
  const faults = 1 + random.below(4);
  for (let fault = 0; fault < faults && bytes.length > 16; fault++) bytes = withFault(bytes, random);
  return bytes;
}

function withFault(bytes: Buffer, random: EvaluationRandom): Buffer {
  // Half of the faults hit the first kilobyte, where the headers are.
  const at = 4 + random.below((random.next() < 0.5 ? Math.min(bytes.length, 1_024) : bytes.length) - 8);
  switch (random.below(7)) {
    case 0:
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random.below(8)), at);
      return bytes;
    case 1:
      bytes.writeUInt8(random.below(256), at);
      return bytes;
    case 2:
      bytes.writeUInt32BE(AWKWARD[random.below(AWKWARD.length)] ?? 0, at);
      return bytes;
    case 3:
      bytes.writeUInt32LE(AWKWARD[random.below(AWKWARD.length)] ?? 0, at);
      return bytes;
    case 4:
      return bytes.subarray(0, at);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + random.below(64)))]);
    default:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - random.below(512)))]);
  }
}
