import type { Ticket } from '../../src/domain';
import { nextAssignment, paceOf, placed } from '../../src/handoff/queue';
import { ticket } from '../conformance/ticket-store';
import { ANN, Desk, done, SETTINGS, START } from './support/desk';

const NOW = START;
const SECOND = 1000;
const taken = (from: number, to: number, agentId = 'ann') =>
  ticket({ openedAt: NOW + from * SECOND, assignedAt: NOW + to * SECOND, agentId });

it.each<[string, Ticket[], number, number, number | undefined]>([
  ['nothing was taken', [], 1, 1, undefined],
  ['nobody is there', [taken(-100, -40)], 1, 0, undefined],
  ['only long ago', [taken(-20_000, -15_000)], 1, 1, undefined],
  ['one was taken after a minute', [taken(-100, -40)], 1, 1, 60],
  ['further back takes longer', [taken(-100, -40)], 3, 1, 180],
  ['more agents than lately', [taken(-100, -40)], 2, 2, 60],
  // The second came while the first waited: it was at place 2, and each place took 40 s.
  ['those who had waited in line', [taken(-200, -160), taken(-190, -110)], 1, 1, 40],
  ['two agents lately, one now', [taken(-200, -160), taken(-100, -60, 'bob')], 1, 1, 80],
  ['taken at once', [taken(-50, -50)], 4, 1, 0],
])('the expected wait: %s', (_name, lately, place, agents, wait) => {
  expect(placed(place, paceOf(lately, NOW), agents)).toEqual({ place, ...(wait !== undefined && { wait }) });
});

const [first, second] = [ticket({ id: 'first' }), ticket({ id: 'second' })];
const wanted = (agentId: string) => ticket({ id: 'first', wantedAgentId: agentId });

it.each<[string, Ticket[], [string, number][], [string, string] | undefined]>([
  ['nobody waits', [], [['ann', 0]], undefined],
  ['nobody is there', [first], [], undefined],
  ['all have enough', [first], [['ann', 3]], undefined],
  [
    'longest-waiting to least-loaded',
    [first, second],
    [
      ['ann', 2],
      ['bob', 1],
    ],
    ['first', 'bob'],
  ],
  [
    'of two with the same, who came first',
    [first],
    [
      ['bob', 1],
      ['ann', 1],
    ],
    ['first', 'bob'],
  ],
  [
    'to whom it was passed',
    [wanted('ann'), second],
    [
      ['ann', 2],
      ['bob', 0],
    ],
    ['first', 'ann'],
  ],
  [
    'whom it was passed to has enough: it waits, the next goes on',
    [wanted('ann'), second],
    [
      ['ann', 3],
      ['bob', 0],
    ],
    ['second', 'bob'],
  ],
  ['whom it was passed to is gone: to anybody', [wanted('zoe'), second], [['bob', 0]], ['first', 'bob']],
])('assignment: %s', (_name, queue, free, expected) => {
  const next = nextAssignment(queue, new Map(free), SETTINGS.capacity);
  expect(next && [next.ticket.id, next.agentId]).toEqual(expected);
});

describe('automatic assignment', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk({ assignment: 'automatic', capacity: 1 });
  });
  afterEach(() => {
    expect(desk.faults).toEqual([]);
    desk.close();
  });
  const owners = () => ['c', 'd', 'e'].map((id) => desk.ticketOf(id).agentId);

  it('gives who waits to who comes, and the next one when there is room again', () => {
    for (const id of ['c', 'd', 'e']) desk.escalate(id);
    expect(owners()).toEqual([undefined, undefined, undefined]);
    desk.handoff.connected('ann');
    expect(owners()).toEqual(['ann', undefined, undefined]);
    desk.handoff.presence('bob', 'away');
    desk.handoff.connected('bob');
    expect(owners()).toEqual(['ann', undefined, undefined]);
    desk.handoff.presence('bob', 'available');
    expect(owners()).toEqual(['ann', 'bob', undefined]);
    const { id } = desk.ticketOf('c');
    desk.handoff.send(id, ANN, { id: 'm', text: 'Hi' });
    done(desk.handoff.finish(id, ANN, desk.ticketOf('c').version));
    expect(owners()).toEqual(['ann', 'bob', 'ann']);
    expect(desk.handoff.agents()).toEqual([
      { agentId: 'ann', status: 'available', connected: true, load: 1 },
      { agentId: 'bob', status: 'available', connected: true, load: 1 },
    ]);
  });

  it('does not give a ticket again and again to an agent who does not look', () => {
    desk.handoff.connected('ann');
    desk.escalate('c');
    desk.pass(4);
    expect(desk.ticketOf('c').state).toBe('queued');
    expect(desk.handoff.agents()).toMatchObject([{ agentId: 'ann', status: 'away' }]);
    desk.pass(60);
    expect(desk.ticketOf('c').state).toBe('queued');
    desk.handoff.presence('ann', 'available');
    expect(desk.ticketOf('c')).toMatchObject({ state: 'assigned', agentId: 'ann' });
  });

  it('gives nothing to who is no agent any more', () => {
    desk.handoff.connected('dismissed');
    desk.escalate('c');
    desk.handoff.connected('ann');
    expect(desk.ticketOf('c').agentId).toBe('ann');
  });
});
