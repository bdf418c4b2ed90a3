import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The previous generation stays for searches under way; older ones and leftovers of killed builds go. */
export async function removeGenerations(folder: string, keep: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (entry.startsWith('g-') && !keep.has(entry)) await rm(join(folder, entry), { recursive: true, force: true });
  }
}
