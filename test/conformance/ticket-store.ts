import type { Ticket, TicketStore, TranscriptEntry, TranscriptStore } from '../../src/domain';

/** A ticket with what a test doesn't care about filled in. */
export function ticket(fields: Partial<Ticket> = {}): Ticket {
  return {
    id: 't',
    conversationId: 'c',
    channel: 'directline',
    userId: 'u',
    state: 'queued',
    version: 1,
    reason: 'asked',
    language: 'en',
    topic: '',
    preview: '',
    tags: [],
    openedAt: 1,
    since: 1,
    ...fields,
  };
}

/** What every store of tickets and transcripts does; the factory gives an empty pair on one storage, with a clock that stands. */
export function describeTicketStore(
  name: string,
  create: () => { tickets: TicketStore; transcripts: TranscriptStore; now: number },
): void {
  const entry = (id: string, fields: Partial<TranscriptEntry> = {}) => ({
    id,
    conversationId: 'c',
    at: 5,
    speaker: 'shopper' as const,
    text: id,
    ...fields,
  });

  describe(`${name}: tickets`, () => {
    it('keeps a ticket, and changes it only for who saw the version before', () => {
      const { tickets } = create();
      const first = ticket();
      tickets.insert(first);
      expect(tickets.get('t')).toEqual(first);
      const taken = { ...first, version: 2, state: 'assigned', agentId: 'a', assignedAt: 7 } as const;
      expect(tickets.update(taken)).toBe(true);
      expect(tickets.update({ ...first, version: 2, agentId: 'b', state: 'assigned' })).toBe(false);
      expect(tickets.get('t')).toEqual(taken);
      expect(tickets.get('other')).toBeUndefined();
    });

    it('has one open ticket a conversation, and the closed ones beside it', () => {
      const { tickets } = create();
      tickets.insert(ticket());
      expect(() => tickets.insert(ticket({ id: 'second' }))).toThrow();
      expect(tickets.update(ticket({ version: 2, state: 'closed', closedAt: 9 }))).toBe(true);
      expect(tickets.openOf('c')).toBeUndefined();
      const second = ticket({ id: 'second', openedAt: 10 });
      tickets.insert(second);
      expect(tickets.openOf('c')).toEqual(second);
      expect(tickets.ofConversation('c').map(({ id }) => id)).toEqual(['second', 't']);
      expect(tickets.closed({ limit: 5 }).map(({ id }) => id)).toEqual(['t']);
      expect(tickets.closed({ before: 9, limit: 5 })).toEqual([]);
    });

    it('lists states in order of arrival, and who was taken last', () => {
      const { tickets } = create();
      const rows: Partial<Ticket>[] = [
        { id: 'b', openedAt: 2 },
        { id: 'a', openedAt: 3 },
        { id: 'c', openedAt: 1, state: 'assigned', assignedAt: 4 },
        { id: 'd', openedAt: 4, state: 'active', assignedAt: 8 },
      ];
      for (const row of rows) tickets.insert(ticket({ ...row, conversationId: `of ${row.id}` }));
      expect(tickets.inStates(['queued']).map(({ id }) => id)).toEqual(['b', 'a']);
      expect(tickets.inStates(['queued', 'assigned']).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
      expect(tickets.lastAssigned(5).map(({ id }) => id)).toEqual(['d', 'c']);
      expect(tickets.lastAssigned(1).map(({ id }) => id)).toEqual(['d']);
    });

    it('tells of each change and entry once, in order, and of no change that did not happen', () => {
      const { tickets, transcripts, now } = create();
      expect(tickets.lastEvent()).toBe(0);
      tickets.insert(ticket());
      const said = transcripts.append(entry('said'));
      tickets.tell(ticket(), said);
      tickets.update(ticket({ version: 2, state: 'assigned' }));
      tickets.update(ticket({ version: 2, state: 'closed' }));
      const events = tickets.eventsAfter(0, 10);
      expect(events.map(({ kind, ticket: changed, entry: told, at }) => [kind, changed?.state, told, at])).toEqual([
        ['ticket', 'queued', undefined, now],
        ['entry', undefined, said, now],
        ['ticket', 'assigned', undefined, now],
      ]);
      const sequences = events.map(({ sequence }) => sequence);
      expect(tickets.lastEvent()).toBe(sequences[2]);
      expect(tickets.eventsAfter(sequences[0] ?? 0, 1)).toEqual([events[1]]);
    });

    it('erases a conversation, and what is old, and gives no number twice', () => {
      const { tickets, transcripts, now } = create();
      tickets.insert(ticket({ state: 'closed', closedAt: 3 }));
      tickets.insert(ticket({ id: 'o', conversationId: 'other' }));
      tickets.tell(ticket(), transcripts.append(entry('said')));
      const last = tickets.lastEvent();
      transcripts.erase('c');
      expect(tickets.eventsAfter(0, 10).map(({ kind }) => kind)).toEqual(['ticket', 'ticket']);
      tickets.eraseConversation('c');
      expect(tickets.get('t')).toBeUndefined();
      expect(tickets.eventsAfter(0, 10).map(({ ticketId }) => ticketId)).toEqual(['o']);
      tickets.prune(now + 1);
      expect(tickets.eventsAfter(0, 10)).toEqual([]);
      expect(tickets.get('o')).toBeDefined();
      expect(tickets.lastEvent()).toBe(last);
      tickets.insert(ticket());
      expect(tickets.lastEvent()).toBe(last + 1);
      tickets.update(ticket({ version: 2, state: 'closed', closedAt: 3 }));
      tickets.prune(3);
      expect(tickets.get('t')).toBeDefined();
      tickets.prune(4);
      expect(tickets.get('t')).toBeUndefined();
    });
  });

  describe(`${name}: transcripts`, () => {
    it('keeps an entry once for each id of a conversation', () => {
      const { transcripts } = create();
      const first = transcripts.append(entry('x', { heard: { text: 'Schuhe', sure: false }, language: 'de' }));
      expect(transcripts.append(entry('x', { text: 'again' }))).toEqual(first);
      const other = transcripts.append(entry('x', { conversationId: 'd' }));
      expect(other.sequence).toBeGreaterThan(first.sequence);
      expect(transcripts.of('c')).toEqual([first]);
      expect(transcripts.find('c', 'x')).toEqual(first);
      expect(transcripts.find('c', 'y')).toBeUndefined();
    });

    it('reads pages from either end, notes only when they are asked for', () => {
      const { transcripts } = create();
      const [a, b, c] = [
        transcripts.append(entry('a')),
        transcripts.append(entry('b', { speaker: 'agent', agentId: 'ann', isPrivate: true })),
        transcripts.append(entry('c', { speaker: 'bot' })),
      ];
      expect(transcripts.of('c')).toEqual([a, c]);
      expect(transcripts.of('c', { withPrivate: true })).toEqual([a, b, c]);
      expect(transcripts.of('c', { withPrivate: true, limit: 2 })).toEqual([a, b]);
      expect(transcripts.of('c', { withPrivate: true, limit: 2, last: true })).toEqual([b, c]);
      expect(transcripts.of('c', { withPrivate: true, after: a.sequence, limit: 1 })).toEqual([b]);
      expect(transcripts.of('c', { withPrivate: true, before: c.sequence, limit: 1, last: true })).toEqual([b]);
      expect(transcripts.of('c', { before: a.sequence })).toEqual([]);
      expect(transcripts.lastOf('c', 'bot')).toEqual(c);
      expect(transcripts.lastOf('c', 'agent')).toBeUndefined();
    });

    it('forgets a conversation, and what is old', () => {
      const { transcripts } = create();
      transcripts.append(entry('a', { at: 1 }));
      transcripts.append(entry('b', { at: 2 }));
      transcripts.append(entry('c', { conversationId: 'd', at: 3 }));
      transcripts.prune(2);
      expect(transcripts.of('c').map(({ id }) => id)).toEqual(['b']);
      transcripts.erase('c');
      expect(transcripts.of('c')).toEqual([]);
      expect(transcripts.of('d')).toHaveLength(1);
    });
  });
}
