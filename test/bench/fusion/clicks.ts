import { createApp } from '../../../src/app';
import { trainingCatalogue } from '../../../src/cli/training-items';
import { trainingDataset } from '../../../src/cli/training-set';
import { loadConfig } from '../../../src/config';
import { type Fusion, type FusionRole, MODALITIES, type ModalityVectors } from '../../../src/domain';
import { fusionOf, TrainedFusion } from '../../../src/fusion';
import {
  clickExamples,
  type Dataset,
  type Example,
  FusionTrainer,
  type Matrix,
  pairedBootstrap,
  productVectors,
  scoreRanking,
  vectorsOf,
} from '../../../src/training';
import {
  ENCODER,
  hiddenRelevance,
  type Relevance,
  type ShownPage,
  shownPages,
  simulatedSearches,
} from './click-shoppers';
import { meanOf } from './scores';

export interface ClickRuns {
  /** Simulated shops: each has a taste, clicks and networks of its own. */
  readonly seeds: number;
  /** Searches of each. */
  readonly searches: number;
  /** Queries of the catalogue that training has beside the clicks. */
  readonly queries: number;
  readonly epochs: number;
  /** Of an epoch. */
  readonly steps: number;
  /** What ordered the pages that were clicked: the weights that serve, or the plain sum, as where there are none. */
  readonly ranking: 'serving' | 'sum';
}

type Log = (line: string) => void;

/** How often simulated shoppers look at places 1 to 6: curves, and one that is none. */
const LOOKS: readonly (readonly [string, readonly number[]])[] = [
  ['1/k^0.5', [1, 2, 3, 4, 5, 6].map((place) => place ** -0.5)],
  ['1/k', [1, 2, 3, 4, 5, 6].map((place) => 1 / place)],
  ['1/k^1.5', [1, 2, 3, 4, 5, 6].map((place) => place ** -1.5)],
  ['three of a screen', [1, 0.9, 0.8, 0.3, 0.2, 0.1]],
];
/** Of the queries. */
const SEED = 77;
/** Queries of a step. */
const BATCH = 32;
/** Of those that training is measured with. */
const BIASED = LOOKS[1]?.[1] ?? [];
const WAYS = ['no clicks', 'raw clicks', 'corrected clicks'] as const;
type Way = (typeof WAYS)[number];
const OPTIONS = { space: ENCODER, encoders: Object.fromEntries(MODALITIES.map((modality) => [modality, ENCODER])) };

/**
 * Everything about shoppers is simulated here: whether propensities are found again that clicks were made with, and what
 * training on clicks is worth, raw and corrected, for what the shoppers want and never say.
 */
export async function benchClicks(dataDir: string, runs: ClickRuns, log: Log): Promise<void> {
  const app = createApp(loadConfig({ DATA_DIR: dataDir, SPEECH: 'none' }));
  try {
    const catalogue = await trainingCatalogue(app);
    const { space, dimensions } = catalogue.encoder;
    const { searches, queries } = runs;
    const all = await trainingDataset(app, catalogue, { queries: searches + queries, seed: SEED });
    // The shop's own queries; those of its shoppers, and of the measurement, which training never sees.
    const half = Math.floor(all.validation.length / 2);
    const own = { ...all, train: all.train.slice(0, queries), validation: all.validation.slice(0, half) };
    const asked = { ...all, train: all.train.slice(queries), validation: all.validation.slice(half) };
    const serving = fusionOf(
      runs.ranking === 'sum' ? undefined : app.fusions.serving(space, dimensions),
      space,
      dimensions,
    );
    const ranking = await matrices(serving, asked, asked.train);
    serving.close();
    const pages = shownPages(asked, ranking, 1);
    recoverPropensities(asked, pages, runs.seeds, log);
    await compareTraining({ own, asked, pages, spec: { kind: 'attention', space, dimensions } }, runs, log);
  } finally {
    await app.close();
  }
}

function recoverPropensities(asked: Dataset, pages: readonly ShownPage[], seeds: number, log: Log): void {
  log(
    `Propensities of places 1 to 6 as estimated: mean over ${seeds} seeds of simulated clicks (root mean square error)`,
  );
  for (const [name, looks] of LOOKS) {
    log(`${name}: true ${looks.map((look) => look.toFixed(2)).join(' ')}`);
    for (const count of [500, 2_000, pages.length].filter((each) => each <= pages.length)) {
      const found = Array.from({ length: seeds }, (_, seed) => {
        const searches = simulatedSearches(asked, pages.slice(0, count), hiddenRelevance(asked, seed), looks, seed);
        return clickExamples(searches, asked, OPTIONS);
      });
      const estimates = found.map(({ propensities }) => propensities).filter(({ length }) => length > 0);
      const errors = estimates.flatMap((each) => looks.map((look, i) => (look - (each[i] ?? 0)) ** 2));
      const means = looks.map((_, i) => meanOf(estimates.map((each) => each[i] ?? 0)).toFixed(2));
      const clicked = Math.round(meanOf(found.map(({ counts }) => counts.searches)));
      log(`  ${count} searches, ${clicked} clicked: ${means.join(' ')} (${Math.sqrt(meanOf(errors)).toFixed(3)})`);
    }
  }
}

interface Shop {
  readonly own: Dataset;
  readonly asked: Dataset;
  readonly pages: readonly ShownPage[];
  readonly spec: { readonly kind: 'attention'; readonly space: string; readonly dimensions: number };
}

async function compareTraining(shop: Shop, { seeds, epochs, steps }: ClickRuns, log: Log): Promise<void> {
  const scores = new Map<Way, number[]>(WAYS.map((way) => [way, []]));
  log(
    `Training with clicks at places looked at by 1/k; nDCG@10 of ${shop.asked.validation.length} other queries a seed`,
  );
  for (let seed = 1; seed <= seeds; seed++) {
    const relevance = hiddenRelevance(shop.asked, seed);
    for (const way of WAYS) {
      const dataset = datasetFor(way, shop, relevance, seed);
      const options = {
        spec: shop.spec,
        loss: 'contrastive' as const,
        epochs,
        stepsAnEpoch: steps,
        batch: BATCH,
        seed,
      };
      const { weights } = await new FusionTrainer(dataset, options).run();
      const fusion = await TrainedFusion.load({ id: way, ...shop.spec }, weights);
      const own = await scoresOf(fusion, shop.asked, relevance);
      fusion.close();
      scores.get(way)?.push(...own);
      log(`  seed ${seed}, ${way}: ${meanOf(own).toFixed(4)}, ${dataset.train.length - shop.own.train.length} pairs`);
    }
  }
  for (const [a, b] of [
    ['corrected clicks', 'raw clicks'],
    ['corrected clicks', 'no clicks'],
    ['raw clicks', 'no clicks'],
  ] as const) {
    const { difference, low, high } = pairedBootstrap(scores.get(a) ?? [], scores.get(b) ?? [], { seed: 1 });
    const range = [difference, low, high].map((value) => value.toFixed(4));
    log(`${a} minus ${b}: ${range[0]}, paired bootstrap over seeds and queries, 95 %: [${range[1]}, ${range[2]}]`);
  }
}

/** The catalogue's queries with what a way takes of the clicks. */
function datasetFor(way: Way, { own, asked, pages }: Shop, relevance: Relevance, seed: number): Dataset {
  if (way === 'no clicks') return own;
  const searches = simulatedSearches(asked, pages, relevance, BIASED, seed);
  const made = clickExamples(searches, own, { ...OPTIONS, corrected: way === 'corrected clicks' });
  return {
    ...own,
    train: [...own.train, ...made.train],
    validation: [...own.validation, ...made.validation],
  };
}

/** nDCG@10 of each query, by what is right to the shoppers. */
async function scoresOf(fusion: Fusion, asked: Dataset, relevance: Relevance): Promise<number[]> {
  const { queries, products } = await matrices(fusion, asked, asked.validation);
  const groups = asked.items.map(({ group }) => group);
  return asked.validation.map((example, i) => {
    const relevant = new Map([...example.relevant.keys()].map((number) => [number, relevance(example, number)]));
    const { dimensions } = queries;
    const query = { data: queries.data.subarray(i * dimensions, (i + 1) * dimensions), count: 1, dimensions };
    return scoreRanking([{ ...example, relevant }], query, products, groups).ndcg10;
  });
}

async function matrices(
  fusion: Fusion,
  dataset: Dataset,
  examples: readonly Example[],
): Promise<{ queries: Matrix; products: Matrix }> {
  const fused = async (inputs: readonly ModalityVectors[], role: FusionRole) => {
    const data = new Float32Array(inputs.length * fusion.dimensions);
    for (let start = 0; start < inputs.length; start += 512) {
      const made = await fusion.fuse(inputs.slice(start, start + 512), role);
      for (const [i, { vector }] of made.entries()) data.set(vector, (start + i) * fusion.dimensions);
    }
    return { data, count: inputs.length, dimensions: fusion.dimensions };
  };
  return {
    queries: await fused(
      examples.map((example) => vectorsOf(example, dataset)),
      'query',
    ),
    products: await fused(dataset.items.map(productVectors), 'product'),
  };
}
