const LATIN_OR_GREEK_MARKS = /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu;
const LIGATURES: Readonly<Record<string, string>> = { ß: 'ss', œ: 'oe', æ: 'ae', ø: 'o', đ: 'd', ł: 'l', ı: 'i' };
const LIGATURE = /[ßœæøđłı]/g;
const PRINTABLE_ASCII = /^[ -~]*$/;
/** More combining marks than this on one letter are noise. */
const MOST_MARKS = 2;

/**
 * Makes outside text safe to work on: well-formed Unicode, no control, bidirectional-override or zero-width characters,
 * at most two combining marks a letter, at most `most` UTF-16 units.
 */
export function cleanText(text: string, most: number): string {
  if (text.length <= most && PRINTABLE_ASCII.test(text)) return text.trim();
  return text
    .slice(0, most)
    .toWellFormed()
    .replace(/\ufffd/g, ' ')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(new RegExp(`(\\p{M}{${MOST_MARKS}})\\p{M}+`, 'gu'), '$1')
    .trim();
}

/**
 * The form in which words are compared: compatibility-composed (NFKC), lower case, without accents on Latin letters,
 * `ё` as `е`, katakana as hiragana. One call a word or text; lengths may change.
 */
export function fold(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(LIGATURE, (letter) => LIGATURES[letter] ?? letter)
    .normalize('NFD')
    .replace(LATIN_OR_GREEK_MARKS, '')
    .normalize('NFC')
    .replace(/ё/g, 'е')
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;

export function hasCjk(text: string): boolean {
  return CJK.test(text);
}
