import type { Passage } from '../domain';

/** What a passage's letters say of a question, each 0 to 1. */
export interface GramScore {
  /** Likeness to the heading, or to the other way to ask that is most like the question. */
  readonly alike: number;
  /** Likeness to all that the passage says. */
  readonly holds: number;
}

type Grams = ReadonlyMap<string, number>;

const CJK_OR_WORD = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+)|[\p{L}\p{N}]+/gu;

/**
 * Scores the passages of one language by the letters of a question: cosines of TF-IDF vectors over runs of 3 and 4 letters
 * of words, and of 1 and 2 Chinese or Japanese characters. Runs, not words, as questions bend them ("returned", "returning").
 */
export class PassageGrams {
  private readonly holders = new Map<string, number>();
  private readonly passages: readonly { readonly questions: readonly Grams[]; readonly all: Grams }[];

  constructor(passages: readonly Passage[]) {
    const counted = passages.map(({ heading, asked, text }) => ({
      questions: [heading, ...asked].map(countGrams),
      all: countGrams([heading, ...asked, text].join('\n')),
    }));
    for (const { all } of counted)
      for (const gram of all.keys()) this.holders.set(gram, (this.holders.get(gram) ?? 0) + 1);
    this.passages = counted.map(({ questions, all }) => ({
      questions: questions.map((each) => this.weighted(each, passages.length)),
      all: this.weighted(all, passages.length),
    }));
  }

  /** One score a passage, in their order. */
  score(question: string): GramScore[] {
    const said = this.weighted(countGrams(question), this.passages.length);
    return this.passages.map(({ questions, all }) => ({
      alike: Math.max(...questions.map((each) => dot(said, each))),
      holds: dot(said, all),
    }));
  }

  /** Normalised TF-IDF weights. */
  private weighted(counts: Grams, passages: number): Grams {
    const weights = [...counts].map(([gram, count]): [string, number] => [
      gram,
      (1 + Math.log(count)) * Math.log((passages + 1) / ((this.holders.get(gram) ?? 0) + 0.5)),
    ]);
    const norm = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
    return new Map(weights.map(([gram, weight]) => [gram, weight / norm]));
  }
}

function countGrams(text: string): Grams {
  const counts = new Map<string, number>();
  const folded = text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  for (const [word, cjk] of folded.matchAll(CJK_OR_WORD)) {
    const letters = [...(cjk ? word : ` ${word} `)];
    for (const length of cjk ? [1, 2] : [3, 4]) {
      for (let start = 0; start + length <= letters.length; start++) {
        const gram = letters.slice(start, start + length).join('');
        counts.set(gram, (counts.get(gram) ?? 0) + 1);
      }
    }
  }
  return counts;
}

function dot(one: Grams, other: Grams): number {
  let sum = 0;
  for (const [gram, weight] of one) sum += weight * (other.get(gram) ?? 0);
  return sum;
}
