import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Where in the files below a folder texts stand, as raw bytes in UTF-8 or UTF-16, or in a file's name. Read by another
 * process: one that opens and closes a database's file itself loses the locks that SQLite holds on it.
 */
export function tracesOf(folder: string, texts: readonly string[]): string[] {
  const args = [join(__dirname, 'scan-folder.cjs'), folder, JSON.stringify(texts)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}
