import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Downloader, VitrineError } from '../domain';
import { addressOf, askHub } from './hub';
import { type Pin, pinOf, writePin } from './lock';
import type { ModelEntry } from './manifest';
import { checkFile, checkSize, type PinnedFile } from './verify';

export interface PullTools {
  readonly hub: string;
  readonly downloader: Downloader;
  /** `lock.json` of the cache. */
  readonly lockFile: string;
  readonly signal?: AbortSignal;
  /** Bytes of a file that are there, of how many. */
  readonly onProgress?: (path: string, bytes: number, total: number) => void;
  /** Milliseconds before each further try of a file; their number is the number of further tries. */
  readonly waits?: readonly number[];
}

const WAITS = [1_000, 4_000, 10_000];

/**
 * Brings a hub model's files into a folder: each is fetched beside its place, checked and renamed, so that a file in
 * its place is a whole and right one. Right files that are there are kept; a download that was cut, here or in an
 * earlier run, goes on where it was. Once it is done nothing of the model needs the network again.
 *
 * Throws DOWNLOAD_* when the hub can't be reached (after some tries), MODEL_CHANGED when its bytes are not the pinned
 * ones (they are removed), STORAGE_FULL, STORAGE_FAILED and DATA_DIR_UNWRITABLE for the disk.
 *
 * @returns the number of files fetched and kept
 */
export async function pullModel(
  entry: ModelEntry,
  folder: string,
  tools: PullTools,
): Promise<{ fetched: number; kept: number }> {
  await makeFolder(folder);
  const pin = await pinFor(entry, tools);
  let fetched = 0;
  for (const file of pin.files) {
    if (!(await checkFile(join(folder, file.path), file))) continue;
    await pullFile(entry, pin, file, folder, tools);
    fetched += 1;
  }
  return { fetched, kept: pin.files.length - fetched };
}

async function pinFor(entry: ModelEntry, tools: PullTools): Promise<Pin> {
  const known = await pinOf(entry, tools.lockFile);
  if (known) return known;
  const told = await again(tools, () => askHub(entry, tools));
  await writePin(tools.lockFile, entry.id, told);
  return told;
}

async function pullFile(
  entry: ModelEntry,
  pin: Pin,
  file: PinnedFile,
  folder: string,
  tools: PullTools,
): Promise<void> {
  const target = join(folder, file.path);
  const part = `${target}.part`;
  await makeFolder(dirname(target));
  const address = addressOf(tools.hub, pin.repository, pin.revision, file.path);
  const fetchRest = async (): Promise<void> => {
    // Killed between the last byte and the renaming: nothing is left to ask for.
    if (!(await checkSize(part, file))) return;
    await tools.downloader.resumeToFile(address, part, {
      maxBytes: file.bytes,
      ...(tools.signal && { signal: tools.signal }),
      onProgress: (bytes) => tools.onProgress?.(file.path, bytes, file.bytes),
    });
  };
  try {
    await again(tools, fetchRest);
  } catch (error) {
    if (codeOf(error) === 'DOWNLOAD_TOO_LARGE') await forget(part);
    throw error;
  }
  const wrong = await checkFile(part, file);
  if (wrong) {
    await forget(part);
    throw new VitrineError('MODEL_CHANGED', `${entry.id}: ${file.path} came with a ${wrong.reason}.`);
  }
  await rename(part, target);
  await forget(part);
}

/** Tries again, after growing waits, what may succeed the next time. */
async function again<T>(tools: PullTools, action: () => Promise<T>): Promise<T> {
  const waits = [...(tools.waits ?? WAITS)];
  for (;;) {
    try {
      return await action();
    } catch (error) {
      const next = waits.shift();
      if (next === undefined || !isPassing(error) || tools.signal?.aborted) throw error;
      await wait(next, undefined, tools.signal ? { signal: tools.signal } : {});
    }
  }
}

/** Cut connections, silence, and answers that say "later". */
function isPassing(error: unknown): boolean {
  if (codeOf(error) === 'DOWNLOAD_TIMEOUT') return true;
  if (codeOf(error) !== 'DOWNLOAD_FAILED') return false;
  const status = (error as { cause?: { status?: number } }).cause?.status;
  return status === undefined || status >= 500 || status === 408 || status === 429;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof VitrineError ? error.code : undefined;
}

async function forget(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(`${part}.etag`, { force: true });
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    throw new VitrineError(full ? 'STORAGE_FULL' : 'DATA_DIR_UNWRITABLE', `${folder} can't be made (${code}).`, {
      cause,
    });
  }
}
