import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFeed } from '../bench/ingest';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
const dir = mkdtempSync(join(tmpdir(), 'vitrine-faults-'));
const disk = join(dir, 'disk');
const SMALL = 'id\ttitle\tprice\n1\tRed teapot\t9.00 EUR\n2\tBlue teapot\t9.00 EUR\n';

mkdirSync(disk);
// A real small disk; only root may make one.
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0;
const onDisk = mounted ? it : it.skip;

afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(dir, { recursive: true, force: true });
});

const vitrine = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN, '--data-dir', join(disk, 'data'), ...args], { encoding: 'utf8' });

onDisk(
  'a disk that fills up ends the import with a clear error, and the catalogue goes on serving (needs mount)',
  async () => {
    const small = join(dir, 'small.tsv');
    writeFileSync(small, SMALL);
    expect(vitrine('import', small).status).toBe(0);
    const large = join(dir, 'large.tsv');
    await writeFeed(large, 40_000, 0);
    const full = vitrine('import', large);
    expect(full.stderr).toContain('[STORAGE_FULL]');
    expect(full.status).toBe(1);
    const search = vitrine('search', 'teapot');
    expect(search.stderr).toBe('');
    expect(search.stdout).toContain('Red teapot');
  },
);

onDisk('a data directory on a read-only disk is named as such (needs mount)', () => {
  expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
  const small = join(dir, 'again.tsv');
  writeFileSync(small, SMALL.replace('Red', 'Green'));
  const readOnly = vitrine('import', small);
  expect(readOnly.stderr).toContain('[DATA_DIR_UNWRITABLE]');
  expect(readOnly.status).toBe(1);
});

it('a folder of feeds is imported whole, each in its own format', () => {
  const folder = join(dir, 'feeds');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.tsv'), SMALL);
  writeFileSync(join(folder, 'b.jsonl'), '{"@type":"Product","sku":"3","name":"Green teapot"}\n');
  writeFileSync(join(folder, 'notes.md'), 'not a feed');
  const { stdout, status } = spawnSync(process.execPath, [MAIN, '--data-dir', join(dir, 'data'), 'import', folder], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout.match(/imported/g)).toHaveLength(2);
  expect(stdout).toContain('3 products indexed');
});
