import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../../src/app';
import { trainingCatalogue } from '../../../src/cli/training-items';
import { trainingDataset } from '../../../src/cli/training-set';
import { loadConfig } from '../../../src/config';
import type { Modality } from '../../../src/domain';
import type { TrainedKind } from '../../../src/fusion';
import { saveWeights } from '../../../src/tensor';
import { type Dataset, type Example, FusionTrainer } from '../../../src/training';

export interface TrainRuns {
  readonly kinds: readonly TrainedKind[];
  /** Networks of each kind, from seed 1 on; the queries are those of seed 1. */
  readonly seeds: number;
  /** Modalities that one further attention network each does without. */
  readonly without: readonly Modality[];
  readonly epochs: number;
  readonly queries: number;
}

/**
 * Trains networks on a data directory's catalogue, each into a file of a folder that `fusion systems` reads: `attention-1` is
 * what `vitrine train` makes with the same options.
 */
export async function trainFusions(
  dataDir: string,
  folder: string,
  { kinds, seeds, without, epochs, queries }: TrainRuns,
  log: (line: string) => void,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const app = createApp(loadConfig({ DATA_DIR: dataDir }));
  try {
    const catalogue = await trainingCatalogue(app);
    const { space, dimensions } = catalogue.encoder;
    const dataset = await trainingDataset(app, catalogue, { queries, seed: 1 });
    const train = async (name: string, kind: TrainedKind, seed: number, own: Dataset) => {
      const trainer = new FusionTrainer(own, { spec: { kind, space, dimensions }, loss: 'contrastive', epochs, seed });
      const { weights, score, epochs: run } = await trainer.run();
      const types = Object.entries(score.byType).map(([type, { ndcg10 }]) => `${type} ${ndcg10.toFixed(3)}`);
      log(`${name}: ${run} epochs, validation nDCG@10 ${score.ndcg10.toFixed(4)} (${types.join(', ')})`);
      const notes = { id: name, kind, space, dimensions: String(dimensions), validation: score.ndcg10.toFixed(4) };
      await saveWeights(join(folder, `${name}.safetensors`), weights, notes);
    };
    for (let seed = 1; seed <= seeds; seed++)
      for (const kind of kinds) await train(`${kind}-${seed}`, kind, seed, dataset);
    for (const modality of without)
      await train(`attention-without-${modality}-1`, 'attention', 1, lacking(dataset, modality));
  } finally {
    await app.close();
  }
}

/** A dataset as if a modality did not exist, in queries and in products. */
function lacking(dataset: Dataset, modality: Modality): Dataset {
  const stripped = (examples: readonly Example[]) =>
    examples.flatMap((example): Example[] => {
      const { [modality]: _, ...tokens } = example.tokens;
      return Object.keys(tokens).length === 0 ? [] : [{ ...example, tokens }];
    });
  const items = dataset.items.map((item) => {
    const { picture, attributeVector, ...rest } = item;
    return {
      ...rest,
      // Zeros count as absent; what has nothing else keeps its words, for training takes every product.
      ...(modality === 'words' && (picture || attributeVector) && { words: new Float32Array(item.words.length) }),
      ...(picture && modality !== 'photo' && { picture }),
      ...(attributeVector && modality !== 'attributes' && { attributeVector }),
    };
  });
  return { ...dataset, items, train: stripped(dataset.train), validation: stripped(dataset.validation) };
}
