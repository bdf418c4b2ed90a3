import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
const TITLE = '<script>alert(1)</script> red shoe';
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-eval-'));
  const rows = [
    ['id', 'title', 'product_type', 'price'],
    ['a', TITLE, 'shoes > boots', '10 EUR'],
    ['b', 'blue hat', 'hats > hats', '11 EUR'],
    ['c', 'teapot', 'kitchen > teapots', '12 EUR'],
  ];
  writeFileSync(join(dir, 'feed.tsv'), rows.map((row) => row.join('\t')).join('\n'));
  const queries = [
    { text: '<script>alert(2)</script> shoe', lang: '<script>alert(3)</script>', relevant: { a: 2, '<script>x': 1 } },
    { text: 'teapot', lang: 'en', modality: 'composed', relevant: { c: 1 } },
  ];
  writeFileSync(join(dir, 'queries.jsonl'), queries.map((query) => JSON.stringify(query)).join('\n'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function evaluate(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(
    process.execPath,
    [MAIN, 'eval', '--catalogue', join(dir, 'feed.tsv'), '--queries', join(dir, 'queries.jsonl'), ...args],
    { encoding: 'utf8', cwd: dir, env: { ...process.env, MODELS: 'none' } },
  );
}

describe('eval', () => {
  it('--report writes the page and the JSON of what it prints', () => {
    const { status, stdout, stderr } = evaluate('--report', 'out/first', '--systems', 'vitrine,bm25', '--json');
    expect(stderr).toContain(join('out', 'first', 'index.html'));
    expect(status).toBe(0);
    const page = readFileSync(join(dir, 'out', 'first', 'index.html'), 'utf8');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain(dir);
    const { run, ...report } = JSON.parse(readFileSync(join(dir, 'out', 'first', 'report.json'), 'utf8'));
    expect(report).toEqual(JSON.parse(stdout));
    expect(report.systems.map(({ name }: { name: string }) => name)).toEqual(['vitrine', 'bm25']);
    expect(report.systems[0].confusion.n).toBe(2);
    expect(Object.keys(report.systems[0].byModality)).toEqual(['composed', 'text']);
    expect(run.command).toBe(
      'vitrine eval --catalogue feed.tsv --queries queries.jsonl --systems vitrine,bm25 --seed 1 --report first',
    );
  });

  it('names the systems that there are', () => {
    const { status, stderr } = evaluate('--systems', 'vitrine,magic');
    expect(stderr).toContain('names separated by commas, of: vitrine, typed, words only');
    expect(status).toBe(2);
  });

  it('says why a system cannot be scored', () => {
    const { status, stderr } = evaluate('--systems', 'words vector');
    expect(stderr).toContain('there is no text encoder');
    expect(stderr).toContain('[SYSTEM_UNAVAILABLE]');
    expect(status).toBe(1);
  });

  it('refuses a report that is a file before anything is scored', () => {
    writeFileSync(join(dir, 'taken'), 'kept');
    const { status, stdout, stderr } = evaluate('--report', 'taken');
    expect(stderr).toContain('taken is a file, not a folder');
    expect(stdout).toBe('');
    expect(status).toBe(1);
    expect(readFileSync(join(dir, 'taken'), 'utf8')).toBe('kept');
    expect(existsSync(join(dir, 'taken', 'index.html'))).toBe(false);
  });
});
