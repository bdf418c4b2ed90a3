import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { TurnHandler } from '../../../src/channels';
import type { ActivityLog, CommitTurn, IncomingMessage, Outbox, Reply } from '../../../src/domain';
import { createServer, type ServerDeps } from '../../../src/server';
import { openDatabase, type Sqlite, SqliteActivityLog, SqliteOutbox } from '../../../src/storage';
import { serverDeps, textReply } from '../../support/server-deps';

export { textReply };

/** Answers with what was said, and remembers what it was given. */
export class EchoHandler implements TurnHandler {
  readonly messages: IncomingMessage[] = [];
  answer: (message: IncomingMessage, signal: AbortSignal) => Promise<readonly Reply[]> = async (message) => [
    textReply(message.kind === 'opened' ? 'welcome' : `echo: ${message.text}`),
  ];

  async handleTurn(message: IncomingMessage, signal: AbortSignal, commit: CommitTurn): Promise<readonly Reply[]> {
    this.messages.push(message);
    const replies = await this.answer(message, signal);
    signal.throwIfAborted();
    commit(replies, () => true);
    return replies;
  }

  isSilent(): boolean {
    return false;
  }

  apologise(message: IncomingMessage, commit: CommitTurn): readonly Reply[] {
    const replies = [this.say('apology', message)];
    commit(replies, () => true);
    return replies;
  }

  say(what: 'apology' | 'busy', { locale }: IncomingMessage): Reply {
    return textReply(`${what === 'apology' ? 'sorry' : what} ${locale}`);
  }
}

export interface Harness {
  readonly origin: string;
  readonly directLine: string;
  readonly handler: EchoHandler;
  readonly log: ActivityLog;
  readonly outbox: Outbox;
  readonly db: Sqlite;
  readonly folder: string;
  readonly faults: unknown[];
  /** What was logged, one JSON text a line. */
  readonly lines: string[];
  /** Moves the server's clock, in seconds. */
  advance(seconds: number): void;
  /** Ends the server; the data directory stays when the caller brought it. */
  close(): Promise<void>;
}

export interface HarnessOptions extends Partial<ServerDeps> {
  readonly appId?: string;
  readonly handler?: EchoHandler;
  /** A data directory to go on with. */
  readonly folder?: string;
}

/** The real server on real storage with a fake assistant, on a free port of loopback. */
export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const handler = options.handler ?? new EchoHandler();
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'vitrine-harness-'));
  const db = openDatabase(folder);
  const log = options.activityLog ?? new SqliteActivityLog(db);
  const outbox = new SqliteOutbox(db);
  const faults: unknown[] = [];
  const lines: string[] = [];
  let now = Date.UTC(2030, 0, 1);
  const http: Server = createHttpServer();
  const { port } = await listening(http);
  const publicUrl = `http://127.0.0.1:${port}`;
  const server = createServer({
    ...serverDeps(db, folder),
    assistant: handler,
    credentials: { appId: options.appId },
    activityLog: log,
    outbox,
    logger: pino({ level: 'debug' }, { write: (line: string) => lines.push(line) }),
    onFault: (error: unknown) => faults.push(error),
    clock: () => {
      now += 1;
      return new Date(now);
    },
    publicUrl,
    pageStrings: (language) => ({ title: `Shop ${language}` }),
    hears: true,
    ...options,
  });
  server.attach(http);
  return {
    origin: publicUrl,
    directLine: `${publicUrl}/v3/directline`,
    handler,
    log,
    outbox,
    db,
    folder,
    faults,
    lines,
    advance: (seconds) => {
      now += seconds * 1000;
    },
    close: async () => {
      await server.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      db.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listening(server: Server): Promise<AddressInfo> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address() as AddressInfo;
}
