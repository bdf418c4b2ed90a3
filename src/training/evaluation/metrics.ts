import type { CatalogueGroups, Judgement } from './judgements';

/** One product that a system found; higher scores are better. */
export interface SearchResult {
  readonly id: string;
  readonly score: number;
}

/** A result with its label. It is relevant when its gain is above 0. */
export interface RankedResult {
  readonly score: number;
  /** Gain of the product that was returned; 0 when it has no label, even where another variant has one. */
  readonly gain: number;
  readonly judged: boolean;
}

/**
 * Labels a result list, best first as the system gave it. Variants of one item count once: the first stays. A score that
 * is not a number counts as −Infinity.
 */
export function rankResults(
  results: readonly SearchResult[],
  judgement: Judgement,
  catalogue: CatalogueGroups,
): RankedResult[] {
  const seen = new Set<string>();
  const ranked: RankedResult[] = [];
  for (const { id, score } of results) {
    const group = catalogue.groupOf(id);
    if (seen.has(group)) continue;
    seen.add(group);
    const gain = judgement.gains.get(id);
    ranked.push({ score: Number.isNaN(score) ? -Infinity : score, gain: gain ?? 0, judged: gain !== undefined });
  }
  return ranked;
}

/**
 * Recall@k: relevant groups found in the first k / min(k, number of relevant groups). The denominator is capped by k so
 * that a perfect ranking always scores 1 (also called capped recall; BEIR, Thakur et al. 2021). 0 without relevant groups.
 */
export function recallAt(ranked: readonly RankedResult[], judgement: Judgement, k: number): number {
  const possible = Math.min(k, judgement.ideal.length);
  return possible === 0 ? 0 : ranked.slice(0, k).filter(({ gain }) => gain > 0).length / possible;
}

/** Reciprocal rank: 1 / rank of the first relevant result, 0 where there is none; its mean is MRR (Voorhees 1999). */
export function reciprocalRank(ranked: readonly RankedResult[]): number {
  const first = ranked.findIndex(({ gain }) => gain > 0);
  return first < 0 ? 0 : 1 / (first + 1);
}

/** `(2^gain − 1) / 2^shift`; the shift cancels out in a ratio and keeps huge gains finite. */
function worth(gain: number, shift: number): number {
  return shift === 0 ? Math.expm1(gain * Math.LN2) : 2 ** (gain - shift) - 2 ** -shift;
}

function discounted(gains: readonly number[], shift: number): number {
  return gains.reduce((sum, gain, index) => sum + worth(gain, shift) / Math.log2(index + 2), 0);
}

/**
 * nDCG@k = DCG@k / ideal DCG@k with DCG@k = Σ (2^gain − 1) / log2(rank + 1). Discounted gain after Järvelin & Kekäläinen
 * (2002, ACM TOIS 20:4), exponential gain after Burges et al. (2005, ICML). The ideal ranking is over groups, each at its
 * best variant; a result earns the gain of the variant returned. 0 without relevant groups.
 */
export function ndcgAt(ranked: readonly RankedResult[], judgement: Judgement, k: number): number {
  const best = judgement.ideal[0] ?? 0;
  if (best === 0) return 0;
  const shift = best > 500 ? best : 0;
  const found = ranked.slice(0, k).map(({ gain }) => gain);
  return discounted(found, shift) / discounted(judgement.ideal.slice(0, k), shift);
}

/** Judged@k: share of the first k results that have a label (relevant or not); null where nothing was returned. */
export function judgedAt(ranked: readonly RankedResult[], k: number): number | null {
  const first = ranked.slice(0, k);
  return first.length === 0 ? null : first.filter(({ judged }) => judged).length / first.length;
}

/** Accuracy@1: 1 when the first result is relevant, else 0 (over groups, this equals the capped Recall@1). */
export function accuracyAtOne(ranked: readonly RankedResult[]): number {
  return (ranked[0]?.gain ?? 0) > 0 ? 1 : 0;
}

/**
 * Right@k: 1 when one of the first k results has the query's highest gain, else 0. A group counts by the variant that was
 * returned of it: the right item in a wrong colour is not right. 0 without relevant groups.
 */
export function rightAt(ranked: readonly RankedResult[], judgement: Judgement, k: number): number {
  const best = judgement.ideal[0];
  return best !== undefined && ranked.slice(0, k).some(({ gain }) => gain >= best) ? 1 : 0;
}
