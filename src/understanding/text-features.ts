import { cleanText, fold } from './fold';

/** Names the rules below: weights that were trained by others are refused. */
export const TEXT_FEATURES = 'hashed-1';

/** What comes after so many UTF-16 units says nothing new of what a message is about. */
const LONGEST = 400;
const MOST_LETTERS = 5;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const NOT_SAID = /[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}!?]+/gu;
/** Shouting tells a mood. */
const SHOUT = /\p{Lu}{3,}/u;

/**
 * The words of a text, pairs of neighbouring words and runs of one to five letters, each once, as hashes of 32 bits
 * (Weinberger et al. 2009: two names that share a hash are rare enough). Chinese and Japanese words are covered by runs.
 */
export function textFeatures(text: string): Uint32Array {
  const clean = cleanText(text, LONGEST);
  const folded = ` ${fold(clean).replace(NOT_SAID, ' ').trim()} `;
  const found = new Set<number>();
  for (let start = 0; start < folded.length; start++) {
    const most = Math.min(MOST_LETTERS, folded.length - start);
    for (let length = 1; length <= most; length++) found.add(hash(folded.slice(start, start + length)));
  }
  const words = folded.match(WORD) ?? [];
  for (const [place, word] of words.entries()) {
    if (CJK.test(word)) continue;
    found.add(hash(`w:${word}`));
    const next = words[place + 1];
    if (next !== undefined) found.add(hash(`p:${word} ${next}`));
  }
  if (SHOUT.test(clean)) found.add(hash('shout'));
  return Uint32Array.from(found).sort();
}

/** FNV-1a over UTF-16 units, its bits mixed once more (the end of MurmurHash3). */
function hash(name: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) state = Math.imul(state ^ name.charCodeAt(i), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
