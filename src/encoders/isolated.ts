import { Worker } from 'node:worker_threads';
import { ERRORS, type ErrorCode, type TextEncoder, type TextRole, VitrineError } from '../domain';

/** What `IsolatedTextEncoder` needs. */
export interface IsolatedOptions {
  /** What the encoder is, as the module in the worker will say it too. */
  readonly describe: Pick<TextEncoder, 'id' | 'space' | 'dimensions' | 'maxBatch'>;
  /**
   * A CommonJS module that exports `encode(texts, { role, language }, data): Promise<Float32Array[]>` and may export
   * `load(data)`, which is awaited before the first call and again after it failed, and `close()`, which frees what it
   * holds. A VitrineError with a code MODEL_* comes back as it is; of any other fault only that there was one.
   */
  readonly module: string;
  /** Handed to the module's functions; plain data. */
  readonly data?: unknown;
  /** Most calls that run or wait; beyond it ENCODER_FAILED at once. */
  readonly queueLimit?: number;
  /** Milliseconds for one call; the worker is ended then. */
  readonly deadline?: number;
  /** Milliseconds for loading, which is not counted against the call that waits for it. */
  readonly loadDeadline?: number;
  /** Most megabytes of JavaScript heap in the worker; it is ended beyond. */
  readonly heapMegabytes?: number;
}

interface Call {
  readonly resolve: (vectors: Float32Array[]) => void;
  readonly reject: (error: Error) => void;
  readonly texts: readonly string[];
  readonly role: TextRole;
  readonly language: string | undefined;
}

/** What the worker says: that the module is loaded, then what became of the call. */
interface Answer {
  readonly loaded?: true;
  readonly vectors?: readonly Float32Array[];
  readonly fault?: { readonly code: string; readonly message: string };
}

const QUEUE_LIMIT = 64;
const DEADLINE = 5_000;
const LOAD_DEADLINE = 120_000;
const CLOSE_DEADLINE = 2_000;
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
    { role = 'query', language, signal }: Parameters<TextEncoder['encode']>[1],
  ): Promise<Float32Array[]> {
    if (this.closed) return Promise.reject(failed('The encoder is closed.'));
    if (this.waiting.length + (this.running ? 1 : 0) >= (this.options.queueLimit ?? QUEUE_LIMIT)) {
      return Promise.reject(failed('Too many texts are waiting to be encoded.'));
    }
    return new Promise((resolve, reject) => {
      // A caller that stops waiting leaves the line; a call under way ends by itself. The signal of an import outlives
      // thousands of calls, so that none of them may stay on it.
      const leave = (): void => this.forget(call);
      const ended =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          signal?.removeEventListener('abort', leave);
          settle(value);
        };
      const call: Call = { resolve: ended(resolve), reject: ended(reject), texts, role, language };
      signal?.addEventListener('abort', leave, { once: true });
      this.waiting.push(call);
      this.next();
    });
  }

  /** Rejects calls under way, lets the module free what it holds, and ends the worker, by force where it must. */
  async close(): Promise<void> {
    this.closed = true;
    const { worker, running } = this;
    this.worker = undefined;
    this.running = undefined;
    clearTimeout(running?.timer);
    for (const call of [...(running ? [running.call] : []), ...this.waiting.splice(0)]) {
      call.reject(failed('The encoder is closed.'));
    }
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    const impatient = setTimeout(() => void worker.terminate(), CLOSE_DEADLINE);
    worker.postMessage({ close: true });
    await ended;
    clearTimeout(impatient);
  }

  private next(): void {
    if (this.running || this.closed) return;
    const call = this.waiting.shift();
    if (call === undefined) return;
    this.running = { call, timer: this.limit(this.options.loadDeadline ?? LOAD_DEADLINE) };
    this.worker ??= this.start();
    const { texts, role, language } = call;
    this.worker.postMessage({ texts, role, language });
  }

  private limit(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.fail('The encoder took too long.'), milliseconds);
  }

  private start(): Worker {
    const { module, data, heapMegabytes } = this.options;
    const worker = new Worker(HOST, {
      eval: true,
      workerData: { module, data },
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

  private answered({ loaded, vectors, fault }: Answer): void {
    const { running } = this;
    clearTimeout(running?.timer);
    if (loaded && running) {
      this.running = { call: running.call, timer: this.limit(this.options.deadline ?? DEADLINE) };
      return;
    }
    this.running = undefined;
    if (vectors) running?.call.resolve(vectors.map((vector) => Float32Array.from(vector)));
    else running?.call.reject(faultOf(fault));
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

function faultOf(fault: Answer['fault']): VitrineError {
  if (fault && fault.code in ERRORS) return new VitrineError(fault.code as ErrorCode, fault.message);
  return failed('The encoder failed.');
}

/**
 * The worker. Of a fault it says no more than that there was one, because messages may hold a shopper's words; those of
 * codes MODEL_* are about files.
 */
const HOST = `
const { parentPort, workerData } = require('node:worker_threads');
const { module: path, data } = workerData;
let loaded = false;
parentPort.on('message', async ({ texts, role, language, close }) => {
  try {
    if (close) {
      if (loaded) await require(path).close?.();
      parentPort.close();
      return;
    }
    const { load, encode } = require(path);
    if (!loaded) await load?.(data);
    loaded = true;
    parentPort.postMessage({ loaded });
    parentPort.postMessage({ vectors: await encode(texts, { role, language }, data) });
  } catch (error) {
    const known = typeof error?.code === 'string' && error.code.startsWith('MODEL_');
    parentPort.postMessage(known ? { fault: { code: error.code, message: error.message } } : { fault: { code: '', message: '' } });
  }
});
`;
