import type { Texts } from '../texts';
import { spokenTime } from './duration';
import { LONGEST_SECONDS, type RecorderState } from './recorder';

/** So many seconds before its end a recording says that it ends soon. */
const SOON = 10;

/** True when a running recording ends soon. */
export function endsSoon({ phase, seconds }: RecorderState<unknown>): boolean {
  return phase === 'recording' && seconds >= LONGEST_SECONDS - SOON;
}

/** What a screen reader is told of a recording; its time would be too much. */
export function recorderSays(
  state: RecorderState<unknown>,
  texts: Texts,
  locale: string,
): { readonly text: string; readonly time?: string } {
  switch (state.event) {
    case 'press':
      return { text: texts.recordAsking };
    case 'granted':
      if (endsSoon(state)) return { text: texts.recordEndsSoon, time: spokenTime(SOON, locale) };
      return { text: texts.recording };
    case 'finished':
      return { text: texts.recordStopped, time: spokenTime(state.seconds, locale) };
    case 'cancel':
      return { text: texts.recordCancelled };
    case 'discard':
      return { text: texts.recordDiscarded };
    default:
      return { text: '' };
  }
}
