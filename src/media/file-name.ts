const MAX_CHARACTERS = 100;
/** File systems count bytes; 255 is the usual limit, and a prefix or suffix may be added. */
const MAX_BYTES = 200;
const MAX_EXTENSION = 16;
const FALLBACK = 'file';
/** Devices of Windows, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i;
/** Controls (CR, LF, NUL …), formats (bidi, zero width), line separators, private use, surrogates and non-characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}]/gu;

/**
 * Makes a harmless file name of a name that an outsider chose: one path segment in NFC of at most 100 characters and
 * 200 bytes, never empty, never `.` or `..`, no separators, controls or bidi marks, nothing reserved on Windows. The
 * extension survives shortening.
 */
export function safeFileName(name: string): string {
  const visible = name
    .slice(0, 10_000)
    .replace(UNSEEN, '')
    .normalize('NFC')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/\.{2,}/g, '.');
  const trimmed = trim(shorten(trim(visible)));
  if (trimmed === '') return FALLBACK;
  return RESERVED.test(trimmed) ? trim(shorten(`_${trimmed}`)) : trimmed;
}

/** Leading dots hide a file; Windows drops dots and spaces at the end. */
function trim(name: string): string {
  return name.replace(/^[. ]+/, '').replace(/[. ]+$/, '');
}

function shorten(name: string): string {
  if (fits(name)) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= MAX_EXTENSION ? name.slice(dot) : '';
  const characters = [...name.slice(0, name.length - extension.length)].slice(0, MAX_CHARACTERS);
  while (!fits(characters.join('') + extension)) characters.pop();
  // A stem that now ends in a dot must not make two of them with the extension's.
  return characters.join('').replace(/[. ]+$/, '') + extension;
}

function fits(name: string): boolean {
  return name.length <= MAX_CHARACTERS && Buffer.byteLength(name) <= MAX_BYTES;
}
