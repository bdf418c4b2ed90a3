import type { Heard, Language, Speech, SpeechRecogniser } from '../../domain';
import { type IsolatedOptions, IsolatedWorker } from '../../tensor';

/** A call of the module of a recogniser; its answer is `Heard`. */
export interface SpeechRequest {
  readonly speech: Speech;
  readonly language?: Language;
}

/** What `IsolatedRecogniser` needs. */
export interface IsolatedRecogniserOptions extends Omit<IsolatedOptions, 'name' | 'failure'> {
  readonly id: string;
  readonly space?: string | undefined;
}

/** A recogniser whose module runs in a worker thread: see `IsolatedWorker`. It takes no words as hints. */
export class IsolatedRecogniser implements SpeechRecogniser {
  readonly id: string;
  readonly space: string | undefined;
  private readonly worker: IsolatedWorker<SpeechRequest, Heard>;

  constructor({ id, space, ...options }: IsolatedRecogniserOptions) {
    this.id = id;
    this.space = space;
    this.worker = new IsolatedWorker({ ...options, name: 'recogniser', failure: 'RECOGNISER_FAILED' });
  }

  recognise(speech: Speech, { language, signal }: Parameters<SpeechRecogniser['recognise']>[1]): Promise<Heard> {
    return this.worker.call({ speech, ...(language && { language }) }, signal);
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}
