import { join } from 'node:path';
import pino from 'pino';
import type { Reply } from '../../src/domain';
import { BytesAttachmentScreener, SharpPictureNormaliser } from '../../src/media';
import { Metrics, type ServerDeps } from '../../src/server';
import {
  FileAttachmentStore,
  type Sqlite,
  SqliteActivityLog,
  SqliteAlertStore,
  SqliteAnswerReferences,
  SqliteBasketStore,
  SqliteInbox,
  SqliteOutbox,
  SqlitePairingStore,
  SqliteProfileStore,
  SqliteResumableConversations,
  SqliteRetention,
  SqliteTicketStatistics,
  SqliteTransactions,
} from '../../src/storage';

/** A reply of text alone. */
export function textReply(text: string): Reply {
  return { language: 'en', text, cards: [], suggestions: [] };
}

/** What a server needs beside its assistant and address: real storage in a folder, everything else at rest. */
export function serverDeps(db: Sqlite, folder: string): Omit<ServerDeps, 'assistant' | 'publicUrl' | 'onFault'> {
  const attachments = new FileAttachmentStore(db, join(folder, 'attachments'));
  const profiles = new SqliteProfileStore(db);
  const ages = { basketDays: 30, alertDays: 90, transcriptDays: 30, mediaHours: 24 };
  return {
    credentials: {},
    activityLog: new SqliteActivityLog(db),
    resumables: new SqliteResumableConversations(db),
    inbox: new SqliteInbox(db),
    outbox: new SqliteOutbox(db),
    references: new SqliteAnswerReferences(db),
    transactions: new SqliteTransactions(db),
    attachments,
    screener: new BytesAttachmentScreener(new SharpPictureNormaliser({ longSide: 1_600 })),
    queueLimit: 200,
    concurrency: 8,
    metrics: new Metrics(),
    metricsToken: '',
    statistics: new SqliteTicketStatistics(db),
    trustProxy: 0,
    checks: [],
    pictures: { file: () => undefined },
    profiles,
    retention: new SqliteRetention({
      db,
      attachments,
      profiles,
      baskets: new SqliteBasketStore(db),
      pairing: new SqlitePairingStore(db),
      alerts: new SqliteAlertStore(db),
      ...ages,
      clock: Date.now,
    }),
    isProduct: () => false,
    eventsToken: '',
    logger: pino({ level: 'silent' }),
    clock: () => new Date(),
    tokenKey: Buffer.alloc(32, 7),
    allowedOrigins: [],
    webFolder: 'dist/web',
    pageStrings: () => ({}),
    hears: true,
  };
}
