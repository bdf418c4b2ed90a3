import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../src/app';
import { loadConfig } from '../../../src/config';
import { MODALITIES } from '../../../src/domain';
import { EQUAL, SumFusion, type SumWeights } from '../../../src/fusion';
import { groupBy, readLabelledQueries } from '../../../src/training';
import { type EncodedSet, encodeSet } from './encoded';
import { writeFusionQueries } from './queries';
import { FusedCatalogue } from './ranking';
import { meanOf, scoreQueries } from './scores';

/** Weights that are tried beside each other; only their ratios matter. */
const TRIED = [0, 0.1, 0.2, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8];
/** What a change must be worth. */
const LEAST_GAIN = 5e-4;

/** Mean over modalities of nDCG@10. */
async function scoreOf({ space, dimensions, ...set }: EncodedSet, weights: SumWeights): Promise<number> {
  const fusion = new SumFusion(space, dimensions, weights);
  const products = await FusedCatalogue.of(fusion, set, set.inputs);
  const scores = await scoreQueries(fusion, products, set.catalogue, set.queries);
  const byModality = groupBy([...scores.keys()], (i) => set.queries[i]?.query.modality ?? '');
  return meanOf([...byModality.values()].map((numbers) => meanOf(numbers.map((i) => scores[i]?.['nDCG@10'] ?? 0))));
}

/** The weights of a sum that score best, one after the other until none gets better. */
export async function searchWeights(set: EncodedSet, log: (line: string) => void): Promise<SumWeights> {
  let best = EQUAL;
  let score = await scoreOf(set, best);
  log(`equal weights: ${score.toFixed(4)}`);
  for (let before = -1; score > before; ) {
    before = score;
    for (const modality of MODALITIES) {
      if (!set.queries.some(({ vectors }) => vectors[modality])) continue;
      for (const value of TRIED.filter((each) => each !== best[modality])) {
        const weights = { ...best, [modality]: value };
        const found = await scoreOf(set, weights);
        if (found > score + LEAST_GAIN) [best, score] = [weights, found];
      }
      log(`${modality} ${best[modality]}: ${score.toFixed(4)}`);
    }
  }
  return best;
}

/** Chooses one fixed weight a modality, on validation queries that are written anew: never on those that measure. */
export async function chooseFixedWeights(dataDir: string, log: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-lambda-'));
  const app = createApp(loadConfig({ DATA_DIR: dataDir }));
  try {
    await writeFusionQueries(dataDir, folder, 'validation', log);
    const set = await encodeSet(app, readLabelledQueries(join(folder, 'queries.jsonl')));
    log(`chosen: ${JSON.stringify(await searchWeights(set, log))}`);
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
