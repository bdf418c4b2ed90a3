/** Marks at fixed places, in hexadecimal; the content type is what a browser plays. */
const MARKS: readonly (readonly [offset: number, hex: string, contentType: string])[] = [
  [0, '4f676753', 'audio/ogg'],
  // Matroska: a browser's recorder calls the same bytes `video/webm` when it likes.
  [0, '1a45dfa3', 'audio/webm'],
  [0, '664c6143', 'audio/flac'],
  [0, '494433', 'audio/mpeg'],
  [0, '2321414d52', 'audio/amr'],
];
const MP4_BRANDS = /^(?:M4A |M4B |mp4[12]|isom|iso[2-9]|dash|3gp|3g2)/;

/** The content type of a recording by its first bytes; undefined for what is none. */
export function sniffVoice(bytes: Buffer): string | undefined {
  for (const [offset, hex, contentType] of MARKS) {
    if (bytes.toString('hex', offset, offset + hex.length / 2) === hex) return contentType;
  }
  const head = bytes.toString('latin1', 0, 12);
  if (head.startsWith('RIFF') && head.endsWith('WAVE')) return 'audio/wav';
  if (head.slice(4, 8) === 'ftyp' && MP4_BRANDS.test(head.slice(8, 12))) return 'audio/mp4';
  const [first = 0, second = 0] = bytes;
  if (first !== 0xff) return undefined;
  // ADTS has layer 00 after its twelve sync bits; MPEG audio layer III has 01.
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  return (second & 0xe6) === 0xe2 ? 'audio/mpeg' : undefined;
}
