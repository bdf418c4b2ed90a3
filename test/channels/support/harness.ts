import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { createBot, type TurnHandler } from '../../../src/channels';
import type { ActivityLog, IncomingMessage, Reply } from '../../../src/domain';
import { createServer, type ServerDeps } from '../../../src/server';
import { MemoryActivityLog } from './memory-log';

/** A reply of text alone. */
export function textReply(text: string): Reply {
  return { language: 'en', text, cards: [], suggestions: [] };
}

/** Answers with what was said, and remembers what it was given. */
export class EchoHandler implements TurnHandler {
  readonly messages: IncomingMessage[] = [];
  answer: (message: IncomingMessage, signal: AbortSignal) => Promise<readonly Reply[]> = async (message) => [
    textReply(message.kind === 'opened' ? 'welcome' : `echo: ${message.text}`),
  ];

  handleTurn(message: IncomingMessage, signal: AbortSignal): Promise<readonly Reply[]> {
    this.messages.push(message);
    return this.answer(message, signal);
  }
}

export interface Harness {
  readonly origin: string;
  readonly directLine: string;
  readonly handler: EchoHandler;
  readonly log: MemoryActivityLog;
  readonly faults: unknown[];
  /** What was logged, one JSON text a line. */
  readonly lines: string[];
  /** Moves the server's clock, in seconds. */
  advance(seconds: number): void;
  close(): Promise<void>;
}

export interface HarnessOptions extends Partial<Omit<ServerDeps, 'activityLog'>> {
  readonly activityLog?: ActivityLog;
  readonly deadline?: number;
  readonly handler?: EchoHandler;
}

/** The real server with a fake assistant, on a free port of loopback. */
export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const handler = options.handler ?? new EchoHandler();
  const log = new MemoryActivityLog();
  const faults: unknown[] = [];
  const lines: string[] = [];
  let now = Date.UTC(2030, 0, 1);
  const http: Server = createHttpServer();
  const { port } = await listening(http);
  const publicUrl = `http://127.0.0.1:${port}`;
  const onFault = (error: unknown) => faults.push(error);
  const { appId, deadline } = options;
  const bot = createBot({
    assistant: handler,
    onFault,
    apology: (locale) => `sorry ${locale}`,
    publicUrl,
    appId,
    deadline,
  });
  const server = createServer({
    bot,
    activityLog: log,
    pictures: { file: () => undefined },
    logger: pino({ level: 'debug' }, { write: (line: string) => lines.push(line) }),
    onFault,
    clock: () => {
      now += 1;
      return new Date(now);
    },
    tokenKey: Buffer.alloc(32, 7),
    publicUrl,
    allowedOrigins: [],
    webFolder: 'dist/web',
    pageStrings: (language) => ({ title: `Shop ${language}` }),
    ...options,
  });
  server.attach(http);
  http.on('request', server.app);
  return {
    origin: publicUrl,
    directLine: `${publicUrl}/v3/directline`,
    handler,
    log,
    faults,
    lines,
    advance: (seconds) => {
      now += seconds * 1000;
    },
    close: async () => {
      await server.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function listening(server: Server): Promise<AddressInfo> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address() as AddressInfo;
}
