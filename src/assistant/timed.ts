import type { TurnObserver } from '../domain';

/** Waits for a step and tells the observer how long it took, whether it succeeded or not. */
export async function timed<T>(observer: TurnObserver, step: string, work: Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await work;
  } finally {
    observer.step(step, performance.now() - started);
  }
}
