import { Worker } from 'node:worker_threads';
import { type TextEncoder, VitrineError } from '../domain';

/** What `IsolatedTextEncoder` needs. */
export interface IsolatedOptions {
  /** What the encoder is, as the module in the worker will say it too. */
  readonly describe: Pick<TextEncoder, 'id' | 'space' | 'dimensions' | 'maxBatch'>;
  /** A CommonJS module that exports `encode(texts: string[], language?: string): Promise<Float32Array[]>`. */
  readonly module: string;
  /** Most calls that run or wait; beyond it ENCODER_FAILED at once. */
  readonly queueLimit?: number;
  /** Milliseconds for one call; the worker is ended then. */
  readonly deadline?: number;
  /** Most megabytes of JavaScript heap in the worker; it is ended beyond. */
  readonly heapMegabytes?: number;
}

interface Call {
  readonly resolve: (vectors: Float32Array[]) => void;
  readonly reject: (error: Error) => void;
  readonly texts: readonly string[];
  readonly language: string | undefined;
  readonly signal: AbortSignal | undefined;
}

interface Answer {
  readonly vectors?: readonly Float32Array[];
  readonly failed?: boolean;
}

const QUEUE_LIMIT = 64;
const DEADLINE = 5_000;
const HEAP_MEGABYTES = 1_024;

/**
 * Runs an encoder in a worker thread of its own, one call at a time: one that throws fails its call, one that hangs or
 * grows is ended and started anew for the next call. What serves shoppers goes on.
 */
export class IsolatedTextEncoder implements TextEncoder {
  readonly parallel = false;
  private worker: Worker | undefined;
  private running: { readonly call: Call; readonly timer: NodeJS.Timeout } | undefined;
  private readonly waiting: Call[] = [];
  private closed = false;

  constructor(private readonly options: IsolatedOptions) {}

  get id(): string {
    return this.options.describe.id;
  }

  get space(): string {
    return this.options.describe.space;
  }

  get dimensions(): number {
    return this.options.describe.dimensions;
  }

  get maxBatch(): number {
    return this.options.describe.maxBatch;
  }

  encode(
    texts: readonly string[],
    { language, signal }: Parameters<TextEncoder['encode']>[1],
  ): Promise<Float32Array[]> {
    if (this.closed) return Promise.reject(failed('The encoder is closed.'));
    if (this.waiting.length + (this.running ? 1 : 0) >= (this.options.queueLimit ?? QUEUE_LIMIT)) {
      return Promise.reject(failed('Too many texts are waiting to be encoded.'));
    }
    return new Promise((resolve, reject) => {
      const call = { resolve, reject, texts, language, signal };
      // A caller that stops waiting leaves the line; a call under way ends by itself.
      signal?.addEventListener('abort', () => this.forget(call), { once: true });
      this.waiting.push(call);
      this.next();
    });
  }

  /** Ends the worker; calls under way are rejected. */
  async close(): Promise<void> {
    this.closed = true;
    const { worker } = this;
    this.fail('The encoder is closed.');
    for (const call of this.waiting.splice(0)) call.reject(failed('The encoder is closed.'));
    await worker?.terminate();
  }

  private next(): void {
    if (this.running || this.closed) return;
    const call = this.waiting.shift();
    if (call === undefined) return;
    const timer = setTimeout(() => this.fail('The encoder took too long.'), this.options.deadline ?? DEADLINE);
    this.running = { call, timer };
    this.worker ??= this.start();
    this.worker.postMessage({ texts: call.texts, language: call.language });
  }

  private start(): Worker {
    const { module, heapMegabytes } = this.options;
    const worker = new Worker(HOST, {
      eval: true,
      workerData: module,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes ?? HEAP_MEGABYTES },
    });
    worker.unref();
    worker.on('message', (answer: Answer) => {
      if (this.worker === worker) this.answered(answer);
    });
    const ended = (): void => {
      if (this.worker === worker) this.fail('The encoder ended.');
    };
    worker.on('error', ended);
    worker.on('exit', ended);
    return worker;
  }

  private answered({ vectors }: Answer): void {
    const { running } = this;
    this.running = undefined;
    clearTimeout(running?.timer);
    if (vectors) running?.call.resolve(vectors.map((vector) => Float32Array.from(vector)));
    else running?.call.reject(failed('The encoder failed.'));
    this.next();
  }

  /** Ends the worker; its call is rejected, and the next call starts another worker. */
  private fail(reason: string): void {
    const { running, worker } = this;
    this.running = undefined;
    this.worker = undefined;
    clearTimeout(running?.timer);
    void worker?.terminate();
    running?.call.reject(failed(reason));
    this.next();
  }

  private forget(call: Call): void {
    const place = this.waiting.indexOf(call);
    if (place < 0) return;
    this.waiting.splice(place, 1);
    call.reject(failed('Nobody waits for it any more.'));
  }
}

function failed(message: string): VitrineError {
  return new VitrineError('ENCODER_FAILED', message);
}

/** The worker: loads the module when the first call comes, and says no more of a fault than that there was one. */
const HOST = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', async ({ texts, language }) => {
  try {
    parentPort.postMessage({ vectors: await require(workerData).encode(texts, language) });
  } catch {
    parentPort.postMessage({ failed: true });
  }
});
`;
