import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConsoleEvent, Ticket } from '../../../src/domain';
import { call, openStream, startConversation, until } from '../../channels/support/client';
import { Console, openSocket, type Seat } from './support/console';

const HOUR = 3600 * 1000;
const HEARTBEAT = 100;
let desk: Console;
let [ann, bob, eve]: Seat[] = [];
beforeEach(async () => {
  desk = await new Console({ heartbeat: HEARTBEAT }).start();
  [ann, bob, eve] = [desk.seat('ann'), desk.seat('bob'), desk.seat('eve', 'supervisor')];
});
afterEach(async () => {
  await desk.close();
  expect(desk.faults).toEqual([]);
});
const seats = () => ({ ann, bob, eve }) as Record<'ann' | 'bob' | 'eve', Seat>;

type Line = ReturnType<Seat['socket']>;
const eventsOf = (line: Line) => line.of('event').map(({ event }) => event);
const sequencesOf = (line: Line): number[] => eventsOf(line).map(({ sequence }) => sequence);
const actingOf = ({ id }: Seat) => ({ id, supervises: false });
const told = (line: Line, after: number) => until(() => sequencesOf(line).at(-1) === after);

/** What a console of a supervisor is told of everything. */
const allEvents = () => desk.tickets.eventsAfter(0, 10_000).map(({ sequence }: ConsoleEvent) => sequence);
const last = () => allEvents().at(-1) ?? 0;

function claim(ticket: Ticket, seat: Seat): Ticket {
  const result = desk.handoff.claim(ticket.id, actingOf(seat), ticket.version);
  if (!result.ok) throw new Error(result.reason);
  return result.ticket;
}

describe('events', () => {
  it('that were missed come first, then those of now', async () => {
    const ticket = desk.escalate();
    const line = seats().eve.socket(0);
    await told(line, last());
    claim(ticket, seats().ann);
    desk.say(ticket.conversationId, 'hello?');
    await told(line, last());
    expect(sequencesOf(line)).toEqual(allEvents());
    const [first, ...rest] = eventsOf(line);
    expect(first).toMatchObject({ kind: 'ticket', ticket: { id: ticket.id, state: 'queued', channelName: 'Web' } });
    expect(rest.at(-1)).toMatchObject({ kind: 'entry', ticketId: ticket.id, entry: { text: 'hello?' } });
    const half = allEvents()[2] ?? 0;
    const later = seats().eve.socket(half);
    await told(later, last());
    expect(sequencesOf(later)).toEqual(allEvents().filter((sequence) => sequence > half));
    line.socket.close();
    later.socket.close();
  });

  it('of more than a page come in order, while further ones happen', async () => {
    for (let i = 0; i < 120; i++) desk.escalate(`local:old${i}`);
    const line = seats().eve.socket(0);
    await line.opened;
    for (let i = 0; i < 60; i++) desk.escalate(`local:new${i}`);
    await told(line, last());
    expect(sequencesOf(line)).toEqual(allEvents());
    line.socket.close();
  });

  it('are told to each console as far as it may see', async () => {
    const ticket = desk.escalate();
    const lines = [seats().ann.socket(0), seats().bob.socket(0)] as const;
    await Promise.all(lines.map((line) => told(line, last())));
    const claimed = claim(ticket, seats().bob);
    desk.say(ticket.conversationId, 'my card is 4111');
    desk.handoff.send(ticket.id, actingOf(seats().bob), { id: 'secret', text: 'thank you' });
    await told(lines[1], last());
    await until(() => eventsOf(lines[0]).at(-1)?.ticket?.state === 'active');
    const seen = JSON.stringify(eventsOf(lines[0]).slice(2));
    expect(seen).not.toMatch(/4111|thank you|a person, please|shoes/);
    expect(eventsOf(lines[0]).at(-1).ticket).toMatchObject({
      isHidden: true,
      agentName: 'BOB',
      preview: '',
      userId: '',
    });
    expect(eventsOf(lines[1]).at(-1)).toMatchObject({ entry: { text: 'thank you', agentName: 'BOB' } });
    // What was anybody's when it was said is another's now: it is not told again.
    const again = seats().ann.socket(0);
    await until(() => eventsOf(again).at(-1)?.ticket?.state === 'active');
    expect(JSON.stringify(again.frames)).not.toMatch(/4111|thank you|a person, please|shoes/);
    const back = desk.handoff.transfer(claimed.id, actingOf(seats().bob), { version: claimed.version + 1 });
    expect(back.ok).toBe(true);
    await told(lines[0], last());
    expect(eventsOf(lines[0]).at(-2)).toMatchObject({ ticket: { state: 'queued', preview: 'a person, please' } });
    for (const line of [...lines, again]) line.socket.close();
  });

  it('are complete and without doubles for a console whose line is cut fifty times', async () => {
    const ticket = claim(desk.escalate(), seats().ann);
    const seen: number[] = [];
    let said = 0;
    const talk = setInterval(() => {
      said += 1;
      if (said % 2 === 0) desk.say(ticket.conversationId, `shopper ${said}`);
      else desk.handoff.send(ticket.id, actingOf(seats().ann), { id: `m-${said}`, text: `agent ${said}` });
    }, 3);
    const random = mulberry32(42);
    for (let cut = 0; cut < 50; cut++) {
      const line = seats().ann.socket(seen.at(-1) ?? 0);
      await line.opened;
      await wait(random() * 30);
      // In the middle of whatever is under way; frames that were read before count.
      line.socket.terminate();
      await line.closed;
      seen.push(...sequencesOf(line));
    }
    clearInterval(talk);
    const line = seats().ann.socket(seen.at(-1) ?? 0);
    await until(() => (sequencesOf(line).at(-1) ?? seen.at(-1)) === last());
    seen.push(...sequencesOf(line));
    expect(said).toBeGreaterThan(50);
    expect(seen).toEqual(allEvents());
    line.socket.close();
  });

  it('of what was erased are told no more, and those of others go on', async () => {
    const [ticket, other] = [claim(desk.escalate(), seats().ann), claim(desk.escalate(), seats().ann)];
    const after = last();
    const line = seats().ann.socket(after);
    await until(() => line.of('presence').length > 0);
    // Written, and erased before any line could read it.
    desk.handoff.send(ticket.id, actingOf(seats().ann), { id: 'm-1', text: 'to be forgotten' });
    desk.transcripts.erase(ticket.conversationId);
    desk.tickets.eraseConversation(ticket.conversationId);
    desk.say(other.conversationId, 'still here');
    line.send({ type: 'typing', ticketId: ticket.id });
    await told(line, last());
    const again = seats().ann.socket(0);
    await told(again, last());
    expect(JSON.stringify(again.frames)).not.toContain('to be forgotten');
    expect(eventsOf(again).every(({ ticketId }) => ticketId === other.id)).toBe(true);
    expect(sequencesOf(again)).toEqual(allEvents());
    expect(desk.typed).toEqual([]);
    for (const { socket } of [line, again]) socket.close();
  });

  it('begin now for a number that never was', async () => {
    desk.escalate();
    const line = seats().eve.socket(1_000_000);
    await until(() => line.of('presence').length > 0);
    desk.escalate();
    await told(line, last());
    expect(sequencesOf(line)).toHaveLength(2);
    line.socket.close();
  });

  it('wait for the hello', async () => {
    const line = seats().eve.socket();
    await line.opened;
    desk.escalate();
    line.send({ type: 'ping' });
    await until(() => line.of('pong').length > 0);
    expect(line.frames).toEqual([{ type: 'pong' }]);
    line.socket.close();
  });
});

describe('who may listen', () => {
  it.each<[string, (desk: Console, seat: Seat) => Record<string, string>, number]>([
    ['a foreign page', ({ origin }, seat) => ({ ...seat.headers, origin: `${origin}.evil.example` }), 403],
    ['no page', (_desk, seat) => seat.headers, 403],
    ['nobody', ({ origin }) => ({ origin }), 401],
    ['a made-up cookie', ({ origin }) => ({ origin, cookie: 'vitrine_agent=x' }), 401],
    [
      'a disabled agent',
      (console, seat) => {
        console.agents.setDisabled(seat.id, true);
        return { ...seat.headers, origin: console.origin };
      },
      401,
    ],
  ])('%s is refused, and that is written down', async (_name, headersOf, status) => {
    const line = openSocket(desk.origin, headersOf(desk, seats().ann));
    expect(await line.refused).toBe(status);
    expect(desk.trail().at(-1)?.slice(0, 2)).toEqual(['socket', status === 403 ? 'FORBIDDEN' : 'SIGNED_OUT']);
  });

  it('a shopper’s stream is none, and there is no other socket', async () => {
    const { token } = await startConversation(`${desk.origin}/v3/directline`);
    const line = openSocket(desk.origin, { origin: desk.origin, authorization: `Bearer ${token}` });
    expect(await line.refused).toBe(401);
    expect(desk.trail().at(-1)?.slice(0, 2)).toEqual(['socket', 'SIGNED_OUT']);
    const other = openStream(`${desk.origin.replace('http', 'ws')}/agent/other`, { ...seats().ann.headers });
    expect(await other.refused).toBe(404);
  });

  it.each<[string, (desk: Console, seat: Seat) => unknown]>([
    [
      'runs out',
      (console) => {
        console.now += 2 * HOUR;
      },
    ],
    ['is ended by a new password', (console, seat) => console.agents.setPassword(seat.id, 'x')],
    ['is ended by "vitrine agent disable"', (console, seat) => console.agents.setDisabled(seat.id, true)],
    ['is signed out', (_console, seat) => seat.post('/logout')],
  ])('a session that %s ends its line before anything more is shown', async (_name, end) => {
    const ticket = desk.escalate();
    const line = seats().ann.socket(0);
    await told(line, last());
    const before = eventsOf(line).length;
    await end(desk, seats().ann);
    desk.escalate('local:later', 'a secret');
    expect(await line.closed).toBe(1008);
    expect(line.frames.at(-1)).toEqual({ type: 'bye', reason: 'expired' });
    expect(eventsOf(line)).toHaveLength(before);
    expect(ticket.state).toBe('queued');
    expect(desk.trail().filter(([action, result]) => action === 'socket' && result === 'SIGNED_OUT')).toHaveLength(1);
  });

  it('a session that runs out while nothing happens ends its line, too', async () => {
    const line = seats().ann.socket(0);
    await line.opened;
    desk.now += 2 * HOUR;
    expect(await line.closed).toBe(1008);
    expect(line.of('bye')).toEqual([{ type: 'bye', reason: 'expired' }]);
  });

  it('a server that stops says so', async () => {
    const line = seats().ann.socket(0);
    await until(() => line.of('presence').length > 0);
    await desk.stop();
    expect(await line.closed).toBe(1001);
    expect(line.of('bye')).toEqual([{ type: 'bye', reason: 'stopping' }]);
  });
});

describe('a console that misbehaves', () => {
  it.each([
    ['frames', [0x81, 0x82, 0, 0, 0, 0, ...Buffer.from('{}')]],
    ['pieces of one frame', [0x00, 0x80, 0, 0, 0, 0]],
    ['pings', [0x89, 0x80, 0, 0, 0, 0]],
  ])('with 131,000 tiny %s is cut off, and others go on', async (_name, bytes) => {
    const [line, other] = [seats().ann.socket(0), seats().bob.socket(0)];
    await Promise.all([line.opened, other.opened]);
    const { _socket: wire } = line.socket as unknown as { _socket: Socket };
    if (bytes[0] === 0x00) wire.write(Buffer.from([0x01, 0x80, 0, 0, 0, 0]));
    wire.write(Buffer.alloc(131_000 * bytes.length, Buffer.from(bytes)));
    await line.closed;
    // Others are cut by the library before they are frames.
    if (bytes[0] === 0x81) expect(desk.trail()).toContainEqual(['socket', 'TOO_MANY_REQUESTS']);
    desk.escalate();
    await told(other, last());
    other.socket.close();
  });

  it('with a frame of more than 64 KB is cut off', async () => {
    const line = seats().ann.socket(0);
    await line.opened;
    line.socket.send('x'.repeat(64 * 1024 + 1));
    expect(await line.closed).toBe(1009);
  });

  it.each(['', '{', '[]', 'null', '{"type":"hello","after":-1}', '{"type":"hello","after":"0"}', '{"type":"assign"}'])(
    'is not listened to where it says %j',
    async (text) => {
      const line = seats().ann.socket();
      await line.opened;
      desk.escalate();
      line.socket.send(text);
      line.socket.send(Buffer.from('{"type":"hello","after":0}'));
      line.send({ type: 'ping' });
      await until(() => line.of('pong').length > 0);
      expect(line.frames).toHaveLength(1);
      line.socket.close();
    },
  );

  it('that never reads is dropped, costs no memory, and keeps nobody waiting', async () => {
    const ticket = claim(desk.escalate(), seats().ann);
    const [line, other] = [seats().ann.socket(0), seats().eve.socket(0)];
    await Promise.all([line.opened, other.opened]);
    line.socket.pause();
    const text = 'x'.repeat(4_000);
    for (let i = 0; i < 500; i++) desk.say(ticket.conversationId, text);
    await told(other, last());
    // It does not answer pings either.
    await until(() => desk.handoff.agents().find(({ agentId }) => agentId === seats().ann.id)?.connected === false);
    line.socket.terminate();
    other.socket.close();
  });

  it('with more than ten lines loses the oldest', async () => {
    const lines: Line[] = [];
    for (let i = 0; i < 11; i++) {
      const line = seats().ann.socket(0);
      await line.opened;
      lines.push(line);
    }
    await lines[0]?.closed;
    expect(lines.slice(1).every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true);
    for (const { socket } of lines) socket.close();
  });
});

describe('typing', () => {
  it('of an agent shows in their own conversations, now and then', async () => {
    const own = claim(desk.escalate(), seats().ann);
    const others = claim(desk.escalate(), seats().bob);
    const waiting = desk.escalate();
    const line = seats().ann.socket(0);
    await line.opened;
    for (const { id } of [own, own, others, waiting]) line.send({ type: 'typing', ticketId: id });
    line.send({ type: 'ping' });
    await until(() => line.of('pong').length > 0);
    expect(desk.typed).toEqual([[own.conversationId, 'ANN']]);
    expect(desk.trail().slice(-2)).toEqual([
      ['socket', 'FORBIDDEN', others.id],
      ['socket', 'FORBIDDEN', waiting.id],
    ]);
    desk.now += 2_000;
    line.send({ type: 'typing', ticketId: own.id });
    await until(() => desk.typed.length === 2);
    line.socket.close();
  });

  it('of a shopper, and whether their page is open, are told to who may read the ticket', async () => {
    const directLine = `${desk.origin}/v3/directline`;
    const started = await startConversation(directLine);
    const ticket = claim(desk.escalate(`local:${started.conversationId}`), seats().ann);
    const [line, other] = [seats().ann.socket(last()), seats().bob.socket(last())];
    await until(() => line.of('presence').length > 0 && other.of('presence').length > 0);
    const stream = openStream(started.streamUrl);
    await until(() => line.of('shopper').length === 1);
    const url = `${directLine}/conversations/${started.conversationId}/activities`;
    for (let i = 0; i < 3; i++) await call(url, { ...started, body: { type: 'typing' } });
    await until(() => line.of('typing').length > 0);
    // A console that comes later is told of who is there.
    const later = seats().eve.socket(last());
    await until(() => later.of('shopper').length === 1);
    stream.socket.close();
    await until(() => line.of('shopper').length === 2);
    expect(line.of('typing')).toEqual([{ type: 'typing', ticketId: ticket.id, who: 'shopper', at: desk.now }]);
    expect(line.of('shopper').map(({ ticketId, present }) => [ticketId, present])).toEqual([
      [ticket.id, true],
      [ticket.id, false],
    ]);
    expect([other.of('typing'), other.of('shopper')]).toEqual([[], []]);
    expect((await seats().ann.get(`/tickets/${ticket.id}`)).body.ticket.shopperPresent).toBe(false);
    for (const { socket } of [line, other, later]) socket.close();
  });
});

it('says who is there, with what they have to do', async () => {
  const line = seats().ann.socket(0);
  const mine = () =>
    line
      .of('presence')
      .at(-1)
      ?.agents.find(({ id }: { id: string }) => id === seats().ann.id);
  await until(() => mine()?.status === 'available');
  expect(line.of('presence').at(-1).agents).toContainEqual({
    id: seats().bob.id,
    displayName: 'BOB',
    status: 'offline',
    load: 0,
  });
  await seats().ann.post('/presence', { status: 'away' }, {}, 'PUT');
  await until(() => mine()?.status === 'away');
  claim(desk.escalate(), seats().ann);
  await until(() => mine()?.load === 1);
  const second = seats().ann.socket(0);
  await second.opened;
  line.socket.close();
  await line.closed;
  expect(desk.handoff.agents()).toMatchObject([{ agentId: seats().ann.id, connected: true }]);
  second.socket.close();
  await until(() => desk.handoff.agents()[0]?.connected === false);
});

/** Random numbers that are the same each time. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
