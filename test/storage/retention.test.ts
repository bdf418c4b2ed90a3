import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHOPPER_TABLES, SqliteRetention } from '../../src/storage';
import { fill, type Stores, storesOf } from './support/kept';

const DAY = 24 * 3600 * 1000;
const START = Date.UTC(2026, 10, 27);
const ann = { channel: 'directline', userId: 'dl_ann' };
const key = 'local:c';
let now: number;
let dir: string;
let stores: Stores;
beforeEach(() => {
  now = START;
  dir = mkdtempSync(join(tmpdir(), 'vitrine-retention-'));
  stores = storesOf(dir, () => now);
});
afterEach(() => {
  stores.db.close();
  rmSync(dir, { recursive: true, force: true });
});

const prune = (alertDays = 30) =>
  new SqliteRetention({
    ...{ ...stores, transcriptDays: 30, basketDays: 30, alertDays, mediaHours: 24 },
    clock: () => now,
  }).prune();
const count = (table: string) => Number(stores.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
const texts = () => stores.activities.after('c', 0, 10).map(({ activity }) => activity.text);

it('keeps everything for its time, files for theirs', async () => {
  await fill(stores, ann, 'c', 'words', START);
  const id = stores.privacy.files({ conversations: [key] }, { keepWaiting: false })[0] ?? '';
  const file = stores.attachments.get(id)?.file ?? '';
  now = START + DAY - 1;
  await prune();
  expect(existsSync(file)).toBe(true);
  now = START + DAY + 1;
  await prune();
  expect(existsSync(file)).toBe(false);
  now = START + 30 * DAY;
  await prune();
  for (const table of Object.keys(SHOPPER_TABLES))
    expect([table, count(table) > 0]).toEqual([table, table !== 'attachments' && table !== 'pairing_codes']);
});

it('forgets a conversation whose time is over, but no open ticket and who waits in it', async () => {
  await fill(stores, ann, 'c', 'words', START);
  now = START + 30 * DAY + 1;
  await prune();
  const left = Object.keys(SHOPPER_TABLES).filter((table) => count(table) > 0);
  // The inbox forgets what is done after a week, the outbox when a channel took it, profiles after 180 days.
  const others = ['inbox', 'outbox', 'profiles', 'profile_events', 'impressions', 'search_vectors', 'shopper_links'];
  expect(left.filter((table) => !others.includes(table))).toEqual([
    'conversation_shoppers',
    'tickets',
    'answer_references',
  ]);
  const open = stores.tickets.openOf(key);
  if (!open) throw new Error('the ticket is gone');
  stores.tickets.update({ ...open, state: 'closed', version: 2, closedAt: now });
  now += 30 * DAY + 1;
  await prune();
  expect(Object.keys(SHOPPER_TABLES).filter((table) => !others.includes(table) && count(table) > 0)).toEqual([]);
});

it('knows where to tell what a shopper waits for, without the words, until the alert is old', async () => {
  stores.activities.open('c', ann.userId);
  stores.activities.append('c', { id: '1', text: 'old' });
  stores.references.set(key, { id: '1' });
  const owner = { ...ann, conversationId: key };
  stores.alerts.put(owner, { kind: 'stock', productId: 'mug', language: 'en', state: 'waiting' });
  now = START + 60 * DAY;
  await prune(90);
  expect([texts(), stores.activities.userOf('c'), stores.references.get(key)]).toEqual([[], ann.userId, { id: '1' }]);
  stores.activities.append('c', { id: '2', text: 'it is back' });
  // A page that showed the first sees the second.
  expect(stores.activities.after('c', 1, 10).map(({ activity }) => activity.text)).toEqual(['it is back']);
  now = START + 91 * DAY;
  await prune(90);
  expect(stores.alerts.of(owner)).toEqual([]);
});

it('forgets the beginning of a conversation that goes on', async () => {
  stores.activities.open('c', ann.userId);
  stores.activities.append('c', { id: '1', text: 'old' });
  stores.transcript.append({ id: '1', conversationId: key, at: START, speaker: 'shopper', text: 'old' });
  now = START + 20 * DAY;
  stores.activities.append('c', { id: '2', text: 'new' });
  stores.transcript.append({ id: '2', conversationId: key, at: now, speaker: 'shopper', text: 'new' });
  now = START + 40 * DAY;
  await prune();
  expect([texts(), stores.transcript.of(key).map(({ text }) => text)]).toEqual([['new'], ['new']]);
  stores.activities.append('c', { id: '3', text: 'newer' });
  expect(stores.activities.last('c')).toBe(3);
});

it.each([
  ['a search of long ago goes, though the shopper still talks', START, false],
  ['a search of lately stays', START + 35 * DAY, true],
])('%s', async (_name, searchedAt, stays) => {
  stores.conversations.save(key, { lastSearch: { text: 'hat' }, searchedAt }, 0, ann);
  now = START + 39 * DAY;
  stores.conversations.save(key, { lastSearch: { text: 'hat' }, searchedAt }, stores.conversations.load(key).version);
  now = START + 40 * DAY;
  await prune();
  expect(stores.conversations.load(key).state !== undefined).toBe(stays);
});

it('forgets more than one step of rows, and lets others write between steps', async () => {
  for (let i = 0; i < 1_300; i++) {
    stores.transcript.append({ id: String(i), conversationId: key, at: START, speaker: 'bot', text: 'old' });
  }
  now = START + 31 * DAY;
  const pruning = prune();
  setImmediate(() => stores.activities.open('c', ann.userId));
  await pruning;
  expect([count('transcript'), count('local_conversations')]).toEqual([0, 1]);
});
