/** Where a recording stands: none, waiting for the microphone, running, being closed, waiting to be sent. */
export const PHASES = ['idle', 'asking', 'recording', 'stopping', 'ready'] as const;
export type RecorderPhase = (typeof PHASES)[number];

/** What can happen to it. */
export type RecorderEvent = 'press' | 'granted' | 'failed' | 'stop' | 'finished' | 'cancel' | 'discard' | 'sent';

type Row = Readonly<Partial<Record<RecorderEvent, RecorderPhase>>>;

/** From each phase, where each event leads; an event that is not named changes nothing. */
export const STATES: Readonly<Record<RecorderPhase, Row>> = {
  idle: { press: 'asking' },
  asking: { granted: 'recording', failed: 'idle', cancel: 'idle' },
  recording: { stop: 'stopping', failed: 'idle', cancel: 'idle' },
  stopping: { finished: 'ready', failed: 'idle', cancel: 'idle' },
  ready: { press: 'asking', discard: 'idle', sent: 'idle' },
};

/** The phase after an event; undefined where the event means nothing now. */
export function phaseAfter(phase: RecorderPhase, event: RecorderEvent): RecorderPhase | undefined {
  return STATES[phase][event];
}
