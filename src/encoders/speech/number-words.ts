/** Words of one number at most. */
const LONGEST = 8;
/** Smaller numbers are articles and pronouns as well: they are figures before a currency only. */
const SMALLEST = 10;

/**
 * Writes numbers as figures: "under fifty euros" → "under 50 euros". `numbers`: number words, of one or more words with a
 * space between, and what they mean.
 */
export function withFigures(
  words: readonly string[],
  numbers: Readonly<Record<string, number>>,
  currencies: ReadonlySet<string>,
  joiner: string,
): string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length; ) {
    const found = longest(words, at, numbers, joiner);
    const follows = found ? words[at + found.length] : undefined;
    if (found && (found.value >= SMALLEST || (follows !== undefined && currencies.has(follows)))) {
      result.push(String(found.value));
      at += found.length;
    } else {
      result.push(words[at] ?? '');
      at += 1;
    }
  }
  return result;
}

function longest(
  words: readonly string[],
  at: number,
  numbers: Readonly<Record<string, number>>,
  joiner: string,
): { value: number; length: number } | undefined {
  for (let length = Math.min(LONGEST, words.length - at); length > 0; length--) {
    const key = words.slice(at, at + length).join(joiner);
    if (Object.hasOwn(numbers, key)) return { value: numbers[key] ?? 0, length };
  }
  return undefined;
}
