import {
  agentName,
  lastSaid,
  listOf,
  placesOf,
  shownSideBySide,
  ticketsIn,
  unreadIn,
  unreadTotal,
} from '../../../src/web/agent/desk/lists';
import { reduce } from '../../../src/web/agent/desk/reduce';
import { deskWith, entry, event, ME, ticket } from './samples';

const mine = { state: 'active', agentId: ME.id } as const;

it.each([
  ['open', ticket('t', { state: 'queued' })],
  ['open', ticket('t', { state: 'active', agentId: 'other' })],
  ['mine', ticket('t', { state: 'assigned', agentId: ME.id })],
  ['mine', ticket('t', { state: 'wrapUp', agentId: ME.id })],
  ['message', ticket('t', { state: 'message', agentId: ME.id })],
  ['closed', ticket('t', { state: 'closed', agentId: ME.id })],
] as const)('%s has %j', (list, one) => {
  expect(listOf(one, ME.id)).toBe(list);
});

it('those who wait come first, the longest first; of the closed ones the newest', () => {
  const desk = deskWith(
    ticket('late', { openedAt: 9 }),
    ticket('talk', { openedAt: 1, state: 'active', agentId: 'other' }),
    ticket('early', { openedAt: 3 }),
    ticket('old', { state: 'closed', closedAt: 1 }),
    ticket('new', { state: 'closed', closedAt: 5 }),
  );
  expect(ticketsIn(desk, 'open').map(({ id }) => id)).toEqual(['early', 'late', 'talk']);
  expect(ticketsIn(desk, 'closed').map(({ id }) => id)).toEqual(['new', 'old']);
  expect([...placesOf(desk)]).toEqual([
    ['early', 1],
    ['late', 2],
  ]);
});

it('counts what the shopper wrote and the agent has not seen', () => {
  const said = (sequence: number, speaker: 'shopper' | 'agent' | 'bot') =>
    ({ type: 'event', event: event(sequence, { entry: entry(sequence, { speaker }) }) }) as const;
  let desk = deskWith(ticket('t1', mine), ticket('t2', { state: 'queued' }));
  desk = [said(1, 'shopper'), said(2, 'agent'), said(3, 'shopper'), said(4, 'bot')].reduce(reduce, desk);
  const [one, two] = [...desk.tickets.values()];
  expect(one && unreadIn(desk, one)).toBe(2);
  expect(two && unreadIn(desk, two)).toBe(0);
  expect(unreadTotal(desk)).toBe(2);
  const seen = reduce(desk, { type: 'seen', conversationId: 'c-t1' });
  expect(unreadTotal(seen)).toBe(0);
  expect(unreadTotal(reduce(seen, said(5, 'shopper')))).toBe(1);
  // What the agent saw before a refresh of the page.
  expect(unreadTotal(reduce(desk, { type: 'sawBefore', conversationId: 'c-t1', sequence: 1 }))).toBe(1);
});

it('shows the last looked at side by side, in the order of their tabs', () => {
  const open = (ticketId: string) => ({ type: 'opened', ticketId }) as const;
  const desk = ['a', 'b', 'c', 'a'].map(open).reduce(reduce, deskWith());
  expect(shownSideBySide(desk, 1)).toEqual(['a']);
  expect(shownSideBySide(desk, 2)).toEqual(['a', 'c']);
  expect(shownSideBySide(desk, 5)).toEqual(['a', 'b', 'c']);
  const left = reduce(desk, { type: 'left', ticketId: 'a' });
  expect(shownSideBySide(left, 2)).toEqual(['b', 'c']);
});

it('knows agents by name', () => {
  const desk = { ...deskWith(), agents: [{ id: 'ben', displayName: 'Ben', status: 'away', load: 0 } as const] };
  expect([ME.id, 'ben', 'nobody', undefined].map((id) => agentName(desk, id))).toEqual([
    'Anna',
    'Ben',
    undefined,
    undefined,
  ]);
});

it('the last words of a shopper are those of an open ticket, and of nobody else', () => {
  const said = entry(1, { text: 'hello' });
  const desk = [said, entry(2, { speaker: 'bot' }), entry(3, { speaker: 'agent', isPrivate: true })].reduce(
    (known, each) => reduce(known, { type: 'event', event: event(each.sequence, { entry: each }) }),
    deskWith(ticket('t1')),
  );
  expect(lastSaid(desk, ticket('t1'))).toEqual(said);
  for (const state of ['closed', 'message'] as const) {
    expect(lastSaid(desk, ticket('t1', { state }))).toBeUndefined();
  }
  expect(lastSaid(desk, ticket('t2'))).toBeUndefined();
});
