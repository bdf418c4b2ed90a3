// A server that is killed again and again: real routes, adapter and storage; the bot counts what it answered.
import { createServer as createHttpServer } from 'node:http';
import { join } from 'node:path';
import pino from 'pino';
import type { TurnHandler } from '../../src/channels';
import { BytesAttachmentScreener, SharpPictureNormaliser } from '../../src/media';
import { createServer, Metrics } from '../../src/server';
import {
  FileAttachmentStore,
  openDatabase,
  SqliteActivityLog,
  SqliteConversationStore,
  SqliteInbox,
  SqliteOutbox,
  SqliteTransactions,
} from '../../src/storage';

const [folder = '', port = '0'] = process.argv.slice(2);
const db = openDatabase(folder);
const conversations = new SqliteConversationStore(db);

/** Answers "<count>: <text>", where the count is the conversation's state. */
const assistant: TurnHandler = {
  async handleTurn({ conversationId, text, kind }, signal, commit) {
    for (;;) {
      const { state, version } = conversations.load(conversationId);
      const count = typeof state === 'number' ? state : 0;
      if (kind === 'message') await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
      signal.throwIfAborted();
      const next = kind === 'message' ? count + 1 : count;
      const reply = { language: 'en' as const, text: `${next}: ${text}`, cards: [], suggestions: [] };
      if (commit([reply], () => conversations.save(conversationId, next, version))) return [reply];
    }
  },
};

const http = createHttpServer();
http.listen(Number(port), '127.0.0.1', () => {
  const server = createServer({
    assistant,
    apology: () => 'sorry',
    busy: () => 'busy',
    credentials: {},
    activityLog: new SqliteActivityLog(db),
    inbox: new SqliteInbox(db),
    outbox: new SqliteOutbox(db),
    transactions: new SqliteTransactions(db),
    attachments: new FileAttachmentStore(db, join(folder, 'attachments')),
    screener: new BytesAttachmentScreener(new SharpPictureNormaliser()),
    queueLimit: 200,
    concurrency: 8,
    metrics: new Metrics(),
    metricsToken: '',
    trustProxy: 0,
    checks: [],
    pictures: { file: () => undefined },
    logger: pino({ level: 'silent' }),
    onFault: (error) => process.stderr.write(`${error instanceof Error ? error.message : error}\n`),
    clock: () => new Date(),
    tokenKey: Buffer.alloc(32, 7),
    publicUrl: `http://127.0.0.1:${port}`,
    allowedOrigins: [],
    webFolder: folder,
    pageStrings: () => ({}),
  });
  server.attach(http);
  process.stdout.write('ready\n');
});
