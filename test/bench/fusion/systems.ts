import { join } from 'node:path';
import { createApp } from '../../../src/app';
import { loadConfig } from '../../../src/config';
import { MODALITIES } from '../../../src/domain';
import { formatTable, groupBy, pairedBootstrap, readLabelledQueries, stratifiedBootstrap } from '../../../src/training';
import { type Contender, contendersOf } from './contenders';
import { type EncodedQuery, type EncodedSet, encodeSet } from './encoded';
import { FusedCatalogue } from './ranking';
import { MEASURES, meanOf, meanScores, type QueryScore, scoreQueries, without } from './scores';

type Log = (line: string) => void;

/** What a contender makes of queries, in their order. */
type Scorer = (contender: Contender, queries: readonly EncodedQuery[]) => Promise<QueryScore[]>;

/**
 * Compares fusions by their vectors alone, over the catalogue of a data directory, with queries that `fusion queries` wrote:
 * each query's score is the mean over the seeds in the folder of weights. `vectors`: a file, see `encodeSet`.
 */
export async function benchFusionSystems(
  folder: string,
  dataDir: string,
  { weights, vectors }: { readonly weights?: string | undefined; readonly vectors?: string | undefined },
  log: Log,
): Promise<void> {
  const app = createApp(loadConfig({ DATA_DIR: dataDir }));
  let contenders: readonly Contender[] = [];
  try {
    const set = await encodeSet(app, readLabelledQueries(join(folder, 'queries.jsonl')), vectors);
    contenders = contendersOf(weights, set.space, set.dimensions);
    for (const { name, fusions } of contenders) log(`${name}: ${fusions.map(({ id }) => id).join(', ')}`);
    const simulated = set.queries.filter(({ query }) => query.simulated).length;
    log(
      `${set.queries.length} queries, ${set.products.length} products; shoppers of ${simulated} queries are simulated`,
    );
    const score = scorer(set);
    const whole = contenders.filter(({ lacking }) => !lacking);
    const scores = new Map<string, QueryScore[]>();
    for (const each of whole) scores.set(each.name, await score(each, set.queries));
    tell(set.queries, scores, log);
    await tellHalves(set.queries, whole, score, log);
    await tellDropped(set.queries, contenders, scores, score, log);
  } finally {
    for (const { fusions } of contenders) for (const fusion of fusions) fusion.close();
    await app.close();
  }
}

/** Fuses the products once for each fusion. */
function scorer(set: EncodedSet): Scorer {
  const known = new Map<string, Promise<FusedCatalogue>>();
  return async ({ name, fusions, lacking }, queries) => {
    const inputs = lacking ? set.inputs.map((vectors) => without(vectors, [lacking])) : set.inputs;
    const runs = [];
    for (const [seed, fusion] of fusions.entries()) {
      const key = `${name}/${seed}`;
      const products = known.get(key) ?? FusedCatalogue.of(fusion, set, inputs);
      known.set(key, products);
      runs.push(await scoreQueries(fusion, await products, set.catalogue, queries));
    }
    return meanScores(runs);
  };
}

const shown = (value: number) => value.toFixed(3);
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

/** Every measure by modality, and how far the last contender is above each other one. */
function tell(queries: readonly EncodedQuery[], scores: ReadonlyMap<string, readonly QueryScore[]>, log: Log): void {
  const places = groupBy([...queries.keys()], (i) => queries[i]?.query.modality ?? '');
  const names = [...scores.keys()];
  for (const measure of MEASURES) {
    const of = (name: string, numbers: readonly number[]) => numbers.map((i) => scores.get(name)?.[i]?.[measure] ?? 0);
    const rows = [...places].map(([modality, numbers]) => [
      modality,
      String(numbers.length),
      ...names.map((name) => shown(meanOf(of(name, numbers)))),
    ]);
    const means = names.map((name) => shown(meanOf([...places.values()].map((numbers) => meanOf(of(name, numbers))))));
    log(`\n${formatTable([[measure, 'n', ...names], ...rows, ['mean over modalities', '', ...means]])}`);
  }
  const [best = '', ...others] = [...names].reverse();
  if (others.length === 0) return;
  log(`\nnDCG@10 of ${best} minus that of the others, paired by query, 95 % intervals`);
  const rows = others.map((other) => {
    const strata = [...places.values()].map((numbers) =>
      numbers.map((i) => (scores.get(best)?.[i]?.['nDCG@10'] ?? 0) - (scores.get(other)?.[i]?.['nDCG@10'] ?? 0)),
    );
    const cell = ({ difference, low, high }: ReturnType<typeof stratifiedBootstrap>) =>
      `${signed(difference)} [${signed(low)}, ${signed(high)}]`;
    const all = cell(stratifiedBootstrap(strata, { seed: 1 }));
    return [other, all, ...strata.map((stratum) => cell(stratifiedBootstrap([stratum], { seed: 1 })))];
  });
  const heads = ['minus', 'mean over modalities', ...places.keys()];
  log(formatTable(heads.map((head, column) => [head, ...rows.map((row) => row[column] ?? '')])));
}

/** Queries of words and a photo by both, by the words alone and by the photo alone. */
async function tellHalves(
  queries: readonly EncodedQuery[],
  contenders: readonly Contender[],
  score: Scorer,
  log: Log,
): Promise<void> {
  const both = queries.filter(({ query }) => query.modality === 'text+photo');
  if (both.length === 0) return;
  const words = both.map((each) => ({ ...each, vectors: without(each.vectors, ['photo']) }));
  const photo = both.map((each) => ({ ...each, vectors: without(each.vectors, ['words', 'attributes']) }));
  const rows = [];
  for (const each of contenders) {
    const of = async (asked: readonly EncodedQuery[]) => (await score(each, asked)).map((one) => one['nDCG@10']);
    const [fused, said, seen] = [await of(both), await of(words), await of(photo)];
    const better = meanOf(said) >= meanOf(seen) ? said : seen;
    const { low, high } = pairedBootstrap(fused, better, { seed: 1 });
    const relative = (value: number) => `${signed((100 * value) / meanOf(better))} %`;
    rows.push([
      each.name,
      ...[fused, said, seen].map((values) => shown(meanOf(values))),
      `${relative(meanOf(fused) - meanOf(better))} [${relative(low)}, ${relative(high)}]`,
    ]);
  }
  const heads = ['text+photo, nDCG@10', 'both', 'text', 'photo', 'over the better'];
  log(`\n${formatTable([heads, ...rows], 32)}`);
}

/**
 * Each modality left out of queries that have another one too, beside what the same kind reaches that was trained without it,
 * where there are such weights: without it in products, too.
 */
async function tellDropped(
  queries: readonly EncodedQuery[],
  contenders: readonly Contender[],
  scores: ReadonlyMap<string, readonly QueryScore[]>,
  score: Scorer,
  log: Log,
): Promise<void> {
  const rows = [];
  const mean = (found: readonly (QueryScore | undefined)[]) => meanOf(found.map((one) => one?.['nDCG@10'] ?? 0));
  for (const modality of MODALITIES) {
    const having = [...queries.entries()].filter(
      ([, { vectors }]) => vectors[modality] && Object.keys(vectors).length > 1,
    );
    if (having.length === 0) continue;
    const dropped = having.map(([, each]) => ({ ...each, vectors: without(each.vectors, [modality]) }));
    for (const each of contenders.filter(({ lacking }) => !lacking)) {
      const trained = contenders.find(({ name }) => name === `${each.name} without ${modality}`);
      const whole = mean(having.map(([i]) => scores.get(each.name)?.[i]));
      const left = mean(await score(each, dropped));
      const bare = trained && mean(await score(trained, dropped));
      const worse = bare === undefined ? '–' : `${signed((100 * (left - bare)) / bare)} %`;
      rows.push([
        modality,
        String(having.length),
        each.name,
        shown(whole),
        shown(left),
        bare === undefined ? '–' : shown(bare),
        worse,
      ]);
    }
  }
  const heads = ['left out', 'n', 'system', 'with it', 'without it', 'trained without', 'difference'];
  log(`\nnDCG@10 when a modality is left out of the query\n${formatTable([heads, ...rows])}`);
}
