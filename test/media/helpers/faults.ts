import { VitrineError } from '../../../src/domain';

/** The VitrineError that a promise ends with; fails when it ends otherwise. */
export async function faultOf(work: Promise<unknown>): Promise<VitrineError> {
  const outcome: unknown = await work.then(
    () => new Error('resolved'),
    (error: unknown) => error,
  );
  if (outcome instanceof VitrineError) return outcome;
  throw new Error(`expected a VitrineError, got ${String(outcome)}`, { cause: outcome });
}

/** Bytes of memory that a piece of work needed at its peak, above what there was. */
export async function peakMemory(work: () => Promise<unknown>): Promise<number> {
  const before = used();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, used());
  }, 2);
  await work();
  clearInterval(timer);
  return Math.max(peak, used()) - before;
}

function used(): number {
  return process.memoryUsage().rss;
}

export const MEGABYTE = 1024 * 1024;
