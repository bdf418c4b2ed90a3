import { performance } from 'node:perf_hooks';
import { type Product, VitrineError } from '../../domain';
import { quantile } from './bootstrap';
import { confusionOf, type KindOf } from './confusion';
import { curvesOf } from './curves';
import { differencesOf } from './differences';
import { type CatalogueGroups, catalogueGroups, type JudgedQuery, judgeQueries } from './judgements';
import { rankResults } from './metrics';
import type { QueryPairs } from './pairs';
import { type LabelledQuery, queryKey, reportedLanguage } from './queries';
import type { Seed } from './random';
import type { EvaluatedSystem, EvaluationReport, Latency, SystemReport } from './report';
import { groupBy, type ScoredQuery, summarise, summariseBy } from './summary';
import { countByCrossFitting, countByValidation, halfOf } from './thresholds';

export interface EvaluationOptions {
  readonly systems: readonly EvaluatedSystem[];
  readonly queries: readonly LabelledQuery[];
  readonly products: readonly Product[];
  /** Queries for choosing the F1 threshold; without them it is cross-fitted on two halves of `queries`. */
  readonly validation?: readonly LabelledQuery[];
  readonly seed: Seed;
  /** Results asked of each system; 100 unless told. */
  readonly k?: number;
  /** The kind of a product, where kinds are known; asked once a product at most. */
  readonly kindOf?: (product: Product) => string | undefined;
  /** Searches done, of how many, and the system that did the last one. */
  readonly onProgress?: (done: number, total: number, system: string) => void;
}

/** What a system answered to some queries, one after the other. */
async function answer(
  system: EvaluatedSystem,
  queries: readonly JudgedQuery[],
  catalogue: CatalogueGroups,
  k: number,
  onAnswer: () => void,
): Promise<{ pairs: QueryPairs[]; firsts: (string | undefined)[]; times: Map<string, number[]> }> {
  const pairs: QueryPairs[] = [];
  const firsts: (string | undefined)[] = [];
  const times = new Map<string, number[]>();
  for (const { query, judgement } of queries) {
    const start = performance.now();
    const { results, timings } = await system.search(query, k);
    const total = performance.now() - start;
    for (const [step, time] of new Map([...Object.entries(timings ?? {}), ['total', total] as const])) {
      const known = times.get(step);
      if (known) known.push(time);
      else times.set(step, [time]);
    }
    const ranked = rankResults(results, judgement, catalogue).slice(0, k);
    const relevant = judgement.ideal.length;
    firsts.push(results[0]?.id);
    pairs.push({ ranked, relevant, irrelevant: catalogue.groups - relevant });
    onAnswer();
  }
  return { pairs, firsts, times };
}

/** Steps in the order in which they first came, the total last. */
function latencies(times: ReadonlyMap<string, readonly number[]>): Record<string, Latency> {
  const steps = [...times].sort(([a], [b]) => Number(a === 'total') - Number(b === 'total'));
  return Object.fromEntries(
    steps.map(([step, values]) => [
      step,
      { n: values.length, p50: quantile(values, 0.5), p95: quantile(values, 0.95) },
    ]),
  );
}

/** Kinds by product id, each read when it is first asked for. */
function kindsById(products: readonly Product[], kindOf: (product: Product) => string | undefined): KindOf {
  const byId = new Map(products.map((product) => [product.id, product]));
  const known = new Map<string, string | undefined>();
  return (id) => {
    const product = byId.get(id);
    if (product && !known.has(id)) known.set(id, kindOf(product));
    return known.get(id);
  };
}

/**
 * Scores systems on labelled queries: overall, per modality, per language and per both, with 95 % bootstrap intervals.
 * Labels of products that the catalogue lacks are counted and left out. Throws a VitrineError EVALUATION_INVALID where no
 * label names a product of the catalogue; a fault of a system ends the evaluation.
 */
export async function evaluate(options: EvaluationOptions): Promise<EvaluationReport> {
  const { systems, queries, products, seed, k = 100, onProgress } = options;
  const kindOf = options.kindOf && kindsById(products, options.kindOf);
  const catalogue = catalogueGroups(products);
  const { judged, unknown } = judgeQueries(queries, catalogue);
  if (judged.length === 0) {
    throw new VitrineError('EVALUATION_INVALID', 'none of the labelled products is in the catalogue');
  }
  const asked = new Set(queries.map(queryKey));
  const fresh = (options.validation ?? []).filter((query) => !asked.has(queryKey(query)));
  const validation = judgeQueries(fresh, catalogue).judged;
  const halves = judged.map(({ query }) => halfOf(query.text ?? queryKey(query)));
  const total = systems.length * (judged.length + validation.length);
  let done = 0;

  const reports: SystemReport[] = [];
  const all: { name: string; scored: ScoredQuery[] }[] = [];
  for (const system of systems) {
    const onAnswer = () => onProgress?.(++done, total, system.name);
    const tuning = await answer(system, validation, catalogue, k, onAnswer);
    const { pairs, firsts, times } = await answer(system, judged, catalogue, k, onAnswer);
    const { counts, thresholds } =
      validation.length > 0 ? countByValidation(pairs, tuning.pairs) : countByCrossFitting(pairs, halves);
    const scored = judged.flatMap((query, i): ScoredQuery[] => {
      const [own, counted] = [pairs[i], counts[i]];
      return own && counted ? [{ ...query, pairs: own, counts: counted }] : [];
    });
    all.push({ name: system.name, scored });
    const modality = ({ query }: ScoredQuery) => query.modality;
    const language = ({ query }: ScoredQuery) => reportedLanguage(query);
    const overall = summarise(scored, seed);
    const byModality = summariseBy(scored, modality, overall, seed);
    reports.push({
      name: system.name,
      ...(system.about !== undefined && { about: system.about }),
      thresholds,
      overall,
      byModality,
      byLanguage: summariseBy(scored, language, overall, seed),
      byModalityAndLanguage: Object.fromEntries(
        [...groupBy(scored, modality)].map(([name, members]) => [
          name,
          summariseBy(members, language, byModality[name] ?? overall, seed),
        ]),
      ),
      curves: curvesOf(scored, k),
      ...(kindOf && { confusion: confusionOf(judged, firsts, kindOf) }),
      latency: latencies(times),
    });
  }
  return {
    queries: judged.length,
    simulated: judged.filter(({ query }) => query.simulated).length,
    products: catalogue.products,
    groups: catalogue.groups,
    k,
    seed,
    thresholdFrom: validation.length > 0 ? 'validation' : 'two-fold cross-fitting',
    warnings: { unknown, validationLeftOut: (options.validation?.length ?? 0) - validation.length },
    systems: reports,
    differences: differencesOf(all, seed),
  };
}
