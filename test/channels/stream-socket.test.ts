import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { Conversations } from '../../src/channels/directline/conversations';
import { MAX_BUFFERED, StreamSocket } from '../../src/channels/directline/stream-socket';
import { MemoryActivityLog } from './support/memory-log';

/** A socket whose reader takes a frame when `read` is called. */
class SlowSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  terminated = false;
  pings = 0;
  readonly sent: string[] = [];
  private done: (() => void)[] = [];

  send(data: string, done?: () => void): void {
    this.sent.push(data);
    if (done) this.done.push(done);
  }

  read(): void {
    for (const done of this.done.splice(0)) done();
  }

  ping(): void {
    this.pings += 1;
  }

  terminate(): void {
    this.terminated = true;
    this.readyState = 3;
  }
}

function make() {
  const log = new MemoryActivityLog();
  const conversations = new Conversations(log, () => new Date(0));
  conversations.open('c', 'dl_u');
  const socket = new SlowSocket();
  const faults: unknown[] = [];
  const stream = new StreamSocket(socket as unknown as WebSocket, conversations, 'c', 0, (error) => faults.push(error));
  conversations.listen('c', stream);
  const append = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      conversations.append('c', { id: 'dl_u', role: 'user' }, { type: 'message' });
    }
  };
  return { log, conversations, socket, stream, append, faults };
}

it('sends one frame at a time, however much is stored', () => {
  const { socket, append } = make();
  append(60);
  expect(socket.sent).toHaveLength(1);
  socket.read();
  socket.read();
  socket.read();
  const frames = socket.sent.map((data) => JSON.parse(data) as { activities: unknown[]; watermark: string });
  expect(frames.map(({ activities, watermark }) => [activities.length, watermark])).toEqual([
    [1, '1'],
    [25, '26'],
    [25, '51'],
    [9, '60'],
  ]);
});

it('is dropped when too much is unsent', () => {
  const { socket, append } = make();
  append(1);
  socket.bufferedAmount = MAX_BUFFERED + 1;
  append(1);
  expect(socket.terminated).toBe(true);
  expect(socket.sent).toHaveLength(1);
});

it('is dropped when a ping stays unanswered', () => {
  const { socket, stream } = make();
  stream.heartbeat();
  socket.emit('pong');
  stream.heartbeat();
  expect([socket.pings, socket.terminated]).toEqual([2, false]);
  stream.heartbeat();
  expect(socket.terminated).toBe(true);
});

it('is dropped when the log fails, and the writer does not notice', () => {
  const { log, socket, append, faults } = make();
  log.after = () => {
    throw new Error('disk');
  };
  append(1);
  expect(socket.terminated).toBe(true);
  expect(faults).toEqual([new Error('disk')]);
});

it('numbers what passes between what is stored', () => {
  const { conversations, socket, append } = make();
  append(1);
  socket.read();
  conversations.pass('c', { id: 'vitrine', role: 'bot' }, { type: 'typing' });
  append(1);
  const numbers = socket.sent.map((data) => JSON.parse(data).activities[0].channelData['webchat:sequence-id']);
  expect(numbers).toEqual([1000, 1001, 2000]);
});
