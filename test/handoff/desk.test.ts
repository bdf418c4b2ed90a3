import type { ActingAgent, DeskResult, Ticket } from '../../src/domain';
import { ANN, BOB, Desk, done, EVE } from './support/desk';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => {
  expect(desk.faults).toEqual([]);
  desk.close();
});

const reasonOf = (result: DeskResult) => (result.ok ? 'done' : result.reason);

it('goes the whole way, and tells the shopper and consoles of it', () => {
  const queued = desk.escalate('c');
  expect(queued).toMatchObject({ state: 'queued', reason: 'asked', preview: 'a person, please', userId: 'of c' });
  const assigned = done(desk.handoff.claim(queued.id, ANN, queued.version));
  expect(assigned).toMatchObject({ state: 'assigned', agentId: 'ann', assignedAt: desk.now });
  expect(desk.turn('c', 'hello?')).toBe(false);
  expect(desk.forward('c', 'hello?')).toBe(true);
  const sent = desk.handoff.send(queued.id, ANN, {
    id: 'm1',
    text: 'Hi!',
    products: ['p1'],
    attachmentIds: ['c/a.png'],
  });
  expect(sent).toMatchObject({ ok: true, added: true, ticket: { state: 'active', answeredAt: desk.now } });
  const { ticket } = sent as { ticket: Ticket };
  const wrapUp = done(desk.handoff.finish(ticket.id, ANN, ticket.version));
  const closed = done(
    desk.handoff.close(ticket.id, ANN, { outcome: 'solved', tags: ['delivery'], version: wrapUp.version }),
  );
  expect(closed).toMatchObject({ state: 'closed', outcome: 'solved', tags: ['delivery'], closedAt: desk.now });
  expect(desk.words('c')).toEqual([
    ['shopper', 'a person, please'],
    ['bot', 'a reply'],
    ['joined', 'joined'],
    ['shopper', 'hello?'],
    ['agent', 'Hi!'],
    ['closed', 'closed'],
  ]);
  expect(desk.sent.map(({ reply, from }) => [from, reply.text])).toEqual([
    ['Ann', 'joined'],
    ['Ann', 'Hi!'],
    [undefined, 'closed'],
  ]);
  expect(desk.sent[1]?.reply).toMatchObject({
    cards: [{ productId: 'p1' }],
    files: [{ attachmentId: 'c/a.png', contentType: 'image/png', name: 'a.png' }],
  });
  // Consoles hear of every state and entry since there was a ticket, once and in order.
  expect(desk.events.map(({ ticket: told, entry }) => told?.state ?? entry?.text)).toEqual([
    ...['queued', 'a person, please', 'a reply', 'assigned', 'joined', 'hello?', 'active', 'Hi!'],
    ...['wrapUp', 'closed', 'closed'],
  ]);
  const sequences = desk.events.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...new Set(sequences)].sort((one, other) => one - other));
  // The shopper rates it, once.
  const { unrated } = desk.handoff.shoppers.view('c');
  expect(unrated).toBe(closed.id);
  desk.turn('c', '5', { kind: 'rate', ticketId: closed.id, score: 5 });
  expect(desk.ticketOf('c')).toMatchObject({ satisfaction: 5 });
  expect(desk.handoff.shoppers.view('c').unrated).toBeUndefined();
});

it('of two agents who claim at once, exactly one wins and the other sees whose it is', () => {
  const { id, version } = desk.escalate('c');
  const results = [ANN, BOB].map((agent) => desk.handoff.claim(id, agent, version));
  expect(results.map(reasonOf)).toEqual(['done', 'conflict']);
  expect(results[1]).toMatchObject({ ticket: { agentId: 'ann', state: 'assigned' } });
  expect(desk.sent.map(({ reply }) => reply.text)).toEqual(['joined']);
});

it('claims and a message at that moment: whichever is written first, nobody answers for the other', () => {
  for (const claimedFirst of [true, false]) {
    const conversation = `c ${claimedFirst}`;
    const { id, version } = desk.escalate(conversation);
    if (claimedFirst) done(desk.handoff.claim(id, ANN, version));
    // The bot's turn began before the claim; what it writes shows who owns the conversation now.
    const bot = desk.turn(conversation, 'a message');
    const forwarded = !bot && desk.forward(conversation, 'a message');
    if (!claimedFirst) done(desk.handoff.claim(id, ANN, version));
    expect([bot, forwarded]).toEqual(claimedFirst ? [false, true] : [true, false]);
    expect(desk.words(conversation).filter(([, text]) => text === 'a message')).toHaveLength(1);
  }
});

describe('refuses', () => {
  const by = (agent: ActingAgent) => (action: (ticket: Ticket, agent: ActingAgent) => DeskResult) => (ticket: Ticket) =>
    action(ticket, agent);
  const close = { outcome: 'x', tags: [] };
  const bob = by(BOB);

  it.each<[string, (ticket: Ticket) => DeskResult, string]>([
    ['an unknown ticket', () => desk.handoff.finish('none', ANN, 1), 'unknown'],
    ['a version of before', ({ id, version }) => desk.handoff.finish(id, ANN, version - 1), 'conflict'],
    ["finishing another's", bob(({ id, version }, agent) => desk.handoff.finish(id, agent, version)), 'forbidden'],
    ["giving back another's", bob(({ id, version }, agent) => desk.handoff.giveBack(id, agent, version)), 'forbidden'],
    [
      "transferring another's",
      bob(({ id, version }, agent) => desk.handoff.transfer(id, agent, { version })),
      'forbidden',
    ],
    ["claiming another's", bob(({ id, version }, agent) => desk.handoff.claim(id, agent, version)), 'forbidden'],
    ["tagging another's", bob(({ id, version }, agent) => desk.handoff.tag(id, agent, ['x'], version)), 'forbidden'],
    ['giving to a colleague', ({ id, version }) => desk.handoff.assign(id, ANN, 'bob', version), 'forbidden'],
    ['giving to nobody known', ({ id, version }) => desk.handoff.assign(id, EVE, 'zoe', version), 'invalid'],
    [
      'passing to nobody known',
      ({ id, version }) => desk.handoff.transfer(id, ANN, { toAgentId: 'zoe', version }),
      'invalid',
    ],
    ['closing without wrap-up', ({ id, version }) => desk.handoff.close(id, ANN, { ...close, version }), 'notAllowed'],
  ])('%s', (_name, action, reason) => {
    const { id, version } = desk.escalate('c');
    const taken = done(desk.handoff.claim(id, ANN, version));
    const [words, events] = [desk.words('c'), desk.events.length];
    expect(reasonOf(action(taken))).toBe(reason);
    expect([desk.ticketOf('c'), desk.words('c'), desk.events.length]).toEqual([taken, words, events]);
  });

  it.each<[string, ActingAgent, object, string]>([
    ["another's message", BOB, {}, 'forbidden'],
    ["a supervisor's, who does not own it", EVE, {}, 'forbidden'],
    ['an empty one', ANN, { text: ' ' }, 'invalid'],
    ['one of characters without width', ANN, { text: '\u200b\u202e\u200d' }, 'invalid'],
    ['an unknown product', ANN, { products: ['p1', 'x'] }, 'invalid'],
    ['a file of another conversation', ANN, { attachmentIds: ['d/a.png'] }, 'invalid'],
    ["the id of somebody else's words", ANN, { id: 'shopper 1' }, 'conflict'],
  ])('%s', (_name, agent, message, reason) => {
    const { id, version } = desk.escalate('c');
    done(desk.handoff.claim(id, ANN, version));
    const sent = desk.sent.length;
    expect(desk.handoff.send(id, agent, { id: 'm', text: 'Hi', ...message })).toMatchObject({ ok: false, reason });
    expect(desk.sent).toHaveLength(sent);
    expect(desk.ticketOf('c').state).toBe('assigned');
  });
});

it('sends the same id once, however often it comes, and after the ticket went on', () => {
  const { id, version } = desk.escalate('c');
  done(desk.handoff.claim(id, ANN, version));
  const first = desk.handoff.send(id, ANN, { id: 'm', text: 'Hi' });
  expect(desk.handoff.send(id, ANN, { id: 'm', text: 'Hi' })).toEqual({ ...first, added: false });
  done(desk.handoff.giveBack(id, ANN, desk.ticketOf('c').version));
  expect(desk.handoff.send(id, ANN, { id: 'm', text: 'Hi' })).toMatchObject({ ok: true, added: false });
  expect(desk.handoff.send(id, ANN, { id: 'n', text: 'Hi' })).toMatchObject({ ok: false, reason: 'notAllowed' });
  expect(desk.sent.filter(({ reply }) => reply.text === 'Hi')).toHaveLength(1);
});

it('writes nothing of a message that can not be sent', () => {
  const { id, version } = desk.escalate('c');
  done(desk.handoff.claim(id, ANN, version));
  desk.reachable = false;
  expect(desk.handoff.send(id, ANN, { id: 'm', text: 'Hi' })).toMatchObject({ ok: false, reason: 'unreachable' });
  expect(desk.words('c')).not.toContainEqual(['agent', 'Hi']);
  expect(desk.ticketOf('c').state).toBe('assigned');
});

it('keeps notes from the shopper, and those of others from who may not read', () => {
  const { id, version } = desk.escalate('c');
  done(desk.handoff.claim(id, ANN, version));
  expect(desk.handoff.note(id, ANN, { id: 'n', text: 'a regular' })).toMatchObject({ ok: true, added: true });
  expect(desk.handoff.note(id, ANN, { id: 'n', text: 'a regular' })).toMatchObject({ ok: true, added: false });
  expect(desk.handoff.note(id, BOB, { id: 'o', text: 'me too' })).toMatchObject({ ok: false, reason: 'forbidden' });
  expect(desk.handoff.note(id, EVE, { id: 'p', text: 'well done' })).toMatchObject({ ok: true });
  expect(desk.transcripts.of('c').map(({ text }) => text)).not.toContain('a regular');
  expect(desk.sent.map(({ reply }) => reply.text)).toEqual(['joined']);
});

it('a message in wrap-up opens the talk again, and the bot stays silent', () => {
  const { id, version } = desk.escalate('c');
  done(desk.handoff.claim(id, ANN, version));
  desk.handoff.send(id, ANN, { id: 'm', text: 'Hi' });
  const { version: active } = desk.ticketOf('c');
  done(desk.handoff.finish(id, ANN, active));
  expect(desk.turn('c', 'one more thing')).toBe(false);
  expect(desk.forward('c', 'one more thing')).toBe(true);
  expect(desk.ticketOf('c')).toMatchObject({ state: 'active', agentId: 'ann', preview: 'one more thing' });
});

it('a transferred ticket keeps its place in the queue; who left a message and comes back does not', () => {
  const first = desk.escalate('c');
  desk.now += 1000;
  desk.turn('m', 'later', { kind: 'leaveMessage', reason: 'asked', text: 'Call me', email: 'm@shop.example' });
  desk.now += 1000;
  const second = desk.escalate('d');
  const taken = done(desk.handoff.claim(first.id, ANN, first.version));
  expect(desk.handoff.placeOf(second)).toEqual(expect.objectContaining({ place: 1 }));
  const moved = done(
    desk.handoff.transfer(first.id, ANN, { toAgentId: 'bob', note: 'speaks French', version: taken.version }),
  );
  expect(moved).toMatchObject({ state: 'queued', wantedAgentId: 'bob' });
  expect(moved).not.toHaveProperty('agentId');
  expect([desk.handoff.placeOf(moved)?.place, desk.handoff.placeOf(second)?.place]).toEqual([1, 2]);
  expect(desk.words('c')).toContainEqual(['agent', 'speaks French']);
  expect(done(desk.handoff.claim(first.id, BOB, moved.version))).not.toHaveProperty('wantedAgentId');
  desk.now += 1000;
  const returned = desk.escalate('m');
  expect(returned).toMatchObject({ state: 'queued', email: 'm@shop.example' });
  expect(desk.handoff.placeOf(returned)?.place).toBe(2);
});

it('the shopper leaves the queue, or leaves a message from it; then the bot goes on', () => {
  desk.escalate('c');
  desk.turn('c', 'cancel', { kind: 'leaveQueue' });
  expect(desk.ticketOf('c')).toMatchObject({ state: 'closed', outcome: 'cancelled' });
  expect(desk.handoff.shoppers.view('c')).toMatchObject({ state: 'bot', lately: true });
  const { id } = desk.escalate('d');
  desk.turn('d', 'd@shop.example', {
    kind: 'leaveMessage',
    reason: 'asked',
    text: 'It broke',
    email: 'd@shop.example',
  });
  const left = desk.ticketOf('d');
  expect(left).toMatchObject({ id, state: 'message', preview: 'It broke', email: 'd@shop.example' });
  expect(desk.turn('d', 'red shoes')).toBe(true);
  expect(done(desk.handoff.close(id, BOB, { outcome: 'mailed', tags: [], version: left.version })).state).toBe(
    'closed',
  );
});

it('a listener that fails keeps no other from hearing', () => {
  const heard: string[] = [];
  desk.handoff.subscribe(() => {
    throw new Error('gone');
  });
  const stop = desk.handoff.subscribe(({ kind }) => heard.push(kind));
  desk.escalate('c');
  stop();
  desk.escalate('d');
  expect(heard).toEqual(['ticket', 'entry', 'entry']);
  expect(desk.faults.splice(0)).toHaveLength(6);
});
