/** What a file is by its first bytes, whatever its name or label says. */
export type PictureKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic' | 'tiff' | 'svg' | 'unknown';

const TIFF_STARTS: ReadonlySet<string> = new Set(['49492a00', '4d4d002a', '49492b00', '4d4d002b']);
const HEIC_BRANDS = /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/;
/** How far into a text the `<svg` element is looked for; a prologue and comments may come first. */
const SVG_WINDOW = 4_096;

/** Reads the magic bytes. A kind says what the file claims to be, not that it can be decoded. */
export function sniff(bytes: Buffer): PictureKind {
  if (startsWith(bytes, 'ffd8ff')) return 'jpeg';
  if (startsWith(bytes, '89504e470d0a1a0a')) return 'png';
  if (startsWith(bytes, '474946383761') || startsWith(bytes, '474946383961')) return 'gif';
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return 'webp';
  if (text(bytes, 4, 8) === 'ftyp') return sniffBrands(bytes);
  if (TIFF_STARTS.has(bytes.toString('hex', 0, 4))) return 'tiff';
  return /<(?:[a-z]{1,20}:)?svg[\s>/]/i.test(svgWindow(bytes)) ? 'svg' : 'unknown';
}

/** ISO base media: the major brand decides; where it is generic (`mif1`), the compatible brands do. */
function sniffBrands(bytes: Buffer): PictureKind {
  const size = Math.min(bytes.length >= 4 ? bytes.readUInt32BE(0) : 0, bytes.length, 256);
  const brands = [text(bytes, 8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(text(bytes, at, at + 4));
  const major = brands[0] ?? '';
  if (isAvif(major)) return 'avif';
  if (!HEIC_BRANDS.test(major)) return 'unknown';
  const generic = major === 'mif1' || major === 'msf1';
  return generic && brands.some(isAvif) && !brands.includes('heic') ? 'avif' : 'heic';
}

function isAvif(brand: string): boolean {
  return brand === 'avif' || brand === 'avis';
}

/** Text in UTF-8 or, without its zero bytes, UTF-16. */
function svgWindow(bytes: Buffer): string {
  const start = text(bytes, 0, SVG_WINDOW).replaceAll('\0', '');
  return /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*</.test(start) ? start : '';
}

function startsWith(bytes: Buffer, hex: string): boolean {
  return bytes.toString('hex', 0, hex.length / 2) === hex;
}

function text(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to);
}
