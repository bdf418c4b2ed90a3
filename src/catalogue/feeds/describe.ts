import { quote } from './clean';
import { rootOf } from './detect';
import { headText } from './encoding';

/** File beginnings (Latin-1), most telling first. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'a ZIP archive (or an Office document such as XLSX)'],
  ['PK\x05\x06', 'an empty ZIP archive'],
  ['\x1f\x8b', 'gzip data without a feed in it'],
  ['\x89PNG', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['RIFF', 'a WebP, WAV or AVI file'],
  ['%PDF', 'a PDF document'],
  ['\x7fELF', 'a program'],
  ['MZ', 'a Windows program'],
  ['\xcf\xfa\xed\xfe', 'a program'],
  ['\xd0\xcf\x11\xe0', 'an old Office document (XLS or DOC)'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['Rar!', 'a RAR archive'],
  ['BZh', 'bzip2 data'],
  ['\xfd7zXZ', 'XZ data'],
  ['\x28\xb5\x2f\xfd', 'Zstandard data'],
  ['SQLite format 3', 'an SQLite database'],
  ['PAR1', 'a Parquet file'],
  ['OggS', 'an Ogg file'],
];

/** What a file that is not a feed seems to be, for an error message: "a ZIP archive", "an HTML page" … */
export function describeHead(head: Buffer): string {
  if (head.length === 0) return 'an empty file';
  const start = head.toString('latin1', 0, 300);
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (known && (known[0] !== 'MZ' || head.includes(0))) return known[1];
  if (start.startsWith('ustar', 257)) return 'a TAR archive';
  const text = headText(head).trim();
  if (text === '') return 'a file without text';
  if (text.includes('\0')) return 'a binary file';
  if (text.startsWith('<')) return describeMarkup(text);
  if (text.startsWith('{')) return 'JSON, but not one schema.org Product a line';
  if (text.startsWith('[')) return 'a JSON array; one product a line is expected';
  const line = text.split(/[\r\n]/, 1)[0] ?? '';
  return `text whose first line is not the header of a known feed: ${quote(line)}`;
}

function describeMarkup(text: string): string {
  if (/^<!doctype html|^<html/i.test(text)) return 'an HTML page';
  const root = rootOf(text);
  return root === undefined ? 'something like XML' : `XML with the root element ${quote(root)}, not a product feed`;
}
