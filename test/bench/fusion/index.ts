import { parseArgs } from 'node:util';
import { MODALITIES } from '../../../src/domain';
import { TRAINED_KINDS } from '../../../src/fusion';
import { benchClicks } from './clicks';
import type { MeasuredSplit } from './draw';
import { chooseFixedWeights } from './lambda';
import { writeFusionQueries } from './queries';
import { benchFusionSystems } from './systems';
import { trainFusions } from './train';
import { chooseFusedWeights } from './weights';

type Log = (line: string) => void;

function queries(args: readonly string[], log: Log): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { split: { type: 'string', default: 'test' } },
  });
  const [dataDir, folder] = positionals;
  const split = (['test', 'validation'] as const).find((each): each is MeasuredSplit => each === values.split);
  if (dataDir === undefined || folder === undefined || !split)
    throw new Error('fusion queries DATA_DIR FOLDER [--split test|validation]');
  return writeFusionQueries(dataDir, folder, split, log);
}

function systems(args: readonly string[], log: Log): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { weights: { type: 'string' }, vectors: { type: 'string' } },
  });
  const [folder, dataDir] = positionals;
  if (folder === undefined || dataDir === undefined)
    throw new Error('fusion systems FOLDER_OF_QUERIES DATA_DIR [--weights FOLDER] [--vectors FILE]');
  return benchFusionSystems(folder, dataDir, values, log);
}

function train(args: readonly string[], log: Log): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      kinds: { type: 'string', default: 'attention,weighted,concat' },
      seeds: { type: 'string', default: '3' },
      without: { type: 'string', default: MODALITIES.join(',') },
      epochs: { type: 'string', default: '6' },
      queries: { type: 'string', default: '12000' },
    },
  });
  const [dataDir, folder] = positionals;
  const kinds = TRAINED_KINDS.filter((kind) => values.kinds.split(',').includes(kind));
  const without = MODALITIES.filter((modality) => values.without.split(',').includes(modality));
  const [seeds, epochs, queries] = [values.seeds, values.epochs, values.queries].map(Number);
  if (dataDir === undefined || folder === undefined || seeds === undefined || !(seeds >= 0) || !epochs || !queries)
    throw new Error(
      'fusion train DATA_DIR FOLDER [--kinds LIST] [--seeds N] [--without LIST] [--epochs N] [--queries N]',
    );
  return trainFusions(dataDir, folder, { kinds, seeds, without, epochs, queries }, log);
}

function clicks(args: readonly string[], log: Log): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '5' },
      searches: { type: 'string', default: '6000' },
      queries: { type: 'string', default: '2000' },
      epochs: { type: 'string', default: '3' },
      steps: { type: 'string', default: '200' },
      ranking: { type: 'string', default: 'sum' },
    },
  });
  const [dataDir] = positionals;
  const [seeds, searches, queries, epochs, steps] = [
    values.seeds,
    values.searches,
    values.queries,
    values.epochs,
    values.steps,
  ].map(Number);
  const ranking = (['sum', 'serving'] as const).find((each) => each === values.ranking);
  if (dataDir === undefined || !seeds || !searches || !queries || !epochs || !steps || !ranking)
    throw new Error(
      'fusion clicks DATA_DIR [--seeds N] [--searches N] [--queries N] [--epochs N] [--steps N] [--ranking sum|serving]',
    );
  return benchClicks(dataDir, { seeds, searches, queries, epochs, steps, ranking }, log);
}

const PARTS: Readonly<Record<string, (args: readonly string[], log: Log) => Promise<void>>> = {
  weights: ([folder = '', dataDir = 'data'], log) => chooseFusedWeights(folder, dataDir, log),
  queries,
  systems,
  train,
  clicks,
  lambda: ([dataDir = 'data'], log) => chooseFixedWeights(dataDir, log),
};

/** Measures, or chooses, one part of fusion over the demo catalogue in a data directory ("vitrine --data-dir FOLDER demo" makes it). */
export async function benchFusion([part, ...args]: readonly string[], log: Log): Promise<void> {
  const run = PARTS[part ?? ''];
  if (!run) throw new Error(`the parts are ${Object.keys(PARTS).join(', ')}`);
  await run(args, log);
}
