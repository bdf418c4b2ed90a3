import { readFile, stat } from 'node:fs/promises';
import {
  type Downloader,
  messageOf,
  type PictureNormaliser,
  type PictureStore,
  type PictureTask,
  VitrineError,
} from '../domain';

const MOST_PICTURE_BYTES = 10 * 1024 * 1024;
const SIDE_BY_SIDE = 3;
const LOOKAHEAD = 256;
/** Variants often share a picture, and stand side by side. */
const REMEMBERED = 16;

export interface FetchPicturesOptions {
  readonly pictures: PictureStore;
  readonly downloader: Downloader;
  readonly normaliser: PictureNormaliser;
  /** Resolves a path beside a feed; undefined when it leaves the feed's folder. */
  readonly resolveInside: (folder: string, relative: string) => string | undefined;
  readonly onProgress?: (done: number, total: number) => void;
  readonly onFailure?: (task: PictureTask, reason: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Fetches, normalises and stores every picture that products name and the store lacks. Each one is stored by itself, so
 * that a run that was killed goes on where it was; one that can't be had is reported and given up until the next import.
 */
export async function fetchPictures(options: FetchPicturesOptions): Promise<{ stored: number; failed: number }> {
  const { pictures } = options;
  pictures.retryFailed();
  const total = pictures.pendingCount();
  let stored = 0;
  let failed = 0;
  const recent = new Map<string, Promise<Buffer>>();
  for (let tasks = pictures.pending(LOOKAHEAD); tasks.length > 0; tasks = pictures.pending(LOOKAHEAD)) {
    const queue = [...tasks];
    const worker = async () => {
      for (let task = queue.pop(); task; task = queue.pop()) {
        options.signal?.throwIfAborted();
        if (await fetchOne(task, options, recent)) stored += 1;
        else failed += 1;
        options.onProgress?.(stored + failed, total);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  }
  return { stored, failed };
}

async function fetchOne(
  task: PictureTask,
  options: FetchPicturesOptions,
  recent: Map<string, Promise<Buffer>>,
): Promise<boolean> {
  try {
    const key = `${task.base ?? ''}\n${task.source}`;
    let picture = recent.get(key);
    if (!picture) {
      picture = bytesOf(task, options).then((bytes) => options.normaliser.normalise(bytes));
      recent.set(key, picture);
      const [oldest] = recent.keys();
      if (recent.size > REMEMBERED && oldest !== undefined) recent.delete(oldest);
    }
    await options.pictures.put(task, await picture);
    return true;
  } catch (error) {
    options.signal?.throwIfAborted();
    // A full or read-only disk is no fault of the picture's.
    if (error instanceof VitrineError && (error.code === 'STORAGE_FULL' || error.code === 'DATA_DIR_UNWRITABLE'))
      throw error;
    const reason = messageOf(error);
    options.pictures.fail(task, reason);
    options.onFailure?.(task, reason);
    return false;
  }
}

async function bytesOf(task: PictureTask, options: FetchPicturesOptions): Promise<Buffer> {
  const address = addressOf(task);
  if (address) {
    const { bytes } = await options.downloader.fetch(address, {
      maxBytes: MOST_PICTURE_BYTES,
      ...(options.signal && { signal: options.signal }),
    });
    return bytes;
  }
  const path =
    task.base === undefined || isAddress(task.base) ? undefined : options.resolveInside(task.base, task.source);
  if (!path) throw new VitrineError('PICTURE_UNREADABLE', "the picture's path is not beside the feed");
  const { size } = await stat(path).catch(() => ({ size: -1 }));
  if (size < 0) throw new VitrineError('PICTURE_UNREADABLE', 'there is no such picture file');
  if (size > MOST_PICTURE_BYTES) throw new VitrineError('PICTURE_TOO_LARGE', 'the picture file is larger than 10 MB');
  return readFile(path);
}

const isAddress = (text: string) => /^https?:\/\//i.test(text);

/** The http(s) address of a picture; pictures of a feed that came from the web never name local files. */
function addressOf(task: PictureTask): string | undefined {
  if (isAddress(task.source)) return task.source;
  if (task.base === undefined || !isAddress(task.base)) return undefined;
  try {
    return new URL(task.source, task.base).href;
  } catch {
    return undefined;
  }
}
