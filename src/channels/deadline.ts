import { type IncomingMessage, VitrineError } from '../domain';

/** Longest time a turn may take, in milliseconds. */
export const TURN_DEADLINE = 15_000;
/** A turn with voice notes may take so many times as long: sound takes time to hear. */
const VOICE_FACTOR = 2;

/** Milliseconds that the turn of a message may take, where one of words alone may take `deadline`. */
export function deadlineFor(message: IncomingMessage, deadline: number): number {
  return message.voices === undefined ? deadline : VOICE_FACTOR * deadline;
}

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
