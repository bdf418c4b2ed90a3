import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../config';
import { type Speech, VitrineError, type VoiceReader } from '../domain';
import { IsolatedWorker } from '../tensor';
import { Gate } from './gate';
import type { VoiceAnswer, VoiceRequest } from './voice-worker';

/** What an outsider's recording may cost. */
export interface VoiceLimits {
  /** Longest file in bytes. */
  readonly maxBytes?: number;
  /** Longest recording in seconds, by what comes out of the decoder. */
  readonly maxSeconds?: number;
  /** Milliseconds for decoding and cleaning up one recording; the thread is ended then. */
  readonly deadline?: number;
  /** Most megabytes of JavaScript heap in the thread; it is ended beyond. */
  readonly heapMegabytes?: number;
  /** Most recordings that are read or wait; beyond it VOICE_FAILED at once. */
  readonly queueLimit?: number;
  /** The worker's module, for tests. */
  readonly module?: string;
}

/** A reader that owns a thread. */
export interface ClosableVoiceReader extends VoiceReader {
  /** Rejects what is under way, and ends the thread. */
  close(): Promise<void>;
}

/**
 * A reader of voice notes in a worker thread, which starts with the first note and reads one at a time. Nothing is loaded
 * before, and nothing is fetched.
 */
export function createVoiceReader(limits: VoiceLimits = {}): ClosableVoiceReader {
  return new IsolatedVoiceReader(limits);
}

class IsolatedVoiceReader implements ClosableVoiceReader {
  private readonly maxBytes: number;
  private readonly maxSeconds: number;
  private readonly queueLimit: number;
  private readonly gate = new Gate(1);
  private worker: IsolatedWorker<VoiceRequest, VoiceAnswer>;
  private waiting = 0;
  private closed = false;

  constructor(private readonly limits: VoiceLimits) {
    this.maxBytes = limits.maxBytes ?? 16 * 1024 * 1024;
    this.maxSeconds = limits.maxSeconds ?? 120;
    this.queueLimit = limits.queueLimit ?? 16;
    this.worker = this.start();
  }

  async read(bytes: Buffer, { signal }: { signal?: AbortSignal }): Promise<Speech> {
    if (bytes.length > this.maxBytes) {
      throw new VitrineError('VOICE_TOO_LONG', `The recording has more than ${this.maxBytes} bytes.`);
    }
    if (this.waiting >= this.queueLimit) throw failed('Too much waits for the voice reader.');
    this.waiting++;
    const reading = this.gate.run(() => this.readNext(bytes, signal)).finally(() => this.waiting--);
    return untilAborted(reading, signal);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker.close();
  }

  private async readNext(bytes: Buffer, signal: AbortSignal | undefined): Promise<Speech> {
    const { speech, fault, worn } = await this.worker.call({ bytes, maxSeconds: this.maxSeconds }, signal);
    if (worn && !this.closed) {
      const old = this.worker;
      this.worker = this.start();
      await old.close();
    }
    if (fault) throw new VitrineError(fault.code, fault.message);
    if (!speech) throw failed('The voice reader gave no answer.');
    return speech;
  }

  private start(): IsolatedWorker<VoiceRequest, VoiceAnswer> {
    const { deadline = 10_000, heapMegabytes = 256, module = workerModule() } = this.limits;
    return new IsolatedWorker({ module, deadline, heapMegabytes, name: 'voice reader', failure: 'VOICE_FAILED' });
  }
}

/** Whoever gives up hears so at once; the note under way ends by itself, within its deadline. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(failed('Nobody waits for the voice note any more.'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function failed(message: string): VitrineError {
  return new VitrineError('VOICE_FAILED', message);
}

/** The compiled worker: beside this file, or where the build puts it while the source itself runs (under Jest). */
function workerModule(): string {
  const beside = join(__dirname, 'voice-worker.js');
  return existsSync(beside) ? beside : join(packageRoot(), 'dist', 'src', 'media', 'voice-worker.js');
}
