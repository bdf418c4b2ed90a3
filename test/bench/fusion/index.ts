import { parseArgs } from 'node:util';
import type { MeasuredSplit } from './draw';
import { chooseFixedWeights } from './lambda';
import { writeFusionQueries } from './queries';
import { benchFusionSystems } from './systems';
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

const PARTS: Readonly<Record<string, (args: readonly string[], log: Log) => Promise<void>>> = {
  weights: ([dataDir = 'data'], log) => chooseFusedWeights(dataDir, log),
  queries,
  systems,
  lambda: ([dataDir = 'data'], log) => chooseFixedWeights(dataDir, log),
};

/** Measures, or chooses, one part of fusion over the demo catalogue in a data directory ("vitrine --data-dir FOLDER demo" makes it). */
export async function benchFusion([part, ...args]: readonly string[], log: Log): Promise<void> {
  const run = PARTS[part ?? ''];
  if (!run) throw new Error(`the parts are ${Object.keys(PARTS).join(', ')}`);
  await run(args, log);
}
