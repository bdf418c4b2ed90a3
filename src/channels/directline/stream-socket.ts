import { WebSocket } from 'ws';
import type { WireActivity } from './activity';
import type { Conversations, Listener } from './conversations';

/** A reader with more than this many unsent bytes is dropped; it comes back and asks from its watermark. */
export const MAX_BUFFERED = 1024 * 1024;
/** Most messages that a client may send between two heartbeats: it has nothing to say but pings. */
const MAX_MESSAGES = 300;
/** Most stored activities in a frame. */
const FRAME_ACTIVITIES = 25;

/**
 * Shows a conversation on one socket. Stored activities are read from the log as the reader takes them, one frame at a
 * time, so a slow reader costs no memory; the log is in order, so nothing is lost or doubled between replay and live.
 */
export class StreamSocket implements Listener {
  /** When the token that opened the socket expires, in milliseconds since 1970. */
  expires = Number.POSITIVE_INFINITY;
  private sending = false;
  /** More is stored than was read: what passes now would come too early. */
  private behind = true;
  private answered = true;
  private received = 0;

  /** `sequence` is the newest activity that the client has. */
  constructor(
    private readonly socket: WebSocket,
    private readonly conversations: Conversations,
    private readonly conversationId: string,
    private sequence: number,
    private readonly onFault: (error: unknown) => void,
  ) {
    socket.on('pong', () => {
      this.answered = true;
    });
    const count = (): void => {
      this.received += 1;
      if (this.received > MAX_MESSAGES) socket.terminate();
    };
    socket.on('message', count);
    socket.on('ping', count);
  }

  stored(): void {
    if (this.isSlow()) this.socket.terminate();
    else this.pump();
  }

  passing(activity: WireActivity): void {
    if (this.behind || this.socket.readyState !== WebSocket.OPEN) return;
    if (this.isSlow()) this.socket.terminate();
    else this.socket.send(JSON.stringify({ activities: [activity] }));
  }

  /** Drops a socket that did not answer the last ping, else pings it. */
  heartbeat(): void {
    if (!this.answered || this.isSlow()) {
      this.socket.terminate();
      return;
    }
    this.answered = false;
    this.received = 0;
    if (this.socket.readyState === WebSocket.OPEN) this.socket.ping();
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  private isSlow(): boolean {
    return this.socket.bufferedAmount > MAX_BUFFERED;
  }

  private pump(): void {
    if (this.sending || this.socket.readyState !== WebSocket.OPEN) return;
    try {
      const page = this.conversations.after(this.conversationId, this.sequence, FRAME_ACTIVITIES);
      this.behind = page.activities.length === FRAME_ACTIVITIES;
      if (page.activities.length === 0) return;
      this.sequence = page.sequence;
      this.sending = true;
      this.socket.send(JSON.stringify({ activities: page.activities, watermark: String(page.sequence) }), (error) => {
        this.sending = false;
        if (error === undefined || error === null) this.pump();
      });
    } catch (error) {
      this.onFault(error);
      this.socket.terminate();
    }
  }
}
