import { Worker } from 'node:worker_threads';
import { ERRORS, type ErrorCode, VitrineError } from '../domain';

/** What `IsolatedWorker` needs. */
export interface IsolatedOptions {
  /**
   * A CommonJS module that exports `run(request, data): Promise<answer>` and may export `load(data)`, which is awaited before
   * the first call and again after it failed, and `close()`, which frees what it holds. A VitrineError with a code MODEL_*
   * comes back as it is; of any other fault only that there was one.
   */
  readonly module: string;
  /** Handed to the module's functions; plain data. */
  readonly data?: unknown;
  /** What runs there, in error messages: "encoder". */
  readonly name: string;
  /** The code of errors that aren't the module's own. */
  readonly failure: ErrorCode;
  /** Most calls that run or wait; beyond it `failure` at once. */
  readonly queueLimit?: number;
  /** Milliseconds for one call; the worker is ended then. */
  readonly deadline?: number;
  /** Milliseconds for loading, which is not counted against the call that waits for it. */
  readonly loadDeadline?: number;
  /** Most megabytes of JavaScript heap in the worker; it is ended beyond. */
  readonly heapMegabytes?: number;
}

/** Limits that a caller may set, for tests. */
export type IsolatedLimits = Pick<IsolatedOptions, 'queueLimit' | 'deadline' | 'loadDeadline' | 'heapMegabytes'>;

interface Call<Request, Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly request: Request;
}

/** What the worker says: that the module is loaded, then what became of the call. */
interface Said<Answer> {
  readonly loaded?: true;
  readonly answer?: Answer;
  readonly fault?: { readonly code: string; readonly message: string };
}

const QUEUE_LIMIT = 64;
const DEADLINE = 5_000;
const LOAD_DEADLINE = 120_000;
const CLOSE_DEADLINE = 2_000;
const HEAP_MEGABYTES = 1_024;

/**
 * Runs a module in a worker thread of its own, one call at a time: one that throws fails its call, one that hangs or grows
 * is ended and started anew for the next call. What serves shoppers goes on. The thread starts with the first call.
 */
export class IsolatedWorker<Request, Answer> {
  private worker: Worker | undefined;
  private running: { readonly call: Call<Request, Answer>; readonly timer: NodeJS.Timeout } | undefined;
  private readonly waiting: Call<Request, Answer>[] = [];
  private closed = false;

  constructor(private readonly options: IsolatedOptions) {}

  /** The module's answer; requests and answers are copied. Rejects with `failure` or MODEL_*. */
  call(request: Request, signal?: AbortSignal): Promise<Answer> {
    const { name, queueLimit } = this.options;
    if (this.closed) return Promise.reject(this.failed(`The ${name} is closed.`));
    if (this.waiting.length + (this.running ? 1 : 0) >= (queueLimit ?? QUEUE_LIMIT)) {
      return Promise.reject(this.failed(`Too much waits for the ${name}.`));
    }
    // An aborted signal tells nobody any more.
    if (signal?.aborted) return Promise.reject(this.failed('Nobody waits for it any more.'));
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
      const call: Call<Request, Answer> = { resolve: ended(resolve), reject: ended(reject), request };
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
      call.reject(this.failed(`The ${this.options.name} is closed.`));
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
    this.worker.postMessage({ request: call.request });
  }

  private limit(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.fail(`The ${this.options.name} took too long.`), milliseconds);
  }

  private start(): Worker {
    const { module, data, heapMegabytes, name } = this.options;
    const worker = new Worker(HOST, {
      eval: true,
      workerData: { module, data },
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes ?? HEAP_MEGABYTES },
    });
    worker.unref();
    worker.on('message', (said: Said<Answer>) => {
      if (this.worker === worker) this.answered(said);
    });
    const ended = (): void => {
      if (this.worker === worker) this.fail(`The ${name} ended.`);
    };
    worker.on('error', ended);
    worker.on('exit', ended);
    return worker;
  }

  private answered({ loaded, answer, fault }: Said<Answer>): void {
    const { running } = this;
    clearTimeout(running?.timer);
    if (loaded && running) {
      this.running = { call: running.call, timer: this.limit(this.options.deadline ?? DEADLINE) };
      return;
    }
    this.running = undefined;
    if (fault) running?.call.reject(this.faultOf(fault));
    else running?.call.resolve(answer as Answer);
    this.next();
  }

  /** Ends the worker; its call is rejected, and the next call starts another worker. */
  private fail(reason: string): void {
    const { running, worker } = this;
    this.running = undefined;
    this.worker = undefined;
    clearTimeout(running?.timer);
    void worker?.terminate();
    running?.call.reject(this.failed(reason));
    this.next();
  }

  private forget(call: Call<Request, Answer>): void {
    const place = this.waiting.indexOf(call);
    if (place < 0) return;
    this.waiting.splice(place, 1);
    call.reject(this.failed('Nobody waits for it any more.'));
  }

  private failed(message: string): VitrineError {
    return new VitrineError(this.options.failure, message);
  }

  private faultOf(fault: { readonly code: string; readonly message: string }): VitrineError {
    if (fault.code in ERRORS) return new VitrineError(fault.code as ErrorCode, fault.message);
    return this.failed(`The ${this.options.name} failed.`);
  }
}

/**
 * The worker. Of a fault it says no more than that there was one, because messages may hold a shopper's words; those of
 * codes MODEL_* are about files.
 */
const HOST = `
const { parentPort, workerData } = require('node:worker_threads');
const { module: path, data } = workerData;
let loaded = false;
parentPort.on('message', async ({ request, close }) => {
  try {
    if (close) {
      if (loaded) await require(path).close?.();
      parentPort.close();
      return;
    }
    const { load, run } = require(path);
    if (!loaded) await load?.(data);
    loaded = true;
    parentPort.postMessage({ loaded });
    parentPort.postMessage({ answer: await run(request, data) });
  } catch (error) {
    const known = typeof error?.code === 'string' && error.code.startsWith('MODEL_');
    parentPort.postMessage(known ? { fault: { code: error.code, message: error.message } } : { fault: { code: '', message: '' } });
  }
});
`;
