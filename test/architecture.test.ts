import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(join(ROOT, path)).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

function cruise(...args: string[]) {
  const bin = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  return spawnSync(process.execPath, [bin, '--config', '.dependency-cruiser.cjs', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

describe('architecture', () => {
  it('imports point down only', () => {
    const { status, stdout } = cruise('src', 'dialogs');
    expect(stdout).toContain('no dependency violations found');
    expect(status).toBe(0);
  });

  it('files stay small enough to read', () => {
    const long = [...sources('src'), ...sources('dialogs')].filter(
      (path) => readFileSync(join(ROOT, path), 'utf8').split('\n').length > 300,
    );
    expect(long).toEqual([]);
  });
});
