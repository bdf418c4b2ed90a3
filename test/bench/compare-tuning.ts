import type { Product } from '../../src/domain';
import {
  type CatalogueGroups,
  type JudgedQuery,
  type LabelledQuery,
  ndcgAt,
  rankResults,
  type SearchResult,
} from '../../src/training';
import { searchLanguage } from './compare-fields';

/** Results looked at: nDCG@10 sees no more. */
export const DEPTH = 10;

/** Validation queries that a language needs for settings of its own. */
const ENOUGH = 20;

type Search<S> = (query: LabelledQuery, k: number, settings: S) => Promise<readonly SearchResult[]>;

/** A search library whose settings are chosen on validation queries. */
export interface TunableLibrary<S> {
  readonly name: string;
  /** Settings to try; the first are the documented ones. */
  readonly grid: readonly S[];
  /** `queries`: all that may be asked, for their languages only. */
  build(products: readonly Product[], queries: readonly LabelledQuery[]): Promise<Search<S>>;
}

/** What tuning chose. */
export interface ChosenSettings<S = object> {
  readonly overall: S;
  /** Languages with at least 20 validation queries have settings of their own. */
  readonly byLanguage: Readonly<Record<string, S>>;
  /** Validation queries and settings tried. */
  readonly tunedOn: number;
  readonly tried: number;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** nDCG@10 of each query. */
export async function scoreQueries(
  queries: readonly JudgedQuery[],
  catalogue: CatalogueGroups,
  search: (query: LabelledQuery, k: number) => Promise<readonly SearchResult[]>,
): Promise<number[]> {
  const scores: number[] = [];
  for (const { query, judgement } of queries) {
    const results = await search(query, DEPTH);
    scores.push(ndcgAt(rankResults(results, judgement, catalogue), judgement, DEPTH));
  }
  return scores;
}

/** Tries the whole grid; the best mean nDCG@10 wins, of equal ones the first. Without validation queries: the first. */
export async function tune<S>(
  library: TunableLibrary<S>,
  search: Search<S>,
  validation: readonly JudgedQuery[],
  catalogue: CatalogueGroups,
): Promise<ChosenSettings<S>> {
  const trials: { settings: S; scores: number[] }[] = [];
  for (const settings of validation.length > 0 ? library.grid : library.grid.slice(0, 1)) {
    const scores = await scoreQueries(validation, catalogue, (query, k) => search(query, k, settings));
    trials.push({ settings, scores });
  }
  const best = (belongs: (query: JudgedQuery) => boolean): S => {
    const chosen = validation.flatMap((query, i) => (belongs(query) ? [i] : []));
    let winner: { settings: S; score: number } | undefined;
    for (const { settings, scores } of trials) {
      const score = chosen.length === 0 ? 0 : mean(chosen.map((i) => scores[i] ?? 0));
      if (!winner || score > winner.score) winner = { settings, score };
    }
    if (!winner) throw new RangeError(`${library.name} has no settings to try`);
    return winner.settings;
  };
  const counts = new Map<string, number>();
  for (const { query } of validation) counts.set(searchLanguage(query), (counts.get(searchLanguage(query)) ?? 0) + 1);
  const languages = [...counts].filter(([, count]) => count >= ENOUGH).map(([language]) => language);
  return {
    overall: best(() => true),
    byLanguage: Object.fromEntries(
      languages.map((language) => [language, best(({ query }) => searchLanguage(query) === language)]),
    ),
    tunedOn: validation.length,
    tried: trials.length,
  };
}
