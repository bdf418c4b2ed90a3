import type { FromSocket } from '../../../src/web/agent/api/types';
import { waitBefore } from '../../../src/web/agent/live/back-off';
import { type Connection, type Line, LiveSocket } from '../../../src/web/agent/live/live-socket';

/** A line in the test's hand. */
class HeldLine implements Line {
  readyState = 0;
  onopen: Line['onopen'] = null;
  onmessage: Line['onmessage'] = null;
  onclose: Line['onclose'] = null;
  readonly sent: unknown[] = [];
  closed = false;

  send(data: unknown): void {
    this.sent.push(JSON.parse(String(data)));
  }
  close(): void {
    this.closed = true;
    this.readyState = 3;
  }
  opens(): void {
    this.readyState = 1;
    this.onopen?.call(this as never, {} as Event);
  }
  says(message: FromSocket | string): void {
    const data = typeof message === 'string' ? message : JSON.stringify(message);
    this.onmessage?.call(this as never, { data } as MessageEvent);
  }
  breaks(): void {
    this.readyState = 3;
    this.onclose?.call(this as never, {} as never);
  }
}

function held() {
  const lines: HeldLine[] = [];
  const received: FromSocket[] = [];
  const connections: Connection[] = [];
  const known = { after: 4 };
  const socket = new LiveSocket({
    connect: () => {
      lines.push(new HeldLine());
      return last();
    },
    after: () => known.after,
    onMessage: (message) => received.push(message),
    onConnection: (connection) => connections.push(connection),
    random: () => 1,
  });
  const last = () => {
    const line = lines.at(-1);
    if (line === undefined) throw new Error('there is no line yet');
    return line;
  };
  return { socket, lines, last, received, connections, known };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('asks for what came after the last that the page knows, each time anew', () => {
  const { socket, last, lines, received, known, connections } = held();
  socket.start();
  last().opens();
  expect(last().sent).toEqual([{ type: 'hello', after: 4 }]);
  last().says({ type: 'bye', reason: 'stopping' });
  last().says('no JSON');
  expect(received).toEqual([{ type: 'bye', reason: 'stopping' }]);
  known.after = 9;
  last().breaks();
  expect(connections).toEqual(['live', 'offline']);
  jest.advanceTimersByTime(waitBefore(0, 1));
  expect(lines).toHaveLength(2);
  last().opens();
  expect(last().sent).toEqual([{ type: 'hello', after: 9 }]);
  socket.stop();
});

it('waits longer each time, and begins anew once it has heard something', () => {
  const { socket, last, lines } = held();
  socket.start();
  for (const failures of [0, 1, 2]) {
    last().breaks();
    jest.advanceTimersByTime(waitBefore(failures, 1) - 1);
    expect(lines).toHaveLength(failures + 1);
    jest.advanceTimersByTime(1);
    expect(lines).toHaveLength(failures + 2);
  }
  // Opening alone is no success: a server that is full closes at once.
  last().opens();
  last().breaks();
  jest.advanceTimersByTime(waitBefore(3, 1) - 1);
  expect(lines).toHaveLength(4);
  jest.advanceTimersByTime(1);
  last().opens();
  last().says({ type: 'pong' });
  last().breaks();
  jest.advanceTimersByTime(waitBefore(0, 1));
  expect(lines).toHaveLength(6);
  socket.stop();
});

it('does not wait when the network is back', () => {
  const { socket, last, lines } = held();
  socket.start();
  socket.hurry();
  expect(lines).toHaveLength(1);
  last().breaks();
  socket.hurry();
  expect(lines).toHaveLength(2);
  socket.stop();
  socket.hurry();
  jest.runAllTimers();
  expect(lines).toHaveLength(2);
});

it('gives up its line when the browser says that there is no network, and takes another when it is back', () => {
  const { socket, last, lines, connections } = held();
  socket.start();
  last().opens();
  socket.cut();
  expect(lines[0]?.closed).toBe(true);
  expect(connections).toEqual(['live', 'offline']);
  socket.cut();
  socket.hurry();
  last().opens();
  expect(lines).toHaveLength(2);
  expect(connections).toEqual(['live', 'offline', 'live']);
  socket.stop();
});

it('gives up a line on which nothing comes back, and hears nothing more from it', () => {
  const { socket, last, lines, received, connections } = held();
  socket.start();
  const dead = last();
  dead.opens();
  jest.advanceTimersByTime(20_000);
  expect(dead.sent.at(-1)).toEqual({ type: 'ping' });
  jest.advanceTimersByTime(10_000);
  expect(connections).toEqual(['live', 'offline']);
  expect(dead.closed).toBe(true);
  dead.says({ type: 'bye', reason: 'expired' });
  dead.breaks();
  expect(received).toEqual([]);
  jest.advanceTimersByTime(waitBefore(0, 1));
  expect(lines).toHaveLength(2);
  socket.stop();
});

it('keeps a line on which anything comes back', () => {
  const { socket, last, lines } = held();
  socket.start();
  last().opens();
  for (let i = 0; i < 5; i += 1) {
    jest.advanceTimersByTime(20_000);
    last().says({ type: 'pong' });
  }
  expect(lines).toHaveLength(1);
  socket.stop();
});

it('gives up a line that never opens', () => {
  const { socket, lines } = held();
  socket.start();
  jest.advanceTimersByTime(30_000 + waitBefore(0, 1));
  expect(lines).toHaveLength(2);
  socket.stop();
});

it.each([
  [0, 0, 250],
  [0, 1, 500],
  [3, 1, 4000],
  [30, 1, 20_000],
])('after %i failures and with chance %d it waits %i ms', (failures, random, wait) => {
  expect(waitBefore(failures, random)).toBe(wait);
});
