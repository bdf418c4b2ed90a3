import { setTimeout } from 'node:timers/promises';
import { type ErrorCode, VitrineError } from '../../../src/domain';

/** Faults of a machine that is too busy: deadlines are those of serving. */
const BUSY: ReadonlySet<ErrorCode> = new Set(['VOICE_FAILED', 'ENCODER_FAILED', 'RECOGNISER_FAILED']);
const TRIES = 6;
const PAUSE = 5_000;

/** Does something again that a busy machine didn't finish in time; throws what it throws the last time, or at once otherwise. */
export async function patiently<T>(action: () => Promise<T>, pause = PAUSE): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await action();
    } catch (error) {
      if (tries >= TRIES || !(error instanceof VitrineError) || !BUSY.has(error.code)) throw error;
      await setTimeout(pause);
    }
  }
}
