/** Names the rules below: weights that were learnt by others are refused. */
export const LANGUAGE_FEATURES = 'letters-1';

/** What is written in may be so many features; two that share one are rare enough. A power of two. */
export const LANGUAGE_BUCKETS = 1 << 15;

/** More of a text tells nothing new of its language, in UTF-16 units. */
const LONGEST = 400;
const MOST_LETTERS = 4;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const APOSTROPHE = /[’‘`´]/g;
const NOT_LETTERS = /[^\p{L}\p{M}']+/gu;
const [OFFSET, PRIME] = [0x811c9dc5, 0x01000193];

/**
 * By what the language of a text is told: its runs of two to four letters (one, too, of Chinese and Japanese), words and
 * pairs of neighbouring words, each once, as numbers below `LANGUAGE_BUCKETS`. Accents count, case doesn't.
 */
export function languageFeatures(text: string): Uint32Array {
  const plain = text.slice(0, LONGEST).normalize('NFKC').toLowerCase().replace(APOSTROPHE, "'");
  const found = new Set<number>();
  let before = 0;
  for (const word of plain.replace(NOT_LETTERS, ' ').split(' ')) {
    if (word === '') continue;
    addRuns(found, ` ${word} `, CJK.test(word) ? 1 : 2);
    const whole = [...word].reduce((state, letter) => hashed(state, letter.codePointAt(0) as number), 0x2f);
    found.add(bucket(whole));
    if (before !== 0) found.add(bucket(Math.imul(before, 31) ^ whole));
    before = whole;
  }
  return Uint32Array.from(found);
}

function addRuns(found: Set<number>, word: string, least: number): void {
  for (let start = 0; start < word.length; start++) {
    let state = OFFSET;
    const most = Math.min(MOST_LETTERS, word.length - start);
    for (let length = 1; length <= most; length++) {
      state = hashed(state, word.charCodeAt(start + length - 1));
      if (length >= least) found.add(bucket(state));
    }
  }
}

/** One step of FNV-1a. */
function hashed(state: number, unit: number): number {
  return Math.imul(state ^ unit, PRIME);
}

/** The bits mixed once more (the end of MurmurHash3), as many as there are buckets. */
function bucket(hash: number): number {
  let state = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) & (LANGUAGE_BUCKETS - 1);
}
