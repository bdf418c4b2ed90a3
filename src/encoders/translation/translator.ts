import { type Language, type MessageTranslator, VitrineError } from '../../domain';
import { IsolatedWorker } from '../../tensor';
import { type CatalogueModel, type ModelSettings, modelCatalogue } from '../catalogue';
import type { EncoderLimits } from '../create';
import type { WorkerData } from '../model-spec';
import { workerModule } from '../worker-module';

/** Milliseconds for a text on a slow core; who waits for it gives up sooner. */
const DEADLINE = 20_000;

/** A call of the module of a translator; its answer is the text. */
export interface TranslationRequest {
  readonly text: string;
  readonly from: Language;
  readonly to: Language;
}

/** The settings that say whether there is a translator; see `src/config`. */
export interface TranslationSettings extends ModelSettings {
  readonly TRANSLATION: 'off' | 'hub';
}

/** A translator in a worker thread: see `IsolatedWorker`. */
export class IsolatedTranslator implements MessageTranslator {
  private readonly worker: IsolatedWorker<TranslationRequest, string>;

  constructor({ entry, folder }: CatalogueModel, lockFile: string, limits: EncoderLimits = {}) {
    const data: WorkerData = { entry, folder, lockFile };
    const module = workerModule('translation/translation-worker');
    const options = { deadline: DEADLINE, module, data, ...limits };
    this.worker = new IsolatedWorker({ ...options, name: 'translator', failure: 'TRANSLATION_FAILED' });
  }

  /** What runs already when the signal aborts runs on, and nobody waits for it. */
  async translate(text: string, { from, to, signal }: Parameters<MessageTranslator['translate']>[1]): Promise<string> {
    const work = this.worker.call({ text, from, to }, signal);
    if (!signal) return work;
    let giveUp = (): void => undefined;
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = () => reject(new VitrineError('TRANSLATION_FAILED', 'The translation took too long.'));
    });
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([work, givenUp]);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}

/**
 * The translator that the settings name, or undefined for `off` and where the manifest lists none. Nothing is loaded before
 * the first call; a call whose model is missing or damaged is rejected with MODEL_MISSING or MODEL_CORRUPT, and the next one
 * tries to load anew. `close` ends the thread.
 */
export function createMessageTranslator(
  settings: TranslationSettings,
  limits: EncoderLimits = {},
): IsolatedTranslator | undefined {
  if (settings.TRANSLATION === 'off') return undefined;
  const catalogue = modelCatalogue(settings);
  const model = catalogue.translationModel();
  return model && new IsolatedTranslator(model, catalogue.lockFile, limits);
}
