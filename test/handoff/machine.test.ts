import { HANDOFF_EVENTS, HANDOFF_STATES, type HandoffEvent, type HandoffState } from '../../src/domain';
import { type Actor, faultsOf, MACHINE, type Machine, transitionOf } from '../../src/handoff/machine';

it('reaches every state, ends from every state, and knows every event', () => {
  expect(faultsOf(MACHINE, HANDOFF_EVENTS)).toEqual([]);
});

it.each<[string, (machine: Machine) => Machine, string]>([
  ['a state that nothing leads to', (machine) => ({ ...machine, active: {}, assigned: {} }), 'wrapUp is never reached'],
  [
    'a state without a way out',
    (machine) => ({ ...machine, wrapUp: { answer: { to: 'wrapUp', by: ['owner'] } } }),
    'wrapUp never ends',
  ],
  [
    'an event that nobody may cause',
    (machine) => ({ ...machine, closed: { close: { to: 'closed', by: [] } } }),
    'nobody',
  ],
  [
    'an event that happens nowhere',
    (machine) => ({ ...machine, wrapUp: {}, assigned: {}, active: {} }),
    'answer happens',
  ],
])('finds %s', (_name, broken, fault) => {
  expect(faultsOf(broken(MACHINE), HANDOFF_EVENTS).join('\n')).toContain(fault);
});

it.each<[HandoffState, HandoffEvent, Actor[], HandoffState | 'notAllowed' | 'forbidden']>([
  ['bot', 'escalate', ['shopper'], 'queued'],
  ['bot', 'assign', ['supervisor'], 'notAllowed'],
  ['queued', 'assign', ['agent'], 'assigned'],
  ['queued', 'leaveMessage', ['shopper'], 'message'],
  ['queued', 'answer', ['agent'], 'notAllowed'],
  ['assigned', 'assign', ['agent'], 'forbidden'],
  ['assigned', 'assign', ['agent', 'supervisor'], 'assigned'],
  ['assigned', 'answer', ['agent'], 'forbidden'],
  ['assigned', 'answer', ['agent', 'owner'], 'active'],
  ['active', 'release', ['system'], 'queued'],
  ['active', 'return', ['shopper'], 'forbidden'],
  ['active', 'return', ['agent', 'owner'], 'bot'],
  ['active', 'close', ['agent', 'owner'], 'notAllowed'],
  ['wrapUp', 'reopen', ['shopper'], 'active'],
  ['wrapUp', 'close', ['system'], 'closed'],
  ['message', 'escalate', ['shopper'], 'queued'],
  ['message', 'close', ['agent'], 'closed'],
  ['closed', 'reopen', ['shopper'], 'notAllowed'],
])('%s, %s by %j: %s', (state, event, actors, expected) => {
  const found = transitionOf(state, event, actors);
  expect('to' in found ? found.to : found.refusal).toBe(expected);
});

it('lets the bot be silent only where a person owns the conversation', () => {
  // Whoever may answer is an owner: no state has both a bot that talks and an agent that does.
  const answered = HANDOFF_STATES.filter((state) => MACHINE[state].answer !== undefined);
  expect(answered).toEqual(['assigned', 'active', 'wrapUp']);
});
