import { type Connection, connect, forget, remember } from './connection';
import { addToDraft } from './draft';

/** DirectLineJS's connection states that end a conversation on the client. */
const EXPIRED = 3;
const FAILED = 4;
const ENDED = 5;
/** Milliseconds between two looks whether the server is there. */
const HEALTH_INTERVAL = 10_000;
/** After so many milliseconds without a server the client waits long between its own attempts: connect anew then. */
const LONG_OUTAGE = 60_000;

/** What the page knows of its conversation. `connection` stays while it is only interrupted. */
export interface SessionState {
  readonly phase: 'connecting' | 'ready' | 'offline' | 'ended';
  readonly connection?: Connection;
}

/** Keeps a conversation alive: starts or resumes it, notices when the server is gone, and comes back. */
export class Session {
  private state: SessionState = { phase: 'connecting' };
  private readonly listeners = new Set<() => void>();
  /** Counts attempts, so that an overtaken one does nothing. */
  private attempt = 0;
  private lost = false;
  /** Whether the next conversation is to be a new one. */
  private wanted: 'any' | 'new' = 'any';
  private offlineSince = 0;
  private unsubscribe: (() => void) | undefined;

  constructor(private locale: string) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): SessionState => this.state;

  /** The language that the next conversation starts in. */
  speak(locale: string): void {
    this.locale = locale;
  }

  /** Begins, and looks after the conversation until the page is closed. */
  open(): void {
    addEventListener('online', this.check);
    addEventListener('offline', () => this.fail());
    addEventListener('pagehide', this.save);
    document.addEventListener('visibilitychange', this.check);
    setInterval(this.check, HEALTH_INTERVAL);
    void this.start();
  }

  /** Leaves the conversation for a new one. */
  readonly renew = (): void => {
    forget();
    this.wanted = 'new';
    void this.start();
  };

  /** What the button of the banner does. */
  readonly retry = (): void => {
    if (this.state.phase === 'offline') void this.check();
    else this.renew();
  };

  private async start(): Promise<void> {
    this.attempt += 1;
    const mine = this.attempt;
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.show({ phase: 'connecting' });
    try {
      const connection = await connect(this.locale, this.wanted);
      if (mine !== this.attempt) return;
      this.wanted = 'any';
      this.lost = false;
      this.show({ phase: 'ready', connection });
      remember(connection);
      const watching = connection.directLine.connectionStatus$.subscribe((status) => this.watch(status, mine));
      this.unsubscribe = () => {
        watching.unsubscribe();
        connection.directLine.end();
      };
    } catch {
      if (mine === this.attempt) this.fail();
    }
  }

  private watch(status: number, mine: number): void {
    if (mine !== this.attempt) return;
    if (status === EXPIRED) {
      // The machine slept for longer than a token lasts: the browser still knows its conversation. What was just sent and
      // not taken stands in the box again.
      addToDraft(this.state.connection?.unsent() ?? '');
      forget();
      void this.start();
    } else if (status === ENDED) {
      forget();
      this.show({ ...this.state, phase: 'ended' });
    } else if (status === FAILED) {
      this.lost = true;
      this.fail();
    }
  }

  private readonly check = async (): Promise<void> => {
    const { phase } = this.state;
    if (document.hidden || phase === 'ended') return;
    const reached = await fetch('/healthz', { cache: 'no-store' }).then(
      (response) => response.ok,
      () => false,
    );
    if (!reached) this.fail();
    else if (this.state.phase === 'offline') this.recover();
    else if (this.state.phase === 'ready') this.save();
  };

  /** The server is back: a client that only lost its socket resumes by itself, with messages that wait to be sent. */
  private recover(): void {
    const long = Date.now() - this.offlineSince > LONG_OUTAGE;
    if (this.state.connection === undefined || this.lost || long) void this.start();
    else this.show({ ...this.state, phase: 'ready' });
  }

  private fail(): void {
    if (this.state.phase === 'ended' || this.state.phase === 'offline') return;
    this.offlineSince = Date.now();
    this.show({ ...this.state, phase: 'offline' });
  }

  private readonly save = (): void => {
    const { connection, phase } = this.state;
    if (connection !== undefined && phase !== 'ended') remember(connection);
  };

  private show(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
