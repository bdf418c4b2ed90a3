import { type Product, VitrineError } from '../../src/domain';
import {
  bootstrapInterval,
  type CatalogueGroups,
  catalogueGroups,
  type EvaluatedSystem,
  groupBy,
  type Interval,
  type JudgedQuery,
  judgeQueries,
  type LabelledQuery,
  type PairedDifference,
  pairedBootstrap,
  queryKey,
  type Seed,
} from '../../src/training';
import { searchLanguage } from './compare-fields';
import { miniSearchLibrary } from './compare-minisearch';
import { oramaLibrary } from './compare-orama';
import { type ChosenSettings, scoreQueries, type TunableLibrary, tune } from './compare-tuning';

export { formatComparison } from './compare-format';

export interface ComparisonOptions {
  readonly products: readonly Product[];
  readonly queries: readonly LabelledQuery[];
  /** Settings of the libraries are chosen on these; those that are also in `queries` are not used. */
  readonly validation: readonly LabelledQuery[];
  readonly vitrine: EvaluatedSystem;
  readonly seed: Seed;
  readonly onProgress?: (step: string) => void;
}

/** Vitrine minus another system. */
export interface Difference extends PairedDifference {
  /** True when the whole 95 % interval is above zero. */
  readonly above: boolean;
}

export interface ComparisonSlice {
  readonly n: number;
  /** System → nDCG@10. */
  readonly ndcg: Readonly<Record<string, Interval>>;
  /** Library → Vitrine's nDCG@10 minus its own, paired by query. */
  readonly differences: Readonly<Record<string, Difference>>;
}

/** Plain JSON. */
export interface ComparisonReport {
  readonly seed: Seed;
  /** Vitrine first. */
  readonly systems: readonly string[];
  readonly overall: ComparisonSlice;
  readonly byLanguage: Readonly<Record<string, ComparisonSlice>>;
  /** Library → its settings. */
  readonly settings: Readonly<Record<string, ChosenSettings>>;
  readonly leftOut: {
    /** Queries that are more than words: the libraries can't read them. */
    readonly notText: number;
    /** Queries without a known relevant product. */
    readonly unknown: number;
    /** Validation queries that are also tested, are more than words, or have no known relevant product. */
    readonly validation: number;
  };
}

const isText = (query: LabelledQuery) => query.modality === 'text';

async function scoreLibrary<S extends object>(
  library: TunableLibrary<S>,
  products: readonly Product[],
  { judged, validation }: { judged: readonly JudgedQuery[]; validation: readonly JudgedQuery[] },
  catalogue: CatalogueGroups,
): Promise<{ scores: number[]; settings: ChosenSettings<S> }> {
  const asked = [...judged, ...validation].map(({ query }) => query);
  const search = await library.build(products, asked);
  const settings = await tune(library, search, validation, catalogue);
  const scores = await scoreQueries(judged, catalogue, (query, k) =>
    search(query, k, settings.byLanguage[searchLanguage(query)] ?? settings.overall),
  );
  return { scores, settings };
}

/**
 * Scores Vitrine against MiniSearch and Orama on the text queries: same products, same fields, one product a group. The
 * libraries' settings are the best of a grid on the validation queries, never on those that are reported.
 */
export async function compareSystems(options: ComparisonOptions): Promise<ComparisonReport> {
  const { products, queries, vitrine, seed, onProgress } = options;
  const catalogue = catalogueGroups(products);
  const texts = queries.filter(isText);
  const { judged } = judgeQueries(texts, catalogue);
  if (judged.length === 0) {
    throw new VitrineError('EVALUATION_INVALID', 'no text query has a relevant product that is in the catalogue');
  }
  const tested = new Set(queries.map(queryKey));
  const fresh = options.validation.filter((query) => isText(query) && !tested.has(queryKey(query)));
  const validation = judgeQueries(fresh, catalogue).judged;

  onProgress?.(vitrine.name);
  const ask = async (query: LabelledQuery, k: number) => (await vitrine.search(query, k)).results;
  const scores = new Map([[vitrine.name, await scoreQueries(judged, catalogue, ask)]]);
  const settings: Record<string, ChosenSettings> = {};
  const add = async <S extends object>(library: TunableLibrary<S>) => {
    onProgress?.(library.name);
    const scored = await scoreLibrary(library, products, { judged, validation }, catalogue);
    scores.set(library.name, scored.scores);
    settings[library.name] = scored.settings;
  };
  await add(miniSearchLibrary);
  await add(oramaLibrary);

  const slice = (members: readonly number[]): ComparisonSlice => {
    const of = (name: string) => members.map((i) => scores.get(name)?.[i] ?? 0);
    const others = [...scores.keys()].filter((name) => name !== vitrine.name);
    return {
      n: members.length,
      ndcg: Object.fromEntries([...scores.keys()].map((name) => [name, bootstrapInterval(of(name), { seed })])),
      differences: Object.fromEntries(
        others.map((name) => {
          const difference = pairedBootstrap(of(vitrine.name), of(name), { seed });
          return [name, { ...difference, above: difference.low > 0 }];
        }),
      ),
    };
  };
  const all = judged.map((_, i) => i);
  const languages = groupBy(all, (i) => (judged[i] ? searchLanguage(judged[i].query) : 'und'));
  return {
    seed,
    systems: [...scores.keys()],
    overall: slice(all),
    byLanguage: Object.fromEntries([...languages].map(([language, members]) => [language, slice(members)])),
    settings,
    leftOut: {
      notText: queries.length - texts.length,
      unknown: texts.length - judged.length,
      validation: options.validation.length - validation.length,
    },
  };
}
