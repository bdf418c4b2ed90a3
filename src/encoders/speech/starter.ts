import type { Heard, Speech, SpeechRecogniser } from '../../domain';
import { IsolatedWorker } from '../../tensor';
import type { CatalogueModel } from '../catalogue';
import type { EncoderLimits } from '../create';
import type { WorkerData } from '../model-spec';
import { workerModule } from '../worker-module';
import type { VoiceRequest } from './starter-model';

/** Milliseconds for two minutes of speech on a slow core. */
const DEADLINE = 20_000;

/** The starter recogniser, in a worker thread: its transcript is made of the words that it knows and the catalogue's. */
class StarterRecogniser implements SpeechRecogniser {
  readonly id: string;
  readonly space: string | undefined;
  private readonly worker: IsolatedWorker<VoiceRequest, Heard>;

  constructor({ entry, folder }: CatalogueModel, lockFile: string, limits: EncoderLimits) {
    this.id = `${entry.id}@${entry.revision.slice(0, 12)}`;
    this.space = entry.space ?? undefined;
    const data: WorkerData = { entry, folder, lockFile };
    const module = workerModule('speech/starter-worker');
    this.worker = new IsolatedWorker({
      name: 'recogniser',
      failure: 'RECOGNISER_FAILED',
      deadline: DEADLINE,
      module,
      data,
      ...limits,
    });
  }

  async recognise(
    speech: Speech,
    { language, words, signal }: Parameters<SpeechRecogniser['recognise']>[1],
  ): Promise<Heard> {
    const heard = await this.worker.call({ speech, ...(language && { language }), ...(words && { words }) }, signal);
    return heard.vector ? { ...heard, vector: Float32Array.from(heard.vector) } : heard;
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}

/** The starter recogniser of a catalogue's model. Throws, when called, RECOGNISER_FAILED, MODEL_MISSING or MODEL_CORRUPT. */
export function starterRecogniser(
  model: CatalogueModel,
  lockFile: string,
  limits: EncoderLimits = {},
): SpeechRecogniser {
  return new StarterRecogniser(model, lockFile, limits);
}
