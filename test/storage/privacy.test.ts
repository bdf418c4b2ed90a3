import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrivacyScope } from '../../src/domain';
import { Eraser, OTHER_TABLES, SHOPPER_TABLES } from '../../src/storage';
import { tracesOf } from '../support/traces';
import { fill, type Stores, storesOf, waits } from './support/kept';

const NOW = Date.UTC(2026, 10, 27);
const ann = { channel: 'directline', userId: 'dl_ann' };
const annsPhone = { channel: 'directline', userId: 'annwords-phone' };
const ben = { channel: 'directline', userId: 'dl_ben' };
let dir: string;
let stores: Stores;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-privacy-'));
  stores = storesOf(dir, () => NOW);
});
afterEach(() => {
  stores.db.close();
  rmSync(dir, { recursive: true, force: true });
});

const scopeOf = (userId: string): PrivacyScope => {
  const [scope, ...others] = stores.privacy.find({ userId });
  if (!scope || others.length > 0) throw new Error(`${others.length + 1} shoppers are called ${userId}`);
  return scope;
};
const count = (table: string) => stores.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const eraser = (patience = 0) => new Eraser({ ...stores, patience });

it('knows of every table whether it holds anything of shoppers', () => {
  const tables = stores.db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all();
  expect([...Object.keys(SHOPPER_TABLES), ...Object.keys(OTHER_TABLES)].sort()).toEqual(tables);
});

describe('of two shoppers', () => {
  beforeEach(async () => {
    await fill(stores, ann, 'c-ann', 'annwords', NOW);
    await fill(stores, ben, 'c-ben', 'benwords', NOW);
  });

  it.each(Object.keys(SHOPPER_TABLES))('one is read from %s', (table) => {
    const rows = JSON.stringify(stores.privacy.read(scopeOf('dl_ann')).data[table]);
    expect(JSON.parse(rows)).not.toEqual([]);
    expect(rows).not.toMatch(/ben/);
  });

  it('one is erased, words and ids and files, and nothing of the other', async () => {
    const before = stores.privacy.read(scopeOf('dl_ben'));
    expect(tracesOf(dir, ['annwords', 'dl_ann', 'c-ann'])).not.toEqual([]);
    await eraser().erase(scopeOf('dl_ann'), { serving: false });
    expect(tracesOf(dir, ['annwords', 'dl_ann', 'c-ann'])).toEqual([]);
    expect(stores.privacy.find({ userId: 'dl_ann' })).toEqual([]);
    expect(stores.privacy.read(scopeOf('dl_ben'))).toEqual(before);
    expect(readdirSync(join(dir, 'attachments'))).toHaveLength(1);
  });

  it.each([
    ['its own id', 'c-ann'],
    ['the id over all channels', 'local:c-ann'],
  ])('one is found by a conversation, by %s', (_name, conversation) => {
    expect(stores.privacy.find({ conversation })).toEqual([
      { shopper: ann, conversations: ['local:c-ann'], paired: [{ shopper: annsPhone, conversations: [] }] },
    ]);
  });

  it('nobody is found by what was never there', () => {
    expect(stores.privacy.find({ userId: 'dl_ann', channel: 'msteams' })).toEqual([]);
    for (const conversation of ['ann', '', '%', 'local:']) expect(stores.privacy.find({ conversation })).toEqual([]);
  });
});

it('takes the same id on two channels for two shoppers', () => {
  for (const channel of ['msteams', 'telegram']) stores.profiles.giveConsent({ channel, userId: '1' });
  expect(stores.privacy.find({ userId: '1' }).map(({ shopper }) => shopper?.channel)).toEqual(['msteams', 'telegram']);
  expect(stores.privacy.find({ userId: '1', channel: 'msteams' })).toHaveLength(1);
});

it('tells nobody what others said in a conversation of several, but erases it', async () => {
  const key = 'channel:msteams:19:group';
  const [one, two] = ['1', '2'].map((userId) => ({ channel: 'msteams', userId }));
  stores.conversations.save(key, { lastSearch: { text: 'said by two' } }, 0, one);
  stores.conversations.save(key, { lastSearch: { text: 'said by two' } }, stores.conversations.load(key).version, two);
  const read = stores.privacy.read(scopeOf('1'));
  expect(read.shared).toEqual([key]);
  expect(JSON.stringify(read.data)).not.toContain('said by two');
  expect(stores.privacy.find({ conversation: '19:group' })).toEqual([{ conversations: [key] }]);
  await eraser().erase(scopeOf('1'), { serving: true });
  expect(tracesOf(dir, ['said by two'])).toEqual([]);
});

describe('an erase while a turn runs', () => {
  const local = 'c-ann';
  const key = `local:${local}`;
  beforeEach(() => fill(stores, ann, local, 'annwords', NOW));

  it.each([
    ['that knows the state', (): number => stores.conversations.load(key).version],
    [
      'that found none',
      (): number => {
        stores.db.exec('DELETE FROM conversations');
        return 0;
      },
    ],
  ])('%s: it can’t write what it read, and is answered on a new one', (_name, load) => {
    const version = load();
    waits(stores, ann, local, 'inflight', 'under way');
    stores.privacy.erase(scopeOf('dl_ann'), { keepWaiting: true });
    expect(stores.conversations.save(key, { text: 'annwords' }, version)).toBe(false);
    const fresh = stores.conversations.load(key);
    expect(fresh.state).toBeNull();
    expect(stores.conversations.save(key, { text: 'new' }, fresh.version)).toBe(true);
    expect(stores.inbox.next(key)?.activity.text).toBe('under way');
  });

  it('that answers in the response: it can’t write what it read either', () => {
    const { version } = stores.conversations.load(key);
    stores.privacy.erase(scopeOf('dl_ann'), { keepWaiting: true });
    expect(stores.conversations.save(key, { text: 'annwords' }, version)).toBe(false);
    expect(stores.conversations.save(key, { text: 'new' }, 0)).toBe(true);
    expect(stores.conversations.load(key).version).not.toBe(version);
  });

  it('keeps the numbers of activities growing, so that a page misses nothing', () => {
    const last = stores.activities.last(local);
    waits(stores, ann, local, 'inflight', 'under way');
    stores.privacy.erase(scopeOf('dl_ann'), { keepWaiting: true });
    expect(stores.activities.after(local, 0, 10).map(({ activity }) => activity.text)).toEqual(['under way']);
    stores.activities.append(local, { id: 'answer', text: 'answer' });
    expect(stores.activities.after(local, last, 10).map(({ activity }) => activity.text)).toEqual([
      'under way',
      'answer',
    ]);
  });

  it('lets no answer come to a conversation that is gone', () => {
    stores.privacy.erase(scopeOf('dl_ann'), { keepWaiting: false });
    expect(() => stores.activities.append(local, { id: 'late' })).toThrow(
      expect.objectContaining({ code: 'CONVERSATION_UNKNOWN' }),
    );
    expect(count('activities')).toBe(0);
  });

  it('keeps the file of the message under way, no other', async () => {
    const file = { bytes: Buffer.from('x'), contentType: 'image/webp', name: 'x.webp' };
    const id = await stores.attachments.put(key, file);
    waits(stores, ann, local, 'inflight', `see /v3/attachments/${id}/views/original`);
    const all = stores.privacy.files(scopeOf('dl_ann'), { keepWaiting: false });
    const going = stores.privacy.files(scopeOf('dl_ann'), { keepWaiting: true });
    expect([all.length, going.length, going.includes(id)]).toEqual([2, 1, false]);
  });

  it('waits for the answer, then erases that, too', async () => {
    waits(stores, ann, local, 'inflight', 'under way');
    const erasing = eraser(10_000).erase(scopeOf('dl_ann'), { serving: true });
    setTimeout(() => {
      stores.inbox.done(stores.inbox.next(key)?.sequence ?? 0);
      stores.activities.append(local, { id: 'answer', text: 'the answer' });
      for (let row = stores.outbox.next(key); row; row = stores.outbox.next(key)) stores.outbox.remove(row.sequence);
    }, 300);
    expect((await erasing).waiting).toBe(0);
    expect(tracesOf(dir, ['annwords', 'under way', 'the answer', 'dl_ann', local])).toEqual([]);
  });

  it('says what is still waiting when nobody answers in time', async () => {
    waits(stores, ann, local, 'inflight', 'under way');
    expect((await eraser(300).erase(scopeOf('dl_ann'), { serving: true })).waiting).toBeGreaterThan(0);
    expect(stores.inbox.next(key)?.activity.text).toBe('under way');
    expect((await eraser().erase(scopeOf('dl_ann'), { serving: false })).waiting).toBe(0);
    expect(tracesOf(dir, ['under way', 'dl_ann', local])).toEqual([]);
  });

  it('drops an answer that its channel does not take', () => {
    stores.outbox.failed(stores.outbox.next(key)?.sequence ?? 0);
    expect(stores.privacy.waiting(scopeOf('dl_ann'))).toBe(0);
    stores.privacy.erase(scopeOf('dl_ann'), { keepWaiting: true });
    expect(stores.outbox.count()).toBe(0);
  });
});

it('leaves no trace in the free space of pages, however rows moved between them', async () => {
  // Rows of many lengths, in the order of chance: pages are split and merged all the time.
  let seed = 1;
  const below = (n: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >>> 8) % n;
  };
  const users = Array.from({ length: 20 }, (_, i) => ({ channel: 'msteams', userId: `user-${i}` }));
  const write = stores.db.transaction(() => {
    for (let i = 0; i < 2_000; i++) {
      const shopper = users[below(20)] ?? ann;
      const key = `channel:msteams:${shopper.userId}`;
      const words = `${shopper.userId}-says ${'x'.repeat(below(below(5) === 0 ? 6_000 : 400))}`;
      const entry = { conversationId: key, at: NOW, speaker: 'shopper', text: words } as const;
      stores.transcript.append({ ...entry, id: `entry-${i}` });
      stores.conversations.save(key, { text: words }, stores.conversations.load(key).version, shopper);
      if (i % 200 === 199) stores.privacy.erase(scopeOf(`user-${(i + 1) / 200}`), { keepWaiting: false });
    }
  });
  write();
  for (let i = 11; i < 20; i++) await eraser().erase(scopeOf(`user-${i}`), { serving: false });
  const gone = users.slice(11).map(({ userId }) => `${userId}-says`);
  expect(tracesOf(dir, gone)).toEqual([]);
});

it('removes files that a killed process left without a row, and no file that is being written', async () => {
  const folder = join(dir, 'attachments');
  await stores.attachments.put('local:c', { bytes: Buffer.from('x'), contentType: 'image/webp', name: 'x.webp' });
  for (const name of ['old.bin', 'new.bin']) writeFileSync(join(folder, name), 'stray');
  utimesSync(join(folder, 'old.bin'), new Date(0), new Date(0));
  await stores.attachments.removeStrays();
  expect(readdirSync(folder).filter((name) => name.length < 10)).toEqual(['new.bin']);
  expect(readdirSync(folder)).toHaveLength(2);
});
