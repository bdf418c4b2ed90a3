/** What no part of an address holds. Chinese and Japanese words stand beside an address without a space between. */
const OUTSIDE = String.raw`\s@<>()[\],;:"'“”「」、。！？，；：\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
const EMAIL = new RegExp(`[^${OUTSIDE}]+@[^${OUTSIDE}]+\\.[^${OUTSIDE}]+`, 'u');
/** Of an address (RFC 5321). */
const LONGEST = 254;

/** The first e-mail address in a text; undefined where there is none. */
export function emailIn(text: string): string | undefined {
  // Sentences end with what no address ends with.
  const found = EMAIL.exec(text.normalize('NFKC'))?.[0].replace(/[.!?]+$/, '');
  if (found === undefined || found.length > LONGEST) return undefined;
  const [local = '', domain = ''] = found.split('@');
  const labels = domain.split('.');
  const isDomain =
    labels.length > 1 && labels.every((label) => /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u.test(label));
  return isDomain && local.length <= 64 && !local.startsWith('.') && !local.endsWith('.') ? found : undefined;
}
