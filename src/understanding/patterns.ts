import { units } from './units';

/** What a pattern is made of, in the order of its letters. */
const PART = /(\()|(\)\??)|(\|)|(\.\.)|(=)|([^\s()|=.]+)/gu;
/** Most units in a gap; in Chinese and Japanese a unit is one character. */
const GAP = 6;
const GAP_CJK = 14;

/**
 * A pattern of words as a regular expression over `patternKey` of a text. Words are compared folded; `word*` is any word
 * that begins so, `(a|b c)` one of several, `(a)?` may be missing, `..` a gap of a few words, and `= ` at the beginning
 * means the whole text. Throws a SyntaxError for brackets that don't close.
 */
export function compilePattern(pattern: string, cjk: boolean): RegExp {
  let source = '';
  let whole = false;
  for (const [, open, close, or, gap, equals, word] of pattern.matchAll(PART)) {
    if (open) source += '(?:';
    else if (close) source += close;
    else if (or) source += '|';
    else if (gap) source += `(?: \\S+){0,${cjk ? GAP_CJK : GAP}}?`;
    else if (equals) whole = true;
    else if (word) source += wordSource(word);
  }
  return new RegExp(whole ? `^(?:${source}) $` : `(?:${source})(?= )`, 'u');
}

/** The folded units of a text with a space before each and one at the end: what patterns are matched against. */
export function patternKey(text: string): string {
  return `${units(text)
    .map(({ folded }) => ` ${folded}`)
    .join('')} `;
}

function wordSource(word: string): string {
  const source = units(word)
    .map(({ folded }) => ` ${folded}`)
    .join('');
  return word.endsWith('*') ? `${source}\\S*` : source;
}
