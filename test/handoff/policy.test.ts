import type { PolicyFacts } from '../../src/handoff/policy';
import { calledBy } from '../../src/handoff/policy';

const FACTS: PolicyFacts = {
  view: { on: true, state: 'bot', lately: false },
  complains: false,
  moods: [],
  isVip: false,
  bought: () => 0,
};
const lately = { ...FACTS.view, lately: true };

it.each<[string, Partial<PolicyFacts>, ReturnType<typeof calledBy>]>([
  ['nothing', {}, undefined],
  ['a complaint', { complains: true }, 'complaint'],
  ['a complaint after a talk', { complains: true, view: lately }, 'complaint'],
  ['one very angry message', { moods: [0, 0, 0.95] }, 'sentiment'],
  ['one angry message', { moods: [0.7] }, undefined],
  ['one that was angry before', { moods: [0.95, 0, 0] }, undefined],
  ['two of three angry', { moods: [0.7, 0.1, 0.7] }, 'sentiment'],
  ['two angry ones long apart', { moods: [0.7, 0.1, 0.1, 0.7] }, undefined],
  ['a VIP', { isVip: true }, 'vip'],
  ['a VIP who was in the queue today', { isVip: true, view: lately }, undefined],
  ['a good customer', { bought: () => 500 }, 'orderValue'],
  ['not so good a customer', { bought: () => 499 }, undefined],
  ['a VIP in the queue', { isVip: true, view: { ...FACTS.view, state: 'queued' } }, undefined],
  ['hand-off is off', { isVip: true, complains: true, view: { ...FACTS.view, on: false } }, undefined],
])('%s', (_name, facts, reason) => {
  expect(calledBy({ ...FACTS, ...facts }, { orderValue: 500 })).toBe(reason);
});

it('does not ask what was bought where it does not matter', () => {
  const bought = () => {
    throw new Error('asked');
  };
  expect(calledBy({ ...FACTS, bought }, { orderValue: 0 })).toBeUndefined();
});
