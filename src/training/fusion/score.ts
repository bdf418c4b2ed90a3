import { type Fusion, type FusionRole, MODALITIES, type ModalityVectors } from '../../domain';
import { type Dataset, productVectors } from './dataset';
import type { Example } from './examples';
import { type Matrix, type RankingScore, scoreRanking } from './ranking';

/** What a fusion reaches with queries of a dataset, over its products. Throws FUSION_FAILED. */
export async function scoreFusion(
  fusion: Fusion,
  dataset: Dataset,
  examples: readonly Example[],
): Promise<RankingScore> {
  const queries = await matrixOf(
    fusion,
    examples.map((example) => vectorsOf(example, dataset)),
    'query',
  );
  const products = await matrixOf(fusion, dataset.items.map(productVectors), 'product');
  return scoreRanking(
    examples,
    queries,
    products,
    dataset.items.map(({ group }) => group),
  );
}

/** The vectors of a query. */
export function vectorsOf({ tokens }: Example, { vectors }: Dataset): ModalityVectors {
  const entries = MODALITIES.flatMap((modality) => {
    const place = tokens[modality];
    return place === undefined ? [] : [[modality, vectors.at(place)]];
  });
  return Object.fromEntries(entries);
}

async function matrixOf(fusion: Fusion, inputs: readonly ModalityVectors[], role: FusionRole): Promise<Matrix> {
  const data = new Float32Array(inputs.length * fusion.dimensions);
  for (const [i, { vector }] of (await fusion.fuse(inputs, role)).entries()) data.set(vector, i * fusion.dimensions);
  return { data, count: inputs.length, dimensions: fusion.dimensions };
}
