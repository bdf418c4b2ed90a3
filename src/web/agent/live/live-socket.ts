import type { FromSocket, ToSocket } from '../api/types';
import { waitBefore } from './back-off';

/** Milliseconds between two signs of life. */
const PING = 20_000;
/** So long after one without a word from the server, the line is dead. */
const SILENCE = 10_000;

/** What of a browser's `WebSocket` is used. */
export type Line = Pick<WebSocket, 'send' | 'close' | 'readyState' | 'onopen' | 'onmessage' | 'onclose'>;
export type Connection = 'connecting' | 'live' | 'offline';

export interface LiveSocketDeps {
  readonly connect: () => Line;
  /** The newest event that the page has: what came after it is sent again. */
  readonly after: () => number;
  readonly onMessage: (message: FromSocket) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly random?: () => number;
}

const OPEN = 1;

/** The live line to the server; it comes back by itself, and asks for what it missed. */
export class LiveSocket {
  private line: Line | undefined;
  private attempts = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private alive: ReturnType<typeof setTimeout> | undefined;
  private stopped = true;

  constructor(private readonly deps: LiveSocketDeps) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.hangUp();
    clearTimeout(this.retry);
  }

  /** The network is back, or the page is looked at again: no need to wait. */
  readonly hurry = (): void => {
    if (this.stopped || this.line !== undefined) return;
    this.attempts = 0;
    clearTimeout(this.retry);
    this.connect();
  };

  /** The browser says that there is no network: nothing more comes by this line, and it would take long to notice. */
  readonly cut = (): void => {
    if (this.line !== undefined) this.lost(this.line);
  };

  /** Typing and the like: lost where there is no line. */
  send(message: ToSocket): void {
    if (this.line?.readyState === OPEN) this.line.send(JSON.stringify(message));
  }

  private connect(): void {
    const line = this.deps.connect();
    this.line = line;
    // A line that never opens is silent too.
    this.expectWord(PING + SILENCE);
    line.onopen = () => {
      if (this.line !== line) return;
      this.send({ type: 'hello', after: this.deps.after() });
      this.deps.onConnection('live');
      this.listen();
    };
    line.onmessage = ({ data }) => {
      if (this.line !== line) return;
      this.attempts = 0;
      this.listen();
      const message = messageOf(data);
      if (message !== undefined) this.deps.onMessage(message);
    };
    line.onclose = () => this.lost(line);
  }

  /** Says something after a while without a word, and gives the line up where nothing comes back. */
  private listen(): void {
    clearTimeout(this.alive);
    this.alive = setTimeout(() => {
      this.send({ type: 'ping' });
      this.expectWord(SILENCE);
    }, PING);
  }

  private expectWord(milliseconds: number): void {
    clearTimeout(this.alive);
    this.alive = setTimeout(() => {
      if (this.line !== undefined) this.lost(this.line);
    }, milliseconds);
  }

  private lost(line: Line): void {
    if (this.line !== line) return;
    this.hangUp();
    if (this.stopped) return;
    this.deps.onConnection('offline');
    const wait = waitBefore(this.attempts, this.deps.random?.() ?? Math.random());
    this.attempts += 1;
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private hangUp(): void {
    const { line } = this;
    this.line = undefined;
    clearTimeout(this.alive);
    line?.close();
  }
}

function messageOf(data: unknown): FromSocket | undefined {
  try {
    return JSON.parse(String(data)) as FromSocket;
  } catch {
    return undefined;
  }
}
