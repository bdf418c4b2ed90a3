import { join } from 'node:path';
import type { App } from '../app';
import type { Fusion, Product } from '../domain';
import { FusionStore, fusionOf, type TrainedKind } from '../fusion';
import { type EvaluatedSystem, type LabelledQuery, vectorSystem } from '../training';
import type { ProductVectors } from './product-vectors';
import { fusionInputs } from './query-vectors';

export interface FusionSystemOptions {
  readonly name: string;
  readonly app: App;
  readonly products: readonly Product[];
  readonly vectors: ProductVectors;
  readonly fusion: Fusion;
}

/**
 * Ranks by the cosine of fused vectors and by nothing else: words, photo, voice, what was understood of the words, and history.
 */
export async function fusionSystem(options: FusionSystemOptions): Promise<EvaluatedSystem> {
  const { name, app, products, vectors, fusion } = options;
  const { encoder } = app;
  if (!encoder) return { name, search: async () => ({ results: [] }) };
  const inputs = await fusionInputs(app, encoder);
  const fused = await fusion.fuse(await inputs.ofProducts(products, vectors), 'product');
  const encode = async (query: LabelledQuery): Promise<Float32Array | undefined> => {
    const found = await inputs.ofQuery(query);
    return Object.keys(found).length === 0 ? undefined : (await fusion.fuse([found], 'query'))[0]?.vector;
  };
  return vectorSystem({ name, products, vectors: fused.map(({ vector }) => [vector]), encode });
}

/** The starter weights of a kind; undefined where there are none for the space of the words. */
export function starterFusion({ config, encoder }: App, kind: TrainedKind): Fusion | undefined {
  if (!encoder) return undefined;
  const file = join(
    config.MODELS_DIR,
    'starter',
    'fusion',
    kind === 'attention' ? 'model.safetensors' : `${kind}.safetensors`,
  );
  const stored = new FusionStore(config.DATA_DIR, file).read('');
  return stored?.spec.space === encoder.space ? fusionOf(stored, encoder.space, encoder.dimensions) : undefined;
}
