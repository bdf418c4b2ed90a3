import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Activity } from 'botbuilder';
import type { Request, Router } from 'express';
import type { ActivityLog } from '../../domain';
import { BOT, connectorRouter } from './connector';
import { Conversations } from './conversations';
import { TurnQueue } from './queue';
import { directLineRoutes } from './routes';
import { StreamHub } from './stream-hub';
import { type Grant, Tokens } from './tokens';

/** Most turns of one conversation that run or wait. */
const MAX_WAITING = 20;

/** What `createDirectLine` needs. */
export interface DirectLineOptions {
  readonly activityLog: ActivityLog;
  /** Signs the tokens; at least 32 bytes. Tokens outlive a restart only if the key does. */
  readonly tokenKey: Uint8Array;
  readonly clock: () => Date;
  /** Runs the bot's turn of an activity; resolves when it is over. */
  readonly deliver: (activity: Activity) => Promise<void>;
  readonly onFault: (error: unknown) => void;
  /** Origins (`https://shop.example`) of other hosts whose pages may use it; `*` is all. */
  readonly allowedOrigins: readonly string[];
  /** The WebSocket origin under which a client reaches the server. */
  readonly socketOrigin: (request: Request) => string;
  /** The HTTP origin under which this very process reaches itself. */
  readonly serviceOrigin: () => string;
}

/** A Direct Line service in this process. */
export interface DirectLine {
  /** To be mounted at `/v3/directline`. */
  readonly router: Router;
  /** To be mounted at `/connector`. */
  readonly connector: Router;
  /** Takes an HTTP upgrade; false when it is not for the stream. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends the sockets, then waits until the turns that were accepted are over. */
  close(): Promise<void>;
}

/** Lets the stock Web Chat talk to the bot with no cloud in between. */
export function createDirectLine(options: DirectLineOptions): DirectLine {
  const { clock, onFault, allowedOrigins } = options;
  const conversations = new Conversations(options.activityLog, clock);
  const tokens = new Tokens(options.tokenKey, clock);
  const queue = new TurnQueue(MAX_WAITING, onFault);
  const hub = new StreamHub({ conversations, tokens, allowedOrigins, onFault });
  const key = randomBytes(32).toString('base64url');

  function enqueue(grant: Grant, activity: object): void {
    const { conversationId, userId } = grant;
    queue.add(conversationId, async () => {
      const full = {
        id: randomUUID(),
        // The bot may change what it is given.
        ...structuredClone(activity),
        timestamp: clock(),
        channelId: 'directline',
        serviceUrl: `${options.serviceOrigin()}/connector/${key}`,
        conversation: { id: conversationId },
        from: { id: userId, role: 'user' },
        recipient: { ...BOT },
      };
      await options.deliver(full as unknown as Activity);
    });
  }

  const router = directLineRoutes({
    conversations,
    tokens,
    allowedOrigins,
    socketOrigin: options.socketOrigin,
    hasRoom: (conversationId) => !queue.isFull(conversationId),
    onOpened: (grant, locale) => {
      const opened = { type: 'conversationUpdate', membersAdded: [{ id: grant.userId }] };
      enqueue(grant, locale === undefined ? opened : { ...opened, locale });
    },
    onActivity: enqueue,
  });
  return {
    router,
    connector: connectorRouter(key, conversations),
    upgrade: (request, socket, head) => hub.upgrade(request, socket, head),
    close: async () => {
      hub.close();
      await queue.idle();
    },
  };
}
