import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { copyCatalogue, openDatabase, SqliteConversationStore, SqliteProductStore } from '../../src/storage';
import { DIALOG_KINDS, type DialogReport, MOST_TURNS } from '../../src/training';
import { product } from '../support/data-dir';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
const DEMO = process.env.VITRINE_TEST_DEMO ?? '';
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-eval-dialogs-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function evaluate(...args: readonly string[]): SpawnSyncReturns<string> {
  const env = { ...process.env, DATA_DIR: DEMO, TMPDIR: dir };
  return spawnSync(process.execPath, [MAIN, 'eval', 'dialogs', ...args], { encoding: 'utf8', cwd: dir, env });
}

/** Rows of tables that conversations write to. */
function written(): number[] {
  const db = new Database(join(DEMO, 'vitrine.sqlite'), { readonly: true });
  try {
    return ['conversations', 'transcript', 'tickets', 'attachments'].map(
      (table) => db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1,
    );
  } finally {
    db.close();
  }
}

it('plays two conversations of each kind over the demo, and judges them coherently', () => {
  const before = written();
  const { status, stdout, stderr } = evaluate('--lang', 'en', '--json', '--report', 'report');
  expect(stderr).toContain(join('report', 'index.html'));
  expect(status).toBe(0);
  const { date: _, ...stored } = JSON.parse(readFileSync(join(dir, 'report', 'report.json'), 'utf8'));
  const report = JSON.parse(stdout) as DialogReport;
  expect(stored).toEqual(report);
  expect(Object.keys(report.byKind)).toEqual([...DIALOG_KINDS]);
  expect(report.dialogs).toHaveLength(16);
  for (const { id, turns, reachedAt, miss, slots, kind } of report.dialogs ?? []) {
    expect({ id, is: reachedAt === undefined }).toEqual({ id, is: miss !== undefined });
    expect(turns.length).toBeLessThanOrEqual(MOST_TURNS);
    expect(reachedAt ?? 1).toBeLessThanOrEqual(turns.length);
    expect(turns[0]?.purpose).toBe('opening');
    expect(miss).not.toBe('fault');
    expect(slots !== undefined).toBe(kind === 'buy' || kind.startsWith('find'));
    // Who saw the right product chose it, and nobody else.
    const chose = turns.some(({ purpose }) => purpose === 'choice');
    if (kind.startsWith('find')) expect({ id, chose }).toEqual({ id, chose: miss !== 'not shown' });
  }
  // What the assistant waits for is read out of its state.
  expect(report.dialogs?.find(({ kind }) => kind === 'order')?.turns[0]?.asks).toBe('order');
  expect(report.overall.reached).toBeGreaterThanOrEqual(12);
  // The shop that was talked to is gone, and the one that it was copied from knows nothing of it.
  expect(written()).toEqual(before);
  expect(readdirSync(dir).filter((name) => name.startsWith('vitrine-'))).toEqual([]);
  expect(readdirSync(join(dir, 'report')).sort()).toEqual(['figures.csv', 'index.html', 'report.json']);
}, 120_000);

it('says what can be asked for', () => {
  const rows: [args: string[], says: string][] = [
    [['--set', 'training'], 'Allowed choices are validation, held-out'],
    [['--lang', 'xx'], 'languages separated by commas, of: en, zh'],
    [['--only', 'nobody'], 'validation has no conversation nobody'],
  ];
  for (const [args, says] of rows) {
    const { status, stderr } = evaluate(...args);
    expect(stderr).toContain(says);
    expect(status).toBe(2);
  }
});

it('copies a catalogue without anything of shoppers, and only where it is the wanted one', () => {
  const [from, to] = [join(dir, 'from'), join(dir, 'to')];
  expect(copyCatalogue(from, to, () => true)).toBe(false);
  const source = openDatabase(from);
  new SqliteProductStore(source).upsert([product({ id: 'mug', title: 'Mug' })]);
  new SqliteConversationStore(source, Date.now).save('talk', { secret: 1 }, 0, { channel: 'c', userId: 'u' });
  source.close();
  expect(copyCatalogue(from, to, (ids) => ids.length !== 1)).toBe(false);
  expect(existsSync(to)).toBe(false);
  expect(copyCatalogue(from, to, (ids) => ids.join() === 'mug')).toBe(true);
  const target = openDatabase(to);
  expect(new SqliteProductStore(target).get('mug')?.title).toBe('Mug');
  expect(new SqliteConversationStore(target, Date.now).load('talk').version).toBe(0);
  target.close();
});
