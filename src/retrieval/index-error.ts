import { messageOf, VitrineError } from '../domain';

/** Faults of the disk by their own names; LanceDB tells them in its messages only. */
export function indexError(error: unknown): Error {
  if (error instanceof VitrineError) return error;
  const message = messageOf(error);
  if (/No space left|ENOSPC|Disk quota/i.test(message)) {
    return new VitrineError('STORAGE_FULL', 'the disk of the data directory is full', { cause: error });
  }
  if (/Read-only file system|Permission denied|EROFS|EACCES/i.test(message)) {
    return new VitrineError('DATA_DIR_UNWRITABLE', "the data directory can't be written", { cause: error });
  }
  return new VitrineError('INDEX_FAILED', "the index can't be built", { cause: error });
}
