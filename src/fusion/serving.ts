import { join } from 'node:path';
import type { Attributes, Fusion, TextEncoder, Vocabulary } from '../domain';
import { AttributeVectors } from './attribute-vectors';
import { fusionOf } from './lazy';
import { FusionStore } from './store';

/** A fusion, and the vectors of attributes that it fuses. */
export interface ServingFusion {
  readonly fusion: Fusion;
  readonly attributeVectors: (
    attributes: readonly Attributes[],
    signal?: AbortSignal,
  ) => Promise<(Float32Array | undefined)[]>;
}

/** The shop's own weights, on top of the starter ones. */
export function fusionStore({ DATA_DIR, MODELS_DIR }: { DATA_DIR: string; MODELS_DIR: string }): FusionStore {
  return new FusionStore(join(DATA_DIR, 'fusion'), join(MODELS_DIR, 'starter', 'fusion', 'model.safetensors'));
}

/** The trained fusion of the words' space; undefined where no weights are trained for it. Throws MODEL_CORRUPT. */
export function servingFusion(
  store: FusionStore,
  encoder: TextEncoder,
  vocabulary: Vocabulary,
): ServingFusion | undefined {
  const stored = store.serving(encoder.space, encoder.dimensions);
  if (!stored) return undefined;
  const attributes = new AttributeVectors(encoder, vocabulary);
  return {
    fusion: fusionOf(stored, encoder.space, encoder.dimensions),
    attributeVectors: (many, signal) => attributes.of(many, signal),
  };
}
