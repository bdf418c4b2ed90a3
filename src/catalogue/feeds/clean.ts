const PLAIN_ASCII = /^[\x20-\x7e\n]*$/;
const LINE_BREAKS = /\r\n?|[\u2028\u2029\u0085]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the point.
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;
/** Characters that show nothing or turn the direction of what follows, and the tag characters (hidden text). */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** Joiners stay only where writing needs them: in emoji sequences, in Arabic script and after Indic vowel killers. */
const IDLE_JOINERS = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}\p{Script=Arabic}])[\u200c\u200d]/gu;
/** UAX #15: normalisation is only fast where at most 30 marks follow one another. */
const MARK_PILES = /(\p{M}{30})\p{M}+/gu;

/** Whatever the expressions above could change, and surrogates; plain Latin, Cyrillic, Chinese … text has none. */
const SUSPICIOUS =
  /[^\t\n -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205f\u2070-\u20cf\u2100-\u2bff\u3000-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ud7a3\uff00-\ufff8\ufffd]/;

/** What the decoder writes for bytes that are not text in the feed's encoding. */
export const REPLACEMENT = '\ufffd';

/**
 * Makes a merchant's text safe to store: NFC, no control characters but newline and tab, no lone surrogates (they
 * become U+FFFD), nothing invisible. Works in linear time for whatever it is given.
 */
export function cleanText(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.trim();
  if (!SUSPICIOUS.test(text)) return text.normalize('NFC').trim();
  return text
    .toWellFormed()
    .replace(LINE_BREAKS, '\n')
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(IDLE_JOINERS, '')
    .replace(MARK_PILES, '$1')
    .normalize('NFC')
    .trim();
}

/** True when white space is more than single spaces. */
export function isSpaced(text: string): boolean {
  return /[^\S ]| {2}/.test(text);
}

/** As `cleanText`, on one line. */
export function cleanLine(text: string): string {
  const clean = cleanText(text);
  return isSpaced(clean) ? clean.replace(/\s+/g, ' ') : clean;
}

/** The first `most` UTF-16 units, never half a character. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most).trimEnd();
}

/** A value as it may stand in a message: at most 40 characters, in quotes, on one line, everything odd escaped. */
export function quote(value: string): string {
  const shown = cutText(value.toWellFormed(), 40);
  const escaped = JSON.stringify(shown).replace(
    /[\x7f-\xa0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return value.length > shown.length ? `${escaped}…` : escaped;
}
