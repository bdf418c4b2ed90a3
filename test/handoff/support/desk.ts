import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsoleEvent, DeskResult, HandoffChange, NewTranscriptEntry, Reply, Ticket } from '../../../src/domain';
import { Handoff, type HandoffSettings } from '../../../src/handoff';
import {
  openDatabase,
  type Sqlite,
  SqliteTicketStore,
  SqliteTransactions,
  SqliteTranscriptStore,
} from '../../../src/storage';
import { textReply } from '../../support/server-deps';

const MINUTE = 60_000;
export const START = Date.UTC(2026, 10, 27, 12);
export const SETTINGS: HandoffSettings = {
  mode: 'console',
  assignment: 'manual',
  capacity: 3,
  hours: {},
  queueReminder: 5 * MINUTE,
  answerWithin: 3 * MINUTE,
  lostAfter: 2 * MINUTE,
  wrapUp: 10 * MINUTE,
  shopperSilence: 15 * MINUTE,
};
const NAMES: Readonly<Record<string, string>> = { ann: 'Ann', bob: 'Bob', eve: 'Eve' };
export const ANN = { id: 'ann', supervises: false };
export const BOB = { id: 'bob', supervises: false };
export const EVE = { id: 'eve', supervises: true };

/** A hand-off on a data directory of its own, with a clock that is moved by hand and a line that is written down. */
export class Desk {
  readonly sent: { conversationId: string; id: string; reply: Reply; from?: string }[] = [];
  readonly events: ConsoleEvent[] = [];
  readonly faults: unknown[] = [];
  now = START;
  reachable = true;
  private readonly dir = mkdtempSync(join(tmpdir(), 'vitrine-desk-'));
  private readonly settings: HandoffSettings;
  private db: Sqlite;
  private open: ReturnType<Desk['build']>;
  private said = 0;

  constructor(settings: Partial<HandoffSettings> = {}) {
    this.settings = { ...SETTINGS, ...settings };
    this.db = openQuickly(this.dir);
    this.open = this.build();
  }

  get handoff(): Handoff {
    return this.open.handoff;
  }

  get tickets(): SqliteTicketStore {
    return this.open.tickets;
  }

  get transcripts(): SqliteTranscriptStore {
    return this.open.transcripts;
  }

  /** As if the process were killed and started anew. */
  restart(): void {
    this.db.close();
    this.db = openQuickly(this.dir);
    this.open = this.build();
  }

  close(): void {
    this.db.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  pass(minutes: number): void {
    this.now += minutes * MINUTE;
    this.handoff.timeouts.tick();
  }

  /** A turn of the bot that says something, and may want something of hand-off; false where a person owns the conversation. */
  turn(conversationId: string, text: string, change?: HandoffChange): boolean {
    const message = { conversationId, channel: 'directline', userId: `of ${conversationId}`, text };
    const entries = [this.entry(conversationId, 'shopper', text), this.entry(conversationId, 'bot', 'a reply')];
    const done = this.handoff.shoppers.turned({ message, language: 'en', topic: '', entries, change });
    if (done) this.handoff.shoppers.settle(conversationId);
    return done;
  }

  /** A message while a person owns the conversation; false where nobody does. */
  forward(conversationId: string, text: string): boolean {
    const done = this.handoff.shoppers.forward(this.entry(conversationId, 'shopper', text));
    if (done) this.handoff.shoppers.settle(conversationId);
    return done;
  }

  escalate(conversationId: string): Ticket {
    this.turn(conversationId, 'a person, please', { kind: 'escalate', reason: 'asked' });
    return this.ticketOf(conversationId);
  }

  ticketOf(conversationId: string): Ticket {
    const [ticket] = this.tickets.ofConversation(conversationId);
    if (!ticket) throw new Error('no ticket');
    return ticket;
  }

  /** What was said in a conversation, as [speaker or notice, words]. */
  words(conversationId: string): string[][] {
    return this.transcripts
      .of(conversationId, { withPrivate: true })
      .map(({ speaker, notice, text }) => [notice ?? speaker, text]);
  }

  private entry(conversationId: string, speaker: 'shopper' | 'bot', text: string): NewTranscriptEntry {
    this.said += 1;
    return { id: `${speaker} ${this.said}`, conversationId, at: this.now, speaker, text };
  }

  private build() {
    const tickets = new SqliteTicketStore(this.db, () => this.now);
    const transcripts = new SqliteTranscriptStore(this.db);
    const handoff = new Handoff({
      tickets,
      transcripts,
      transactions: new SqliteTransactions(this.db),
      clock: () => this.now,
      onFault: (error) => this.faults.push(error),
      say: ({ kind }) => textReply(kind),
      marked: (translation, language) => `${translation} (${language})`,
      line: {
        current: {
          write: (conversationId, message) => {
            if (this.reachable) this.sent.push({ conversationId, ...message });
            return this.reachable;
          },
          wake: () => undefined,
          typing: () => Promise.resolve(),
        },
      },
      names: { nameOf: (id) => NAMES[id] },
      cards: (ids) =>
        ids
          .filter((id) => id.startsWith('p'))
          .map((productId) => ({ productId, title: productId, imageText: '', price: '1 €', why: '', actions: [] })),
      attachments: {
        get: (id) => {
          const [conversation = '', name = ''] = id.split('/');
          return { conversation, name, file: '', contentType: 'image/png' };
        },
      },
      settings: this.settings,
      hub: { current: undefined },
    });
    handoff.subscribe((event) => this.events.push(event));
    return { tickets, transcripts, handoff };
  }
}

/** Nothing is lost with this process: it need not wait for the disk. */
function openQuickly(dir: string): Sqlite {
  const db = openDatabase(dir);
  db.pragma('synchronous = OFF');
  return db;
}

/** The ticket that a change left; fails where it was refused. */
export function done(result: DeskResult): Ticket {
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.ticket;
}
