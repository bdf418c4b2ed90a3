import type { CatalogueModel } from '../catalogue';
import type { EncoderLimits } from '../create';
import type { WorkerData } from '../model-spec';
import { workerModule } from '../worker-module';
import { IsolatedRecogniser } from './isolated';

/** Milliseconds for two minutes of speech on a slow core; who waits for it gives up sooner. */
const DEADLINE = 60_000;

/** Whisper (arXiv 2212.04356) in ONNX, in a worker thread. Throws what loading models throws: MODEL_MISSING, MODEL_CORRUPT. */
export class WhisperRecogniser extends IsolatedRecogniser {
  constructor({ entry, folder }: CatalogueModel, lockFile: string, limits: EncoderLimits = {}) {
    const data: WorkerData = { entry, folder, lockFile };
    const id = `${entry.id}@${entry.revision.slice(0, 12)}`;
    super({ id, deadline: DEADLINE, module: workerModule('speech/whisper-worker'), data, ...limits });
  }
}
