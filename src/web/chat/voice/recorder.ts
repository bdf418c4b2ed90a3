import { phaseAfter, type RecorderEvent, type RecorderPhase } from './recorder-states';

/** The longest voice note that the server takes, in seconds. */
export const LONGEST_SECONDS = 120;
/** Milliseconds between two looks at the time. */
const TICK = 200;

/** Why the microphone can't be had: keys of the page's texts. */
export type MicrophoneProblem =
  | 'microphoneRefused'
  | 'microphoneMissing'
  | 'microphoneBusy'
  | 'microphoneInsecure'
  | 'microphoneFailed';

/** What the shopper is told of a recording that ended otherwise than by their own hand; keys of the page's texts. */
export type RecorderNotice = MicrophoneProblem | 'recordFull' | 'recordHidden' | 'recordCut' | 'recordEmpty';

/** One recording that is running. Both ways to end it give the microphone back. */
export interface Take<F> {
  /** How loud it is right now, 0 to 1. */
  level(): number;
  /** Ends it; undefined where nothing was recorded. */
  finish(): Promise<F | undefined>;
  /** Throws it away. */
  abandon(): void;
}

/** What records. `F` is the file that comes out. */
export interface Microphone<F> {
  /** Asks for the microphone and begins at once; rejects with the browser's error. `onLost`: it ended by itself. */
  open(onLost: () => void): Promise<Take<F>>;
  /** What an error of `open` means. */
  problemOf(error: unknown): MicrophoneProblem;
}

/** Time, handed in so that tests have their own. */
export interface Clock {
  /** Milliseconds since whenever. */
  now(): number;
  /** Calls again and again until the returned function is called. */
  every(milliseconds: number, tick: () => void): () => void;
}

/** A finished recording. */
export interface Note<F> {
  readonly file: F;
  readonly seconds: number;
}

export interface RecorderState<F> {
  readonly phase: RecorderPhase;
  /** Whole seconds so far. */
  readonly seconds: number;
  readonly note?: Note<F>;
  readonly notice?: RecorderNotice;
  /** What led here: screen readers are told of it. */
  readonly event?: RecorderEvent;
}

/** Records one voice note at a time. */
export class Recorder<F> {
  private state: RecorderState<F> = { phase: 'idle', seconds: 0 };
  private readonly listeners = new Set<() => void>();
  /** Counts recordings, so that what comes late for an ended one is dropped. */
  private attempt = 0;
  private take: Take<F> | undefined;
  private startedAt = 0;
  private stopClock: () => void = () => undefined;

  constructor(
    private readonly microphone: Microphone<F>,
    private readonly clock: Clock,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): RecorderState<F> => this.state;

  /** How loud the running recording is, 0 to 1; 0 without one. */
  readonly level = (): number => this.take?.level() ?? 0;

  /** Asks for the microphone and records; a note that waits is thrown away. */
  readonly press = async (): Promise<void> => {
    if (!this.move('press', { seconds: 0 })) return;
    this.attempt += 1;
    const mine = this.attempt;
    try {
      const take = await this.microphone.open(() => this.lost(mine));
      if (mine === this.attempt && this.state.phase === 'asking') this.begin(take);
      else take.abandon();
    } catch (error) {
      if (mine === this.attempt) this.move('failed', { seconds: 0, notice: this.microphone.problemOf(error) });
    }
  };

  /** Ends the recording; it waits to be heard and sent. */
  readonly stop = async (notice?: RecorderNotice): Promise<void> => {
    const { take } = this;
    const elapsed = (this.clock.now() - this.startedAt) / 1000;
    if (take === undefined || !this.move('stop', { seconds: Math.floor(elapsed) })) return;
    const mine = this.attempt;
    this.stopClock();
    this.take = undefined;
    const file = await take.finish().catch(() => undefined);
    if (mine !== this.attempt) return;
    if (file === undefined) this.move('failed', { seconds: 0, notice: notice ?? 'recordEmpty' });
    else {
      const seconds = Math.min(elapsed, LONGEST_SECONDS);
      this.move('finished', { seconds: Math.floor(seconds), note: { file, seconds }, ...(notice && { notice }) });
    }
  };

  /** Throws away what is being asked for or recorded. */
  readonly cancel = (): void => {
    if (!this.move('cancel', { seconds: 0 })) return;
    this.attempt += 1;
    this.release();
  };

  /** Throws away the note that waits. */
  readonly discard = (): void => {
    this.move('discard', { seconds: 0 });
  };

  /** The note has gone with a message. */
  readonly sent = (): void => {
    this.move('sent', { seconds: 0 });
  };

  /** The shopper has gone on: what went wrong before is of no interest any more. */
  readonly dismiss = (): void => {
    const { notice, ...rest } = this.state;
    if (notice !== undefined) this.show(rest);
  };

  private begin(take: Take<F>): void {
    this.take = take;
    this.startedAt = this.clock.now();
    this.move('granted', { seconds: 0 });
    this.stopClock = this.clock.every(TICK, () => {
      const seconds = Math.floor((this.clock.now() - this.startedAt) / 1000);
      if (seconds >= LONGEST_SECONDS) void this.stop('recordFull');
      else if (seconds !== this.state.seconds) this.show({ ...this.state, seconds });
    });
  }

  private lost(attempt: number): void {
    if (attempt === this.attempt) void this.stop('recordCut');
  }

  private release(): void {
    this.stopClock();
    this.take?.abandon();
    this.take = undefined;
  }

  /** Goes where the event leads; false where it leads nowhere. */
  private move(event: RecorderEvent, rest: Omit<RecorderState<F>, 'phase' | 'event'>): boolean {
    const phase = phaseAfter(this.state.phase, event);
    if (phase === undefined) return false;
    this.show({ phase, event, ...rest });
    return true;
  }

  private show(state: RecorderState<F>): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
