import { VitrineError } from '../domain';

/** The recording is longer than `maxSeconds`. */
export function tooLong(maxSeconds: number): VitrineError {
  return new VitrineError('VOICE_TOO_LONG', `The recording is longer than ${maxSeconds} seconds.`);
}

/** The recording can't be decoded, or is none; says why, in words of our own. */
export function unreadable(why: string): VitrineError {
  return new VitrineError('VOICE_UNREADABLE', why);
}
