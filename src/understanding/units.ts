import { fold } from './fold';

/** The smallest thing a phrase is made of: a word, or one Chinese or Japanese character. */
export interface Unit {
  readonly surface: string;
  readonly folded: string;
  /** Position in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly cjk: boolean;
}

const UNIT =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々])|((?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々])[\p{L}\p{M}\p{N}])+)/gu;

export function units(text: string): Unit[] {
  const found: Unit[] = [];
  for (const match of text.matchAll(UNIT)) {
    const surface = match[0];
    found.push({
      surface,
      folded: fold(surface),
      start: match.index,
      end: match.index + surface.length,
      cjk: match[1] !== undefined,
    });
  }
  return found;
}
