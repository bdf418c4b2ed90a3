import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openDatabase,
  type Sqlite,
  SqliteAnswerReferences,
  SqliteTicketStore,
  SqliteTransactions,
  SqliteTranscriptStore,
} from '../../src/storage';
import { describeTicketStore, ticket } from '../conformance/ticket-store';

const NOW = 100;
let dir: string;
let db: Sqlite;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-tickets-'));
  db = openDatabase(dir);
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

describeTicketStore('SQLite', () => ({
  tickets: new SqliteTicketStore(db, () => NOW),
  transcripts: new SqliteTranscriptStore(db),
  now: NOW,
}));

it('a transaction that fails leaves neither ticket nor event', () => {
  const tickets = new SqliteTicketStore(db);
  const transactions = new SqliteTransactions(db);
  expect(() =>
    transactions.atomically(() => {
      tickets.insert(ticket());
      throw new Error('cut off');
    }),
  ).toThrow('cut off');
  expect([tickets.get('t'), tickets.eventsAfter(0, 5)]).toEqual([undefined, []]);
});

it('knows where to answer each conversation, until that is erased', () => {
  const references = new SqliteAnswerReferences(db);
  expect(references.get('c')).toBeUndefined();
  references.set('c', { id: '1' });
  references.set('c', { id: '2' });
  references.set('d', { id: '3' });
  expect(references.get('c')).toEqual({ id: '2' });
  references.erase('c');
  expect([references.get('c'), references.get('d')]).toEqual([undefined, { id: '3' }]);
});
