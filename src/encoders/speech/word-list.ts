import type { Language } from '../../domain';

/** What `words.json` of a starter voice model says of a language. */
export interface WordFile {
  /** How often each word came up in what shoppers may say. */
  readonly words: Readonly<Record<string, number>>;
  /** Pairs of words, '' standing for the begin and the end, with the natural logarithm of the second's probability after the first. */
  readonly pairs: readonly (readonly [first: string, second: string, log: number])[];
  /** Number words, of one or more words, and what they mean. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Words of currencies: a small number before one of them is a price. */
  readonly currencies: readonly string[];
}

/** A place in the tree of words: the symbols from the root to here begin some word. */
export interface WordNode {
  readonly id: number;
  readonly children: Map<number, WordNode>;
  /** Words that end here; several where they sound alike. */
  readonly words: string[];
  /** What the symbols from the root to here are. */
  readonly spelled: string;
  /** Logarithm of the probability of the likeliest word from here on. */
  best: number;
}

/** Turns a word into the symbols that the network writes for it; undefined for one that it can't write. */
export type Speller = (word: string) => readonly number[] | undefined;

/** How often a word of the catalogue counts, of which nobody knows how often it is said. */
const CATALOGUE_COUNT = 3;
/** The share that a known pair has in a word's probability; the rest is the word's own. */
const PAIRS = 0.7;

/** The words of a language as a tree of symbols, and how likely they are one after the other. */
export class WordList {
  readonly root: WordNode = { id: 0, children: new Map(), words: [], spelled: '', best: Number.NEGATIVE_INFINITY };
  private readonly logs = new Map<string, number>();
  private readonly pairs = new Map<string, number>();
  private readonly total: number;
  private nodes = 1;

  constructor(
    readonly language: Language,
    file: WordFile,
    catalogue: readonly string[],
    spell: Speller,
    letters: readonly string[],
  ) {
    const counts = new Map(Object.entries(file.words));
    for (const word of catalogue) counts.set(word, Math.max(counts.get(word) ?? 0, CATALOGUE_COUNT));
    this.total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    for (const [word, count] of counts) {
      const symbols = spell(word);
      if (!symbols || symbols.length === 0) continue;
      const log = Math.log(count / this.total);
      this.logs.set(word, log);
      this.enter(word, symbols, log, letters);
    }
    for (const [first, second, log] of file.pairs) this.pairs.set(`${first} ${second}`, log);
  }

  /** Logarithm of the probability of a word of the list after another one; '' is the begin or the end. */
  log(first: string, second: string): number {
    const own = second === '' ? -2.5 : (this.logs.get(second) ?? -Math.log(this.total) - 2);
    const pair = this.pairs.get(`${first} ${second}`);
    return pair === undefined
      ? own + Math.log(1 - PAIRS)
      : Math.log(PAIRS * Math.exp(pair) + (1 - PAIRS) * Math.exp(own));
  }

  private enter(word: string, symbols: readonly number[], log: number, letters: readonly string[]): void {
    let node = this.root;
    node.best = Math.max(node.best, log);
    for (const symbol of symbols) {
      let child = node.children.get(symbol);
      if (!child) {
        const spelled = node.spelled + (letters[symbol] ?? '');
        child = { id: this.nodes++, children: new Map(), words: [], spelled, best: log };
        node.children.set(symbol, child);
      }
      child.best = Math.max(child.best, log);
      node = child;
    }
    node.words.push(word);
  }
}
