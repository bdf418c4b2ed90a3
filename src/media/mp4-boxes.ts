/** A box of an MP4 file (ISO/IEC 14496-12): where its content lies. */
export interface Box {
  readonly type: string;
  /** Where the box begins, and its content. */
  readonly start: number;
  readonly body: number;
  /** Where it ends: never beyond the box around it. */
  readonly end: number;
  /** Whether all of it is there. */
  readonly whole: boolean;
}

/** Most boxes beside one another; a recording has a few, and one fragment a second. */
const MOST = 4_096;

/** The boxes between two places, in order. What is no box ends them. */
export function boxesOf(bytes: Buffer, from = 0, to = bytes.length): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && boxes.length < MOST; ) {
    const short = bytes.readUInt32BE(at);
    const long = short === 1 && at + 16 <= to;
    const size = long ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short;
    if (size < (long ? 16 : 8)) break;
    const type = bytes.toString('latin1', at + 4, at + 8);
    boxes.push({
      type,
      start: at,
      body: at + (long ? 16 : 8),
      end: Math.min(at + size, to),
      whole: at + size <= to,
    });
    at += size;
  }
  return boxes;
}

/** The first box of a path below another, or of the file: `mdia/minf/stbl`. */
export function boxAt(bytes: Buffer, path: string, within?: Box): Box | undefined {
  let found = within;
  for (const type of path.split('/')) {
    found = boxesOf(bytes, found?.body, found?.end).find((box) => box.type === type);
    if (found === undefined) return undefined;
  }
  return found;
}

/** A 32-bit number at a place in a box's content; 0 beyond its end. */
export function numberAt(bytes: Buffer, { body, end }: Box, offset: number): number {
  return body + offset + 4 <= end ? bytes.readUInt32BE(body + offset) : 0;
}

/** Four letters at a place in a box's content. */
export function lettersAt(bytes: Buffer, { body, end }: Box, offset: number): string {
  return bytes.toString('latin1', Math.min(end, body + offset), Math.min(end, body + offset + 4));
}
