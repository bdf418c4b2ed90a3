import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openDatabase,
  SqliteActivityLog,
  SqliteConversationStore,
  SqliteProductStore,
  storageError,
  takeLock,
} from '../../src/storage';
import { product } from '../support/data-dir';

const ROOT = join(__dirname, '..', '..');
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-storage-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('products', () => {
  it('tells imported, updated and unchanged apart, and gives each change a revision', () => {
    const store = new SqliteProductStore(openDatabase(dir));
    const two = [product({ id: 'a', title: 'A' }), product({ id: 'b', title: 'B' })];
    expect(store.upsert(two)).toEqual({ imported: 2, updated: 0, unchanged: 0 });
    expect(store.upsert(two)).toEqual({ imported: 0, updated: 0, unchanged: 2 });
    const before = store.revision();
    expect(store.upsert([product({ id: 'b', title: 'New B' })])).toEqual({ imported: 0, updated: 1, unchanged: 0 });
    expect(store.changedSince(before, 10).map((change) => change.product.title)).toEqual(['New B']);
    expect(store.getMany(['b', 'nothing', 'a']).map((found) => found.title)).toEqual(['New B', 'A']);
  });

  it('saves the checkpoint together with the batch, or neither', () => {
    const store = new SqliteProductStore(openDatabase(dir));
    const counts = { imported: 0, updated: 0, unchanged: 0, skipped: 0 };
    const checkpoint = { feed: 'f', fingerprint: 'x', rows: 1, counts, finished: false };
    const broken = {
      id: 'a',
      title: 'A',
      toJSON: () => {
        throw new Error('cut off');
      },
    };
    expect(() => store.upsert([broken as never], { checkpoint })).toThrow('cut off');
    expect(store.checkpoint('f')).toBeUndefined();
    store.upsert([product({ id: 'a', title: 'A' })], { checkpoint });
    expect(store.checkpoint('f')).toEqual({ ...checkpoint, counts: { ...counts, imported: 1 } });
  });

  it('reads all of them in batches, hostile ids included', () => {
    const store = new SqliteProductStore(openDatabase(dir));
    const ids = ["'; DROP TABLE products; --", '__proto__', 'z', 'é', '\u{1f45c}'];
    store.upsert(ids.map((id) => product({ id, title: id })));
    expect(
      [...store.batches(2)]
        .flat()
        .map((found) => found.id)
        .sort(),
    ).toEqual([...ids].sort());
  });
});

describe('conversations', () => {
  it('refuses to overwrite what another turn saved', () => {
    const store = new SqliteConversationStore(openDatabase(dir));
    expect(store.load('c')).toEqual({ state: undefined, version: 0 });
    expect(store.save('c', { n: 1 }, 0)).toBe(true);
    expect(store.save('c', { n: 2 }, 0)).toBe(false);
    const { version } = store.load('c');
    expect(store.save('c', { n: 3 }, version)).toBe(true);
    expect(store.save('c', { n: 4 }, version)).toBe(false);
    expect(store.load('c').state).toEqual({ n: 3 });
  });

  it('keeps activities in order over a restart', () => {
    const first = openDatabase(dir);
    const log = new SqliteActivityLog(first);
    log.open('c', 'dl_u');
    for (const id of ['a1', 'a2', 'a3', 'a2']) log.append('c', { id, text: 'x' });
    expect(log.last('c')).toBe(3);
    first.close();
    const again = new SqliteActivityLog(openDatabase(dir));
    expect(again.after('c', 1, 10).map((entry) => entry.sequence)).toEqual([2, 3]);
    expect(again.userOf('c')).toBe('dl_u');
    expect(again.userOf('other')).toBeUndefined();
  });
});

describe('faults', () => {
  it('a second process is refused while the first holds the lock, and let in when it is gone', () => {
    const lock = takeLock(dir, 'write');
    const script = `require(${JSON.stringify(join(ROOT, 'dist/src/storage'))}).takeLock(${JSON.stringify(dir)}, 'write')`;
    const refused = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect(refused.stderr).toContain('another process writes to this data directory');
    expect(() => takeLock(dir, 'write')).toThrow(expect.objectContaining({ code: 'DATA_DIR_LOCKED' }));
    lock.release();
    expect(spawnSync(process.execPath, ['-e', script]).status).toBe(0);
    const killed = spawnSync(process.execPath, ['-e', `${script};process.kill(process.pid,'SIGKILL')`]);
    expect(killed.signal).toBe('SIGKILL');
    takeLock(dir, 'write').release();
  });

  it('a full disk stops the write and leaves what was there', () => {
    const db = openDatabase(dir);
    const store = new SqliteProductStore(db);
    store.upsert([product({ id: 'a', title: 'A' })]);
    // A page limit makes SQLite answer as it does on a full disk.
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 2}`);
    const many = Array.from({ length: 500 }, (_, i) => product({ id: `p${i}`, title: 'x'.repeat(400) }));
    expect(() => store.upsert(many)).toThrow(expect.objectContaining({ code: 'STORAGE_FULL' }));
    expect(store.count()).toBe(1);
    db.pragma('max_page_count = 1073741823');
    expect(store.upsert(many).imported).toBe(500);
  });

  it('a data directory that cannot be written is named as such', () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    expect(() => openDatabase(join(file, 'data'))).toThrow(expect.objectContaining({ code: 'DATA_DIR_UNWRITABLE' }));
    expect(storageError(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toMatchObject({ code: 'STORAGE_FULL' });
    expect(storageError(Object.assign(new Error('x'), { code: 'EROFS' }))).toMatchObject({
      code: 'DATA_DIR_UNWRITABLE',
    });
    const locked = join(dir, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    // Root may write anywhere: only other users meet this one.
    if (process.getuid?.() !== 0)
      expect(() => openDatabase(locked)).toThrow(expect.objectContaining({ code: 'DATA_DIR_UNWRITABLE' }));
  });
});
