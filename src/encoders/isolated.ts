import type { DecodedPicture, ImageEncoder, TextEncoder, TextRole } from '../domain';
import { type IsolatedOptions, IsolatedWorker } from '../tensor';

/** What an encoder is, as the module in the worker will say it too. */
type Description = Pick<TextEncoder, 'id' | 'space' | 'dimensions' | 'maxBatch'>;

/** What the encoders of this file need. */
export interface IsolatedEncoderOptions extends Omit<IsolatedOptions, 'name' | 'failure'> {
  readonly describe: Description;
}

/** A call of the module of a text encoder; its answer are the vectors. */
export interface TextRequest {
  readonly texts: readonly string[];
  readonly role: TextRole;
  readonly language?: string;
}

/** A call of the module of an image encoder; its answer are the vectors. */
export interface PictureRequest {
  readonly pictures: readonly DecodedPicture[];
}

/** An encoder whose module runs in a worker thread: see `IsolatedWorker`. */
class IsolatedEncoder<Request> implements Description {
  readonly parallel = false;
  readonly id: string;
  readonly space: string;
  readonly dimensions: number;
  readonly maxBatch: number;
  private readonly worker: IsolatedWorker<Request, readonly Float32Array[]>;

  constructor({ describe, ...options }: IsolatedEncoderOptions) {
    ({ id: this.id, space: this.space, dimensions: this.dimensions, maxBatch: this.maxBatch } = describe);
    this.worker = new IsolatedWorker({ ...options, name: 'encoder', failure: 'ENCODER_FAILED' });
  }

  close(): Promise<void> {
    return this.worker.close();
  }

  protected async vectors(request: Request, signal: AbortSignal | undefined): Promise<Float32Array[]> {
    const vectors = await this.worker.call(request, signal);
    return vectors.map((vector) => Float32Array.from(vector));
  }
}

/** A text encoder in a worker thread. */
export class IsolatedTextEncoder extends IsolatedEncoder<TextRequest> implements TextEncoder {
  encode(
    texts: readonly string[],
    { role = 'query', language, signal }: Parameters<TextEncoder['encode']>[1],
  ): Promise<Float32Array[]> {
    return this.vectors({ texts, role, ...(language && { language }) }, signal);
  }
}

/** An image encoder in a worker thread. */
export class IsolatedImageEncoder extends IsolatedEncoder<PictureRequest> implements ImageEncoder {
  encode(
    pictures: readonly DecodedPicture[],
    { signal }: Parameters<ImageEncoder['encode']>[1],
  ): Promise<Float32Array[]> {
    return this.vectors({ pictures }, signal);
  }
}
