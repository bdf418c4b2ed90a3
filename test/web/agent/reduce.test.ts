import { type Change, reduce } from '../../../src/web/agent/desk/reduce';
import { type DeskState, emptyDesk } from '../../../src/web/agent/desk/state';
import { deskWith, entry, event, ME, ticket } from './samples';

const changed = (state: DeskState, ...changes: readonly Change[]) => changes.reduce(reduce, state);
const told = (sequence: number, fields: Parameters<typeof event>[1]): Change => ({
  type: 'event',
  event: event(sequence, fields),
});
const ids = (state: DeskState, conversation = 'c-t1') =>
  state.threads
    .get(conversation)
    ?.entries.map(({ id }) => id)
    .join(' ');

describe('events', () => {
  it('each counts once, in whatever way the line was cut and resumed', () => {
    const all = [1, 2, 3, 4].map((sequence) => told(sequence * 10, { entry: entry(sequence) }));
    const once = changed(deskWith(ticket('t1')), ...all);
    expect(ids(once)).toBe('e1 e2 e3 e4');
    for (let cut = 0; cut <= all.length; cut += 1) {
      for (let from = 0; from <= cut; from += 1) {
        expect(changed(deskWith(ticket('t1')), ...all.slice(0, cut), ...all.slice(from))).toEqual(once);
      }
    }
  });

  it('a ticket that an answer brought already is not put back by an older event', () => {
    const claimed = ticket('t1', { version: 3, state: 'assigned', agentId: ME.id });
    const state = changed(
      deskWith(ticket('t1')),
      { type: 'ticket', ticket: claimed },
      told(7, { ticket: ticket('t1', { version: 2, topic: 'shoes' }) }),
    );
    expect(state.tickets.get('t1')).toEqual(claimed);
    expect(state.lastEvent).toBe(7);
  });

  it('a ticket that another agent took leaves the desk with all that was said, unless it is open', () => {
    const said = told(1, { entry: entry(1) });
    const taken = told(2, {
      ticket: { ...ticket('t1', { version: 2, state: 'assigned', agentId: 'ben' }), isHidden: true },
    });
    const closed = changed(deskWith(ticket('t1')), said, taken);
    expect([closed.tickets.size, closed.threads.size]).toEqual([0, 0]);
    const open = changed(deskWith(ticket('t1', { topic: 'shoes' })), said, { type: 'opened', ticketId: 't1' }, taken);
    expect(open.tickets.get('t1')).toMatchObject({ agentId: 'ben', isHidden: true, topic: '', userId: 'u-t1' });
    expect(open.threads.size).toBe(0);
    const left = changed(open, { type: 'left', ticketId: 't1' });
    expect([left.tickets.size, left.threads.size]).toEqual([0, 0]);
    const back = changed(open, told(3, { ticket: ticket('t1', { version: 3 }) }));
    expect(back.tickets.get('t1')?.isHidden).toBeUndefined();
  });

  it('knows from the ticket whether its shopper is there', () => {
    const here = changed(deskWith(), { type: 'ticket', ticket: ticket('t1', { shopperPresent: true }) });
    expect(here.present.get('t1')).toBe(true);
    const gone = changed(here, { type: 'present', ticketId: 't1', present: false });
    expect(gone.present.get('t1')).toBe(false);
  });

  it('a message ends the sign that its shopper types', () => {
    const typing = changed(deskWith(ticket('t1')), { type: 'typing', ticketId: 't1', now: 1000 });
    expect(typing.typing.get('t1')).toBeGreaterThan(1000);
    expect(changed(typing, told(1, { entry: entry(1) })).typing.get('t1')).toBe(0);
    expect(changed(typing, told(1, { entry: entry(1, { speaker: 'bot' }) })).typing.get('t1')).toBeGreaterThan(1000);
  });
});

describe('lists', () => {
  const list = (lastEvent: number, ...tickets: ReturnType<typeof ticket>[]) => ({ lastEvent, tickets, agents: [] });

  it('the line begins where the oldest of the first lists ends', () => {
    const lists = [list(9, ticket('t1')), list(7), list(8)];
    expect(changed(emptyDesk(ME), { type: 'listed', lists }).lastEvent).toBe(7);
  });

  it('later lists never move the line on: what it has to tell would be missed', () => {
    const state = changed(emptyDesk(ME), { type: 'listed', lists: [list(5, ticket('t1'))] });
    expect(changed(state, { type: 'listed', lists: [list(50)] }).lastEvent).toBe(5);
  });

  it('drops what is not listed any more, but not what came after the lists were made', () => {
    const state = changed(emptyDesk(ME), { type: 'listed', lists: [list(5, ticket('t1'), ticket('t2'))] });
    const fresh = changed(state, { type: 'listed', lists: [list(6, ticket('t2'))] });
    expect([...fresh.tickets.keys()]).toEqual(['t2']);
    const newer = changed(state, told(6, { ticket: ticket('t3') }), { type: 'listed', lists: [list(5, ticket('t2'))] });
    expect([...newer.tickets.keys()]).toEqual(['t1', 't2', 't3']);
  });

  it('keeps an open conversation on the desk even when it is another’s now', () => {
    const state = changed(
      emptyDesk(ME),
      { type: 'listed', lists: [list(5, ticket('t1'))] },
      { type: 'opened', ticketId: 't1' },
      { type: 'listed', lists: [list(6)] },
    );
    expect(state.tickets.has('t1')).toBe(true);
  });
});

describe('transcripts', () => {
  const page = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => entry(first + index));
  const loaded = (entries: ReturnType<typeof page>): Change => ({
    type: 'loaded',
    loaded: { ticket: ticket('t1'), entries, history: [] },
  });

  it('what comes while the page loads is neither lost nor doubled', () => {
    const state = changed(
      deskWith(ticket('t1')),
      { type: 'loading', conversationId: 'c-t1' },
      told(1, { entry: entry(3) }),
      told(2, { entry: entry(4) }),
      loaded(page(1, 3)),
    );
    expect(ids(state)).toBe('e1 e2 e3 e4');
    expect(state.threads.get('c-t1')).toMatchObject({ loading: 'done', hasOlder: false });
  });

  it('a full page has older ones; the last of those says that there are no more', () => {
    const state = changed(deskWith(ticket('t1')), loaded(page(51, 100)));
    expect(state.threads.get('c-t1')?.hasOlder).toBe(true);
    const whole = changed(state, { type: 'older', conversationId: 'c-t1', entries: page(40, 50) });
    expect(whole.threads.get('c-t1')).toMatchObject({ hasOlder: false });
    expect(whole.threads.get('c-t1')?.entries).toHaveLength(61);
  });

  it('lets older entries go where those between are not known', () => {
    const known = changed(deskWith(ticket('t1')), loaded(page(1, 3)));
    const behind = changed(known, loaded(page(60, 109)));
    expect(behind.threads.get('c-t1')?.entries[0]?.sequence).toBe(60);
    expect(behind.threads.get('c-t1')?.hasOlder).toBe(true);
    const short = changed(known, loaded(page(5, 9)));
    expect(ids(short)).toBe('e1 e2 e3 e5 e6 e7 e8 e9');
  });

  it('a message on its way is shown once: as such, then as what the server has, whichever way that comes first', () => {
    const sent = {
      id: 'mine',
      ticketId: 't1',
      at: 1,
      text: 'Hello',
      isPrivate: false,
      products: [],
      files: [],
      failed: false,
    };
    const sending: Change = { type: 'sending', conversationId: 'c-t1', sent };
    const has = entry(8, { id: 'mine', speaker: 'agent', text: 'Hello' });
    const state = changed(deskWith(ticket('t1')), sending);
    expect(state.threads.get('c-t1')?.pending).toHaveLength(1);
    const orders: Change[][] = [
      [{ type: 'sent', entry: has }, told(1, { entry: has })],
      [told(1, { entry: has }), { type: 'sent', entry: has }],
      [told(1, { entry: has }), sending],
    ];
    for (const changes of orders) {
      const thread = changed(state, ...changes).threads.get('c-t1');
      expect(thread?.entries).toEqual([has]);
      expect(thread?.pending).toEqual([]);
    }
    const failed = changed(state, { ...sending, sent: { ...sent, failed: true } });
    expect(failed.threads.get('c-t1')?.pending).toEqual([{ ...sent, failed: true }]);
    expect(
      changed(failed, { type: 'discarded', conversationId: 'c-t1', id: 'mine' }).threads.get('c-t1')?.pending,
    ).toEqual([]);
  });
});
