import type { IsolatedLimits } from '../tensor';
import { type CatalogueModel, type ModelSettings, modelCatalogue } from './catalogue';
import { type IsolatedEncoderOptions, IsolatedImageEncoder, IsolatedTextEncoder } from './isolated';
import type { WorkerData } from './model-spec';
import { workerModule } from './worker-module';

/** Most texts a call: more would only make the padding longer. */
const MAX_TEXTS = 32;
/** Most pictures a call. */
const MAX_PICTURES = 16;
/** Milliseconds for a call: a full one of long texts through a hub model on a slow core, with room to spare. */
const DEADLINE = 30_000;

/** Limits of the worker, for tests. */
export type EncoderLimits = IsolatedLimits;

/**
 * The text encoder that the settings name, in a worker thread of its own, or undefined for MODELS=none and where the
 * manifest lists none of the set. Nothing is loaded before the first call; a call whose model is missing or damaged is
 * rejected with MODEL_MISSING or MODEL_CORRUPT, and the next one tries to load anew. `close` ends the thread.
 */
export function createTextEncoder(
  settings: ModelSettings,
  limits: EncoderLimits = {},
): IsolatedTextEncoder | undefined {
  const catalogue = modelCatalogue(settings);
  const model = catalogue.textModel();
  return model && isolatedTextEncoder(model, catalogue.lockFile, limits);
}

/** The image encoder, likewise. */
export function createImageEncoder(
  settings: ModelSettings,
  limits: EncoderLimits = {},
): IsolatedImageEncoder | undefined {
  const catalogue = modelCatalogue(settings);
  const model = catalogue.imageModel();
  return model && new IsolatedImageEncoder(optionsFor('image-worker', model, catalogue.lockFile, MAX_PICTURES, limits));
}

/** The text encoder of one model of a catalogue. */
export function isolatedTextEncoder(
  model: CatalogueModel,
  lockFile: string,
  limits: EncoderLimits = {},
): IsolatedTextEncoder {
  return new IsolatedTextEncoder(optionsFor('text-worker', model, lockFile, MAX_TEXTS, limits));
}

function optionsFor(
  worker: string,
  { entry, folder }: CatalogueModel,
  lockFile: string,
  maxBatch: number,
  limits: EncoderLimits,
): IsolatedEncoderOptions {
  const data: WorkerData = { entry, folder, lockFile };
  return {
    describe: {
      // An index remembers this: vectors of another revision are another encoder's.
      id: `${entry.id}@${entry.revision.slice(0, 12)}`,
      space: entry.space ?? entry.id,
      dimensions: entry.dimensions ?? 0,
      maxBatch,
    },
    deadline: DEADLINE,
    module: workerModule(worker),
    data,
    ...limits,
  };
}
