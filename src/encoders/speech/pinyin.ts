import { pinyin } from 'pinyin-pro';

/** A Chinese word as the starter voice model writes it: syllables without tones, a space between them, ü as v. */
export function pinyinOf(word: string): string {
  return pinyin(word, { toneType: 'none', nonZh: 'consecutive', v: true }).toLowerCase();
}
