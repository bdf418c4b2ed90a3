import type { WordList, WordNode } from './word-list';

/** Log-probabilities of symbols, frame after frame: `frames` × `symbols` numbers; symbol 0 is the blank. */
export interface SymbolLogs {
  readonly data: ArrayLike<number>;
  readonly frames: number;
  readonly symbols: number;
}

/** How words weigh against sound; chosen on validation queries (`npm run -s bench -- voice weights`). */
export interface DecodeWeights {
  /** Weight of the words' log-probabilities. */
  readonly language: number;
  /** Added for each word: without it, few long words win over many short ones. */
  readonly word: number;
  /** Added for a word that is not in the list, and for each of its letters. */
  readonly unknown: number;
  readonly unknownLetter: number;
}

export const DECODE_WEIGHTS: DecodeWeights = { language: 0.7, word: 1, unknown: -10, unknownLetter: -1.2 };

/** What was said, most likely. */
export interface Transcript {
  readonly words: readonly string[];
  /** Logarithm of the probability of the sound, given the words. */
  readonly sound: number;
  /** The same with the words' own probability. */
  readonly score: number;
}

/** Hypotheses that are kept after each frame. */
const BEAM = 32;
/** Symbols less likely than this are not looked at. */
const LOWEST = -8;
const NEVER = Number.NEGATIVE_INFINITY;

/** The words of a hypothesis so far, shared by those that begin alike. */
interface History {
  readonly id: number;
  readonly before: History | undefined;
  readonly word: string;
  readonly next: Map<string, History>;
}

interface Hypothesis {
  readonly history: History;
  /** The place in the tree of words; undefined inside of an unknown word. */
  readonly node: WordNode | undefined;
  /** The letters of an unknown word. */
  readonly unknown: string;
  /** The last symbol that was written; 0 for none. */
  readonly last: number;
  /** Log-probability of all ways here that end in a blank, and of those that end in the last symbol. */
  blank: number;
  symbol: number;
  /** What the words and penalties so far add. */
  readonly language: number;
}

/**
 * Finds the likeliest words by prefix beam search over a tree of words (Hannun et al., arXiv 1408.2873): what is not in the
 * list costs a penalty where `open`, and can't be said otherwise. `space` is the symbol between words.
 */
export function decodeWords(
  logs: SymbolLogs,
  list: WordList,
  { space, letters, open, weights = DECODE_WEIGHTS }: DecodeOptions,
): Transcript {
  let histories = 1;
  const begin: History = { id: 0, before: undefined, word: '', next: new Map() };
  const after = (history: History, word: string): History => {
    let next = history.next.get(word);
    if (!next) {
      next = { id: histories++, before: history, word, next: new Map() };
      history.next.set(word, next);
    }
    return next;
  };
  const gain = (history: History, word: string) => weights.language * list.log(history.word, word) + weights.word;
  const start = { history: begin, node: list.root, unknown: '', last: 0, symbol: NEVER, language: 0 };
  let beam: Hypothesis[] = [{ ...start, blank: 0 }];

  for (let frame = 0; frame < logs.frames; frame++) {
    const at = frame * logs.symbols;
    const likely: number[] = [];
    for (let symbol = 1; symbol < logs.symbols; symbol++)
      if ((logs.data[at + symbol] ?? NEVER) > LOWEST) likely.push(symbol);
    const next = new Map<string, Hypothesis>();
    const reach = (fields: Omit<Hypothesis, 'blank' | 'symbol'>, blank: number, symbol: number): void => {
      const key = `${fields.history.id} ${fields.node?.id ?? fields.unknown} ${fields.last}`;
      const known = next.get(key);
      if (known) {
        known.blank = add(known.blank, blank);
        known.symbol = add(known.symbol, symbol);
      } else next.set(key, { ...fields, blank, symbol });
    };
    for (const hypothesis of beam) {
      const whole = add(hypothesis.blank, hypothesis.symbol);
      const { last, node, history, language } = hypothesis;
      const repeated = last === 0 ? NEVER : hypothesis.symbol + (logs.data[at + last] ?? NEVER);
      reach(hypothesis, whole + (logs.data[at] ?? NEVER), repeated);
      for (const symbol of likely) {
        const sound = (symbol === last ? hypothesis.blank : whole) + (logs.data[at + symbol] ?? NEVER);
        if (sound === NEVER) continue;
        const letter = letters[symbol] ?? '';
        const child = node?.children.get(symbol);
        if (child) reach({ history, node: child, unknown: '', last: symbol, language }, NEVER, sound);
        if (symbol === space) {
          for (const word of node?.words ?? []) {
            const said = after(history, word);
            reach(
              { history: said, node: list.root, unknown: '', last: symbol, language: language + gain(history, word) },
              NEVER,
              sound,
            );
          }
          // Silence before the first word.
          if (node === list.root && history === begin && last !== space)
            reach({ ...hypothesis, last: symbol }, NEVER, sound);
          if (!node)
            reach(
              { history: after(history, hypothesis.unknown), node: list.root, unknown: '', last: symbol, language },
              NEVER,
              sound,
            );
        } else if (open && !child) {
          // The letters before, which began a word of the list, are unknown now as well.
          const begun = node ? node.spelled : hypothesis.unknown;
          const fresh = node ? weights.unknown + weights.unknownLetter * begun.length : 0;
          const unknown = begun + letter;
          if (unknown.length < 24)
            reach(
              { history, node: undefined, unknown, last: symbol, language: language + fresh + weights.unknownLetter },
              NEVER,
              sound,
            );
        }
      }
    }
    beam = best([...next.values()], weights.language);
  }
  return finish(beam);

  function finish(hypotheses: readonly Hypothesis[]): Transcript {
    let found: Transcript = { words: [], sound: NEVER, score: NEVER };
    for (const { history, node, unknown, blank, symbol, language } of hypotheses) {
      const sound = add(blank, symbol);
      const last = node ? node.words : [unknown];
      const ends: [History, number][] =
        node === list.root
          ? [[history, language]]
          : last.map((word) => [after(history, word), language + (node ? gain(history, word) : 0)]);
      for (const [end, gained] of ends) {
        const score = sound + gained + weights.language * list.log(end.word, '');
        if (score > found.score) found = { words: wordsOf(end), sound, score };
      }
    }
    return found;
  }
}

export interface DecodeOptions {
  readonly space: number;
  readonly letters: readonly string[];
  /** May there be words that are not in the list? */
  readonly open: boolean;
  readonly weights?: DecodeWeights;
}

/** The likeliest symbols of each frame: their text, and the log-probability of that one way. */
export function decodeGreedily(
  logs: SymbolLogs,
  letters: readonly string[],
): { text: string; sound: number; clarity: number } {
  let [text, sound, last, written, sure] = ['', 0, 0, 0, 0];
  for (let frame = 0; frame < logs.frames; frame++) {
    let [found, log] = [0, NEVER];
    for (let symbol = 0; symbol < logs.symbols; symbol++) {
      const value = logs.data[frame * logs.symbols + symbol] ?? NEVER;
      if (value > log) [found, log] = [symbol, value];
    }
    sound += log;
    if (found !== 0) {
      written += 1;
      sure += Math.exp(log);
      if (found !== last) text += letters[found] ?? '';
    }
    last = found;
  }
  return { text: text.replace(/\s+/g, ' ').trim(), sound, clarity: written === 0 ? 0 : sure / written };
}

/** The likeliest hypotheses; inside of a word, its likeliest end counts in advance. */
function best(hypotheses: Hypothesis[], weight: number): Hypothesis[] {
  const scored = hypotheses.map((hypothesis) => {
    const ahead = hypothesis.node && hypothesis.node.id !== 0 ? weight * hypothesis.node.best : 0;
    return [add(hypothesis.blank, hypothesis.symbol) + hypothesis.language + ahead, hypothesis] as const;
  });
  return scored
    .sort((a, b) => b[0] - a[0])
    .slice(0, BEAM)
    .map(([, hypothesis]) => hypothesis);
}

function wordsOf(history: History): string[] {
  const words: string[] = [];
  for (let at: History | undefined = history; at?.before; at = at.before) words.unshift(at.word);
  return words.filter(Boolean);
}

/** log(exp(a) + exp(b)) */
function add(a: number, b: number): number {
  if (a === NEVER) return b;
  if (b === NEVER) return a;
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}
