import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../config';
import { type CatalogueModel, type ModelSettings, modelCatalogue } from './catalogue';
import { type IsolatedOptions, IsolatedTextEncoder } from './isolated';
import type { TextWorkerData } from './worker';

/** Most texts a call: more would only make the padding longer. */
const MAX_BATCH = 32;
/** Milliseconds for a call: a full one of long texts through a hub model on a slow core, with room to spare. */
const DEADLINE = 30_000;

/** Limits of the worker, for tests. */
export type EncoderLimits = Pick<IsolatedOptions, 'queueLimit' | 'deadline' | 'loadDeadline' | 'heapMegabytes'>;

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

/** The same for one model of a catalogue. */
export function isolatedTextEncoder(
  { entry, folder }: CatalogueModel,
  lockFile: string,
  limits: EncoderLimits = {},
): IsolatedTextEncoder {
  const data: TextWorkerData = { entry, folder, lockFile };
  return new IsolatedTextEncoder({
    describe: {
      // An index remembers this: vectors of another revision are another encoder's.
      id: `${entry.id}@${entry.revision.slice(0, 12)}`,
      space: entry.space ?? entry.id,
      dimensions: entry.dimensions ?? 0,
      maxBatch: MAX_BATCH,
    },
    deadline: DEADLINE,
    module: workerModule(),
    data,
    ...limits,
  });
}

/** The compiled worker: beside this file, or where the build puts it while the source itself runs (under Jest). */
function workerModule(): string {
  const beside = join(__dirname, 'worker.js');
  return existsSync(beside) ? beside : join(packageRoot(), 'dist', 'src', 'encoders', 'worker.js');
}
