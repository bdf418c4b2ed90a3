import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What a file's bytes must be. `git-blob` is the SHA-1 that git and the hub give small files (over "blob <bytes>\0" and
 * the bytes); it is used only where nobody has told a SHA-256.
 */
export interface PinnedFile {
  readonly path: string;
  readonly bytes: number;
  readonly digest: { readonly algorithm: 'sha256' | 'git-blob'; readonly hex: string };
}

/** A file that is not what it should be. */
export interface WrongFile {
  readonly path: string;
  readonly reason: 'missing' | 'wrong size' | 'wrong hash';
}

/** Is the file there, with its bytes? Reads it as a stream; undefined when all is well. */
export async function checkFile(file: string, pinned: PinnedFile): Promise<WrongFile | undefined> {
  const wrong = await checkSize(file, pinned);
  if (wrong) return wrong;
  const { algorithm, hex } = pinned.digest;
  const hash = createHash(algorithm === 'sha256' ? 'sha256' : 'sha1');
  if (algorithm === 'git-blob') hash.update(`blob ${pinned.bytes}\0`);
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch {
    return { path: pinned.path, reason: 'missing' };
  }
  return hash.digest('hex') === hex ? undefined : { path: pinned.path, reason: 'wrong hash' };
}

/** Is the file there, with its length? */
export async function checkSize(file: string, pinned: PinnedFile): Promise<WrongFile | undefined> {
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile()) return { path: pinned.path, reason: 'missing' };
  return info.size === pinned.bytes ? undefined : { path: pinned.path, reason: 'wrong size' };
}

/** All files of a folder that are not as they should be, in order. */
export async function checkFiles(
  folder: string,
  files: readonly PinnedFile[],
  check: typeof checkFile = checkFile,
): Promise<readonly WrongFile[]> {
  const wrong: WrongFile[] = [];
  for (const pinned of files) {
    const found = await check(join(folder, pinned.path), pinned);
    if (found) wrong.push(found);
  }
  return wrong;
}
