import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type App, createApp } from '../app';
import { VitrineError } from '../domain';
import { type FusionSpec, fusionOf, TRAINED_KINDS, type TrainedKind } from '../fusion';
import { takeLock } from '../storage';
import {
  Checkpoints,
  type Dataset,
  FusionTrainer,
  LOSSES,
  type LossKind,
  type RankingScore,
  type RunOptions,
  scoreFusion,
  type Trained,
} from '../training';
import { configOf, withApp } from './context';
import { Progress } from './progress';
import { syncIndex } from './sync-index';
import { withClicks } from './training-clicks';
import { type TrainingCatalogue, trainingCatalogue } from './training-items';
import { trainingDataset } from './training-set';

interface TrainFlags {
  readonly fusion: TrainedKind;
  readonly loss: LossKind;
  readonly epochs: number;
  readonly queries: number;
  readonly seed: number;
  /** False where only the catalogue's queries are to be learnt from. */
  readonly clicks: boolean;
  readonly resume?: true;
  readonly force?: true;
  readonly back?: true;
}

function between(low: number, high: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isSafeInteger(number) || number < low || number > high)
      throw new InvalidArgumentError(`a whole number from ${low} to ${high}`);
    return number;
  };
}

export function registerTrain(program: Command): void {
  const command = program
    .command('train')
    .description(
      "train the fusion of words, photos, voice and history on the catalogue's own products and on shoppers' clicks",
    )
    .addOption(new Option('--fusion <kind>', 'the network').choices([...TRAINED_KINDS]).default('attention'))
    .addOption(new Option('--loss <kind>', 'the loss').choices([...LOSSES]).default('contrastive'))
    .option('--epochs <number>', 'passes over the queries at most', between(1, 1_000), 6)
    .option('--queries <number>', 'queries to make of the catalogue', between(100, 200_000), 12_000)
    .option('--seed <number>', 'what the random numbers start from', between(0, 2 ** 31), 1)
    .option('--no-clicks', "learn from the catalogue's queries only, not from what shoppers searched and clicked")
    .option('--resume', 'go on where a run with the same options was stopped')
    .option('--force', 'let the new weights serve even if those that serve score higher')
    .option('--back', 'let the weights that served before serve again; nothing is trained')
    .action((flags: TrainFlags) => {
      const config = configOf(command);
      return withApp(config, async (app, signal) => {
        const lock = takeLock(config.DATA_DIR, 'write');
        try {
          await (flags.back ? goBack(app, signal) : train(app, flags, signal));
        } finally {
          lock.release();
        }
      });
    });
}

async function train(app: App, flags: TrainFlags, signal: AbortSignal): Promise<void> {
  const catalogue = await trainingCatalogue(app, signal);
  const made = await trainingDataset(app, catalogue, flags, signal);
  const dataset = flags.clicks ? withClicks(app, made, catalogue) : made;
  const { space, dimensions } = catalogue.encoder;
  const spec = { kind: flags.fusion, space, dimensions };
  const trained = await run(app, dataset, spec, flags, signal);
  const id = `${flags.fusion}-${digestOf(trained)}`;
  const notes = {
    loss: flags.loss,
    seed: String(flags.seed),
    validation: trained.score.ndcg10.toFixed(4),
    products: String(dataset.items.length),
    queries: String(made.train.length),
    clicks: String(dataset.train.length - made.train.length),
  };
  await app.fusions.put({ spec: { id, ...spec }, weights: trained.weights, notes });
  const served = await servingScore(app, dataset, catalogue);
  tell(trained.score, served);
  if (trained.score.ndcg10 < served.ndcg10 && !flags.force) {
    process.stdout.write('The weights that serve score higher and stay; --force lets the new ones serve.\n');
    return;
  }
  await app.fusions.activate(id);
  process.stdout.write(`${id} serves from now on; "vitrine train --back" goes back.\n`);
  await rebuild(app, signal);
}

async function run(
  app: App,
  dataset: Dataset,
  spec: Omit<FusionSpec, 'id'>,
  flags: TrainFlags,
  signal: AbortSignal,
): Promise<Trained> {
  const { loss, epochs, seed, queries } = flags;
  // Clicks that came since a run was stopped don't make it another one.
  const clicks = flags.clicks ? 'with' : 'without';
  const options: RunOptions = { ...spec, loss, epochs, seed, queries, clicks, products: dataset.items.length };
  const checkpoints = new Checkpoints(join(app.config.DATA_DIR, 'fusion', 'checkpoint'));
  const from = flags.resume ? await checkpoints.last(options) : undefined;
  const bar = new Progress('Training');
  try {
    const trainer = new FusionTrainer(dataset, {
      spec,
      loss,
      epochs,
      seed,
      signal,
      ...(from && { from }),
      onProgress: ({ step, steps, loss: value, recall10 }) =>
        bar.update(step, steps, `loss ${value.toFixed(3)}, Recall@10 ${recall10.toFixed(3)}`),
      onCheckpoint: (checkpoint) => checkpoints.save(options, checkpoint),
    });
    const trained = await trainer.run();
    await checkpoints.clear();
    return trained;
  } finally {
    bar.stop();
  }
}

/** What the fusion that serves reaches with the same validation queries. */
async function servingScore(app: App, dataset: Dataset, { encoder }: TrainingCatalogue): Promise<RankingScore> {
  const { space, dimensions } = encoder;
  const serving = fusionOf(app.fusions.serving(space, dimensions), space, dimensions);
  try {
    return await scoreFusion(serving, dataset, dataset.validation);
  } finally {
    serving.close();
  }
}

function tell(trained: RankingScore, served: RankingScore): void {
  const line = (name: string, now: number, before: number) =>
    `${name.padEnd(14)} ${now.toFixed(3)}   ${before.toFixed(3)}\n`;
  const types = Object.keys(trained.byType).map((type) =>
    line(type, trained.byType[type]?.ndcg10 ?? 0, served.byType[type]?.ndcg10 ?? 0),
  );
  const head = `nDCG@10 with validation queries: the new weights, and those that serve\n`;
  process.stdout.write(head + types.join('') + line('mean', trained.ndcg10, served.ndcg10));
}

async function goBack(app: App, signal: AbortSignal): Promise<void> {
  const id = await app.fusions.back();
  if (id === undefined) throw new VitrineError('MODEL_MISSING', 'there are no weights that served before');
  process.stdout.write(`${id === '' ? 'The starter weights serve' : `${id} serves`} again.\n`);
  await rebuild(app, signal);
}

/** The index fuses products: it is built anew with the weights that serve now, beside the one that serves, and swapped. */
async function rebuild(app: App, signal: AbortSignal): Promise<void> {
  const again = createApp(app.config);
  try {
    const { indexed } = await syncIndex(again, signal, { rebuild: true });
    process.stdout.write(`Index: ${indexed} products indexed anew\n`);
  } finally {
    await again.close();
  }
}

function digestOf({ weights }: Trained): string {
  const hash = createHash('sha256');
  for (const [name, { data }] of Object.entries(weights))
    hash.update(name).update(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest('hex').slice(0, 10);
}
