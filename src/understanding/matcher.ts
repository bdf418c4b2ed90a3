import { LATIN } from '../domain';
import { splitCompound, withoutDigraphs } from './compound';
import { diminutiveOf } from './diminutive';
import type { Concept, Lexicon } from './lexicon';
import { stem } from './stem';
import type { Unit } from './units';

/** A run of units and what it means; no concepts means that nothing in the lexicon explains it. */
export interface Match {
  readonly from: number;
  /** One past the last unit. */
  readonly to: number;
  readonly concepts: readonly Concept[];
  /** True where a misspelling was corrected. */
  readonly corrected: boolean;
}

export interface MatchOptions {
  /** Lexicons tried, in order, for what the first one doesn't explain. */
  readonly others?: readonly Lexicon[];
  /** Words that need no correction: the catalogue has them. */
  readonly isKnownWord?: (folded: string) => boolean;
  readonly correct: boolean;
}

/** Longest-match scan of the units against a lexicon: left to right, the longest phrase first. */
export function matchConcepts(cut: readonly Unit[], lexicon: Lexicon, options: MatchOptions): Match[] {
  const folded = cut.map((unit) => unit.folded);
  const stems = cut.map((unit) => (unit.cjk ? unit.folded : stem(unit.surface, lexicon.language)));
  const aligned = singleCharacterWords(cut);
  const found: Match[] = [];
  let at = 0;
  while (at < cut.length) {
    const match = longestAt(at, folded, stems, lexicon, aligned, cut);
    if (match) {
      found.push(match);
      at = match.to;
      continue;
    }
    const foreign = foreignAt(at, cut, lexicon, options.others ?? []);
    found.push(...(foreign ? [foreign] : explainWord(at, cut, lexicon, options)));
    at = foreign?.to ?? at + 1;
  }
  return found;
}

function longestAt(
  at: number,
  folded: readonly string[],
  stems: readonly string[],
  lexicon: Lexicon,
  aligned: ReadonlySet<number>,
  cut: readonly Unit[],
): Match | undefined {
  for (let to = Math.min(cut.length, at + lexicon.longest); to > at; to--) {
    if (to - at === 1 && cut[at]?.cjk && !aligned.has(at)) continue;
    const concepts = lexicon.find(folded.slice(at, to), stems.slice(at, to));
    if (concepts) return { from: at, to, concepts, corrected: false };
  }
  return undefined;
}

/** Shorter words of another language of the same script mean something else too often. */
const SHORTEST_FOREIGN = 4;

/** The longest phrase of another language that begins here: "mochila red", "想买 running shoes". */
function foreignAt(at: number, cut: readonly Unit[], lexicon: Lexicon, others: readonly Lexicon[]): Match | undefined {
  const [unit] = cut.slice(at, at + 1);
  if (!unit || unit.cjk || lexicon.realWords.has(unit.folded) || splitCompound(unit.folded, lexicon)) return undefined;
  const isForeignScript = !LATIN.includes(lexicon.language) && /\p{Script=Latin}/u.test(unit.surface);
  for (const other of others) {
    for (let to = Math.min(cut.length, at + other.longest); to > at; to--) {
      const part = cut.slice(at, to);
      const concepts = other
        .find(
          part.map(({ folded }) => folded),
          part.map(({ surface }) => stem(surface, other.language)),
        )
        ?.filter(({ type }) => type !== 'stop');
      if (!concepts?.length) continue;
      const isSure =
        to - at > 1 ||
        unit.folded.length >= SHORTEST_FOREIGN ||
        (isForeignScript && unit.folded.length > 1) ||
        concepts.some(({ type, id }) => type === 'color' && id === unit.folded);
      if (isSure) return { from: at, to, concepts, corrected: false };
    }
  }
  return undefined;
}

function explainWord(at: number, cut: readonly Unit[], lexicon: Lexicon, options: MatchOptions): Match[] {
  const unit = cut[at];
  if (!unit) return [];
  const one = (concepts: readonly Concept[], corrected = false): Match => ({
    from: at,
    to: at + 1,
    concepts,
    corrected,
  });
  if (unit.cjk) return [one([])];
  const parts = splitCompound(unit.folded, lexicon);
  if (parts) return parts.map((part) => one(part.concepts));
  if (options.correct && !lexicon.realWords.has(unit.folded) && !options.isKnownWord?.(unit.folded)) {
    const small = diminutiveOf(unit.folded, lexicon);
    if (small) return [one(small)];
    const umlauts = withoutDigraphs(unit.folded, lexicon);
    if (umlauts) return [one(umlauts)];
    for (const near of lexicon.typos.near(unit.folded)) {
      const concepts = lexicon.word(near);
      if (concepts) return [one(concepts, true)];
    }
  }
  return [one([])];
}

let segmenter: Intl.Segmenter | undefined;

/** A word of two characters whose second only joins it to others: "红的" is "红". */
const JOINED = /^.的$/u;

/** Positions of characters that are a word by themselves: 表 in "表 手表" but not in "表面". */
function singleCharacterWords(cut: readonly Unit[]): ReadonlySet<number> {
  const found = new Set<number>();
  let run = '';
  let start = 0;
  const flush = () => {
    if (!run) return;
    segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
    for (const { segment, index } of segmenter.segment(run)) {
      if (segment.length === 1 || JOINED.test(segment)) found.add(start + index);
      if (JOINED.test(segment)) found.add(start + index + 1);
    }
    run = '';
  };
  cut.forEach((unit, index) => {
    const previous = cut[index - 1];
    if (!unit.cjk || (previous && previous.end !== unit.start)) flush();
    if (!unit.cjk) return;
    if (!run) start = index;
    run += unit.surface;
  });
  flush();
  return found;
}
