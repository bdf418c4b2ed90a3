import { actionsOn } from '../../../src/web/agent/talk/actions';
import { ME, ticket } from './samples';

const SUPERVISOR = { ...ME, id: 'sue', role: 'supervisor' } as const;
const mine = { agentId: ME.id };

it.each([
  ['queued', {}, ME, 'claim note'],
  ['queued', {}, SUPERVISOR, 'assign claim note return'],
  ['message', {}, ME, 'claim close note'],
  ['assigned', mine, ME, 'answer finish note return transfer'],
  ['active', mine, ME, 'answer finish note return transfer'],
  ['active', { agentId: 'ben' }, ME, ''],
  ['active', mine, SUPERVISOR, 'assign finish note return transfer'],
  ['wrapUp', mine, ME, 'answer close note return'],
  ['wrapUp', mine, SUPERVISOR, 'close note return'],
  ['closed', mine, ME, ''],
] as const)('%s %j: %j may %s', (state, fields, me, actions) => {
  expect([...actionsOn(ticket('t1', { state, ...fields }), me)].sort().join(' ')).toBe(actions);
});
