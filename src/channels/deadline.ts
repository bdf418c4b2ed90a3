import { VitrineError } from '../domain';

/** Longest time a turn may take, in milliseconds. */
export const TURN_DEADLINE = 15_000;

/**
 * Runs work that must stop at a deadline, or when `outer` aborts. The work's signal aborts then, and the promise rejects
 * with TURN_TIMEOUT even when the work ignores its signal; what it resolves with later is dropped.
 */
export async function withDeadline<T>(
  milliseconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let end: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    const stop = (message: string): void => {
      const error = new VitrineError('TURN_TIMEOUT', message);
      controller.abort(error);
      reject(error);
    };
    const timer = setTimeout(() => stop(`The turn took longer than ${milliseconds} ms.`), milliseconds);
    const aborted = (): void => stop('The server stops.');
    outer.addEventListener('abort', aborted, { once: true });
    if (outer.aborted) aborted();
    end = () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', aborted);
    };
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    end?.();
  }
}
