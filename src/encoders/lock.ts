import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { VitrineError } from '../domain';
import type { ModelEntry } from './manifest';
import type { PinnedFile } from './verify';

const pinnedFile = z.object({
  path: z.string(),
  bytes: z.number().int().nonnegative(),
  digest: z.object({
    algorithm: z.enum(['sha256', 'git-blob']),
    hex: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
  }),
});
const pin = z.object({
  repository: z.string(),
  revision: z.string().regex(/^[0-9a-f]{40}$/),
  files: z.array(pinnedFile),
});
const lock = z.object({ format: z.literal(1), models: z.record(z.string(), pin) });

/** The commit and the bytes that a model was pulled at. */
export type Pin = z.output<typeof pin>;
type Lock = z.output<typeof lock>;

/** `lock.json` beside pulled models: what the manifest leaves open, as the hub told it at the first pull. */
export async function readLock(file: string): Promise<Lock> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return { format: 1, models: {} };
  }
  try {
    return lock.parse(JSON.parse(text));
  } catch (cause) {
    const message = `${file} can't be read; remove it to pin the models anew`;
    throw new VitrineError('MODEL_CORRUPT', message, { cause });
  }
}

/** Adds a pin; written beside and renamed, so that a kill leaves the old file or the new one. */
export async function writePin(file: string, id: string, added: Pin): Promise<void> {
  const { models } = await readLock(file);
  const partial = `${file}.${process.pid}.partial`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(partial, `${JSON.stringify({ format: 1, models: { ...models, [id]: added } }, null, 2)}\n`, {
      flush: true,
    });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** The commit and bytes that the manifest alone tells, or undefined when it leaves something open. */
export function pinOfManifest(entry: ModelEntry): Pin | undefined {
  if (entry.set === 'hub' && !/^[0-9a-f]{40}$/.test(entry.revision)) return undefined;
  const files = entry.files.map(({ path, bytes, sha256 }): PinnedFile | undefined =>
    sha256 === null || bytes === null ? undefined : { path, bytes, digest: { algorithm: 'sha256', hex: sha256 } },
  );
  if (!files.every((file) => file !== undefined)) return undefined;
  return { repository: entry.repository ?? '', revision: entry.revision, files };
}

/**
 * What a model's files must be: as the manifest says, and where it leaves something open as the lock file says.
 * Undefined when neither tells, that is: when the model was never pulled, or the manifest has moved on since.
 */
export async function pinOf(entry: ModelEntry, lockFile: string): Promise<Pin | undefined> {
  const certain = pinOfManifest(entry);
  if (certain) return certain;
  const { models } = await readLock(lockFile);
  const locked = models[entry.id];
  return locked && agrees(locked, entry) ? locked : undefined;
}

/** Does a pin say nothing else than the manifest, as far as that goes? */
export function agrees(pinned: Pin, entry: ModelEntry): boolean {
  if (pinned.repository !== entry.repository || pinned.files.length !== entry.files.length) return false;
  if (/^[0-9a-f]{40}$/.test(entry.revision) && pinned.revision !== entry.revision) return false;
  return entry.files.every(({ path, bytes, sha256 }) => {
    const file = pinned.files.find((each) => each.path === path);
    if (!file || (bytes !== null && bytes !== file.bytes)) return false;
    return sha256 === null || (file.digest.algorithm === 'sha256' && file.digest.hex === sha256);
  });
}
