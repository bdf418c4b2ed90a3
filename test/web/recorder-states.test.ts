import {
  PHASES,
  phaseAfter,
  type RecorderEvent,
  type RecorderPhase,
  STATES,
} from '../../src/web/chat/voice/recorder-states';

const EVENTS: readonly RecorderEvent[] = [
  'press',
  'granted',
  'failed',
  'stop',
  'finished',
  'cancel',
  'discard',
  'sent',
];

it.each<[RecorderPhase, RecorderEvent, RecorderPhase]>([
  ['idle', 'press', 'asking'],
  ['asking', 'granted', 'recording'],
  ['asking', 'failed', 'idle'],
  ['asking', 'cancel', 'idle'],
  ['recording', 'stop', 'stopping'],
  ['recording', 'failed', 'idle'],
  ['recording', 'cancel', 'idle'],
  ['stopping', 'finished', 'ready'],
  ['stopping', 'failed', 'idle'],
  ['stopping', 'cancel', 'idle'],
  ['ready', 'press', 'asking'],
  ['ready', 'discard', 'idle'],
  ['ready', 'sent', 'idle'],
])('%s, %s: %s', (phase, event, next) => {
  expect(phaseAfter(phase, event)).toBe(next);
});

it('the table above is the whole table: nothing else changes anything', () => {
  const edges = PHASES.flatMap((phase) => EVENTS.filter((event) => phaseAfter(phase, event) !== undefined));
  expect(edges).toHaveLength(13);
});

it('every phase is reached from idle, and leads back to it', () => {
  const reachedFrom = (start: RecorderPhase) => {
    const seen = new Set<RecorderPhase>([start]);
    for (const phase of seen) for (const next of Object.values(STATES[phase])) seen.add(next);
    return seen;
  };
  expect([...reachedFrom('idle')].sort()).toEqual([...PHASES].sort());
  for (const phase of PHASES) expect(reachedFrom(phase)).toContain('idle');
});
