import { TextDecoder } from 'node:util';

/** How a feed's bytes become text: by byte order mark, by an XML declaration, else UTF-8. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const declared = /^\s{0,20}<\?xml[^>]{0,100}encoding\s?=\s?["']([\w-]{1,20})/.exec(
    head.toString('latin1', 0, 200),
  )?.[1];
  return /^(?:iso-8859-1|latin1|windows-1252)$/i.test(declared ?? '') ? 'windows-1252' : 'utf-8';
}

/** Decodes piece by piece; bytes that are not text in the encoding become U+FFFD. Drops the byte order mark. */
export function decoderFor(head: Buffer): TextDecoder {
  return new TextDecoder(encodingOf(head));
}

/** The head as text; a character that the head cuts in two is left out. */
export function headText(head: Buffer): string {
  return decoderFor(head).decode(head, { stream: true });
}

/** Files from old Macs end lines with a carriage return alone. */
export function newlineOf(text: string): '\n' | '\r' {
  return !text.includes('\n') && text.includes('\r') ? '\r' : '\n';
}
