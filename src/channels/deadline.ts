import { VitrineError } from '../domain';

/** Longest time a turn may take, in milliseconds. */
export const TURN_DEADLINE = 15_000;

/**
 * Runs work that must stop at a deadline. The signal aborts then, and the promise rejects with TURN_TIMEOUT even when
 * the work ignores its signal; what it resolves with later is dropped.
 */
export async function withDeadline<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new VitrineError('TURN_TIMEOUT', `The turn took longer than ${milliseconds} ms.`);
      controller.abort(error);
      reject(error);
    }, milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
