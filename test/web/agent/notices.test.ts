import { noticeOf } from '../../../src/web/agent/desk/notices';
import { deskWith, entry, event, ME, ticket } from './samples';

const NOBODY = new Set<string>();
const mine = { state: 'active', agentId: ME.id } as const;

it.each([
  ['a new one in the queue', deskWith(), { ticket: ticket('t1') }, 'newTicket'],
  ['one that is known', deskWith(ticket('t1')), { ticket: ticket('t1', { version: 2 }) }, undefined],
  ['one for another', deskWith(), { ticket: ticket('t1', { wantedAgentId: 'ben' }) }, undefined],
  ['one for me', deskWith(), { ticket: ticket('t1', { wantedAgentId: ME.id }) }, 'transferred'],
  ['one given to me', deskWith(ticket('t1')), { ticket: ticket('t1', { ...mine, state: 'assigned' }) }, 'transferred'],
  ['mine, as before', deskWith(ticket('t1', mine)), { ticket: ticket('t1', { ...mine, version: 2 }) }, undefined],
  ['a message of my shopper', deskWith(ticket('t1', mine)), { entry: entry(1) }, 'newMessage'],
  ['a message of another’s', deskWith(ticket('t1', { agentId: 'ben' })), { entry: entry(1) }, undefined],
  ['my own message', deskWith(ticket('t1', mine)), { entry: entry(1, { speaker: 'agent' }) }, undefined],
  ['a message in the queue', deskWith(ticket('t1')), { entry: entry(1) }, undefined],
] as const)('%s', (_, desk, fields, kind) => {
  expect(noticeOf(desk, event(5, fields), NOBODY)?.kind).toBe(kind);
  // It was told already.
  expect(noticeOf({ ...desk, lastEvent: 5 }, event(5, fields), NOBODY)).toBeUndefined();
});

it('is silent about what the agent has before their eyes', () => {
  const message = event(5, { entry: entry(1) });
  expect(noticeOf(deskWith(ticket('t1', mine)), message, new Set(['t1']))).toBeUndefined();
});
