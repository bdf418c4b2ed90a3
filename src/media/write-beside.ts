import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { VitrineError } from '../domain';

/**
 * Writes to a temporary file beside `file` and renames it when all is there, so that `file` is never half written.
 * Whatever the source throws is thrown on; the disk's own errors become STORAGE_FULL or STORAGE_FAILED.
 *
 * @returns the number of bytes
 */
export async function writeBeside(
  file: string,
  chunks: AsyncIterable<Buffer>,
  onProgress: (bytes: number) => void,
): Promise<number> {
  const temporary = join(dirname(file), `.${basename(file).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
  const handle = await onDisk(() => open(temporary, 'wx'));
  try {
    const bytes = await writeAll(handle, chunks, onProgress);
    await onDisk(() => rename(temporary, file));
    return bytes;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeAll(
  handle: FileHandle,
  chunks: AsyncIterable<Buffer>,
  onProgress: (bytes: number) => void,
): Promise<number> {
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      await onDisk(() => handle.writeFile(chunk));
      bytes += chunk.length;
      onProgress(bytes);
    }
    await onDisk(() => handle.sync());
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Gives the disk's own errors the codes STORAGE_FULL and STORAGE_FAILED. */
export async function onDisk<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const code: unknown = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    throw full
      ? new VitrineError('STORAGE_FULL', 'The disk is full.', { cause })
      : new VitrineError('STORAGE_FAILED', `The download could not be written (${String(code)}).`, { cause });
  }
}
