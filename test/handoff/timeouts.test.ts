import { ANN, Desk, done } from './support/desk';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => {
  expect(desk.faults).toEqual([]);
  desk.close();
});

const notices = (conversation: string) =>
  desk
    .words(conversation)
    .flatMap(([speaker = '']) => (['shopper', 'bot', 'agent'].includes(speaker) ? [] : [speaker]));

/** An agent who answered, and stays connected. */
function answered(): string {
  desk.handoff.connected('ann');
  const { id, version } = desk.escalate('c');
  done(desk.handoff.claim(id, ANN, version));
  desk.handoff.send(id, ANN, { id: 'm', text: 'Hi' });
  return id;
}

/** [minutes, what is told by then]; each step is looked at twice, and again after a restart. */
const unanswered: [number, string[]][] = [
  [2.9, ['joined']],
  [0.2, ['joined', 'released']],
  [3, ['joined', 'released']],
  [3, ['joined', 'released', 'stillWaiting']],
];
const queued: [number, string[]][] = [
  [4.9, []],
  [0.2, ['stillWaiting']],
  [60, ['stillWaiting']],
];

it.each([
  ['queued for too long', () => void desk.escalate('c'), queued],
  [
    'assigned without an answer',
    () => {
      desk.handoff.connected('ann');
      const { id, version } = desk.escalate('c');
      done(desk.handoff.claim(id, ANN, version));
    },
    unanswered,
  ],
  [
    'a shopper who does not answer',
    () => void answered(),
    [
      [14.9, ['joined']],
      [0.2, ['joined', 'silent']],
      [60, ['joined', 'silent']],
    ] satisfies [number, string[]][],
  ],
  [
    'wrap-up that nobody ends',
    () => {
      const id = answered();
      done(desk.handoff.finish(id, ANN, desk.ticketOf('c').version));
    },
    [
      [9.9, ['joined']],
      [0.2, ['joined', 'closed']],
      [60, ['joined', 'closed']],
    ] satisfies [number, string[]][],
  ],
] as [string, () => void, [number, string[]][]][])('%s: told once', (_name, begin, steps) => {
  begin();
  for (const [minutes, told] of steps) {
    desk.pass(minutes);
    desk.pass(0);
    expect(notices('c')).toEqual(told);
    desk.restart();
    desk.handoff.connected('ann');
    desk.pass(0);
    expect(notices('c')).toEqual(told);
  }
});

it('tells of a silent shopper again only after the agent spoke again', () => {
  const id = answered();
  desk.pass(16);
  desk.forward('c', 'here');
  desk.pass(60);
  expect(notices('c')).toEqual(['joined', 'silent']);
  desk.handoff.send(id, ANN, { id: 'n', text: 'And?' });
  desk.pass(16);
  expect(notices('c')).toEqual(['joined', 'silent', 'silent']);
  // Only agents see it.
  expect(desk.sent.map(({ reply }) => reply.text)).not.toContain('silent');
});

it.each<[string, () => void, number]>([
  ['the last console is closed', () => desk.handoff.disconnected('ann'), 2],
  ['the server restarts and the agent does not come back', () => desk.restart(), 2],
])('an agent is lost when %s: the ticket goes back to its place', (_name, lose, minutes) => {
  const id = answered();
  desk.now += 1000;
  const later = desk.escalate('d');
  lose();
  desk.pass(minutes - 0.1);
  expect(desk.ticketOf('c').state).toBe('active');
  desk.pass(0.2);
  const released = desk.ticketOf('c');
  expect(released).toMatchObject({ id, state: 'queued' });
  expect([desk.handoff.placeOf(released)?.place, desk.handoff.placeOf(later)?.place]).toEqual([1, 2]);
  expect(notices('c')).toEqual(['joined', 'released']);
  // From now on the bot answers again.
  expect(desk.turn('c', 'hello?')).toBe(true);
});

it('keeps the conversations of an agent who comes back in time, or has another console open', () => {
  desk.handoff.connected('ann');
  answered();
  desk.handoff.disconnected('ann');
  desk.pass(60);
  expect(desk.ticketOf('c').state).toBe('active');
  desk.handoff.disconnected('ann');
  desk.pass(1.9);
  desk.handoff.connected('ann');
  desk.pass(60);
  expect(desk.ticketOf('c').state).toBe('active');
});
