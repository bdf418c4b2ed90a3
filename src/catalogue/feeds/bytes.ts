import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { VitrineError } from '../../domain';
import { FREE_EXPANSION_BYTES, MOST_EXPANSION, PIECE_BYTES } from './limits';

/**
 * The source in pieces of `PIECE_BYTES` (the last may be shorter), whatever size its own are. An abort ends the wait
 * for a source that says nothing.
 */
export async function* pieces(source: AsyncIterable<Buffer>, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const iterator = source[Symbol.asyncIterator]();
  let done = false;
  let piece = Buffer.allocUnsafe(PIECE_BYTES);
  let filled = 0;
  try {
    for (;;) {
      const next = await unlessAborted(iterator.next(), signal);
      if (next.done) break;
      for (let from = 0; from < next.value.length; ) {
        const copied = next.value.copy(piece, filled, from);
        from += copied;
        filled += copied;
        if (filled < PIECE_BYTES) continue;
        yield piece;
        piece = Buffer.allocUnsafe(PIECE_BYTES);
        filled = 0;
      }
    }
    done = true;
    if (filled > 0) yield piece.subarray(0, filled);
  } finally {
    // Not awaited: a source that hangs would hang its closing too.
    if (!done) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

async function unlessAborted<Value>(promise: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (!signal) return promise;
  promise.catch(() => undefined);
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

export function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Unpacks gzip. Throws FEED_BROKEN for damaged data and for data that grows beyond all proportion. */
export async function* gunzip(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let packed = 0;
  let unpacked = 0;
  const counted = async function* () {
    for await (const piece of source) {
      packed += piece.length;
      yield piece;
    }
  };
  const unzip = createGunzip();
  let fault: unknown;
  const done = pipeline(Readable.from(counted(), { highWaterMark: 1 }), unzip).catch((error: unknown) => {
    fault = error;
  });
  try {
    for await (const piece of unzip as AsyncIterable<Buffer>) {
      unpacked += piece.length;
      if (unpacked > FREE_EXPANSION_BYTES && unpacked > packed * MOST_EXPANSION) {
        throw new VitrineError('FEED_BROKEN', `the gzip data grows more than ${MOST_EXPANSION} times`);
      }
      yield piece;
    }
    await done;
    if (fault !== undefined) throw fault;
  } catch (error) {
    if (isDamage(error)) {
      throw new VitrineError('FEED_BROKEN', `the gzip data is damaged: ${String(error.message)}`, { cause: error });
    }
    throw error;
  }
}

/** True for zlib's own errors, by their code. */
function isDamage(error: unknown): error is { readonly message?: unknown } {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');
}
