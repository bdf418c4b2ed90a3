import { cleanText } from './fold';
import { units } from './units';

/** Longest text that is looked through. */
const LONGEST = 4_000;

/** Finds given words and phrases in texts, as whole words and in any case; Chinese and Japanese ones anywhere. */
export class WordFinder {
  private readonly wanted: readonly string[];

  constructor(words: readonly string[]) {
    this.wanted = words.map(key).filter((word) => word.trim() !== '');
  }

  isIn(text: string): boolean {
    const said = key(cleanText(text, LONGEST));
    return this.wanted.some((word) => said.includes(word));
  }
}

/** With a space at either end, so that only whole units are found. */
function key(text: string): string {
  const folded = units(text).map((unit) => unit.folded);
  return ` ${folded.join(' ')} `;
}
