/** Shortest word that is corrected: in shorter ones a single letter changes the word. */
const SHORTEST = 4;

function deletions(word: string): string[] {
  const found = new Set<string>();
  for (let i = 0; i < word.length; i++) found.add(word.slice(0, i) + word.slice(i + 1));
  return [...found];
}

/** True when one insertion, deletion, substitution or swap of neighbours turns one word into the other. */
export function isOneEditApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

/**
 * Finds known words one edit (Damerau–Levenshtein) away from a misspelt one, by symmetric deletion
 * (Garbe's SymSpell): both the dictionary and the query lose a letter and meet in the middle.
 */
export class TypoIndex {
  private readonly byDeletion = new Map<string, string[]>();
  private readonly known = new Set<string>();

  add(word: string): void {
    if (word.length < SHORTEST || this.known.has(word)) return;
    this.known.add(word);
    for (const key of [word, ...deletions(word)]) {
      const words = this.byDeletion.get(key);
      if (words) words.push(word);
      else this.byDeletion.set(key, [word]);
    }
  }

  has(word: string): boolean {
    return this.known.has(word);
  }

  /** Words one edit away, those with the same first letter first. Empty for a word shorter than four letters. */
  near(word: string): string[] {
    if (word.length < SHORTEST) return [];
    const found = new Set<string>();
    for (const key of [word, ...deletions(word)]) {
      for (const candidate of this.byDeletion.get(key) ?? []) if (isOneEditApart(word, candidate)) found.add(candidate);
    }
    return [...found].sort((a, b) => Number(b[0] === word[0]) - Number(a[0] === word[0]) || a.localeCompare(b));
  }
}
