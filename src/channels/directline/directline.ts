import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Request, RequestHandler, Router } from 'express';
import type { ActivityLog, ProfileStore, ResumableConversations } from '../../domain';
import type { TurnRunner } from '../turns';
import { connectorRouter } from './connector';
import type { ConnectorFiles } from './connector-attachments';
import { Conversations } from './conversations';
import { Entrance } from './entrance';
import { OwnPage } from './own-page';
import { Returns } from './returns';
import { directLineRoutes } from './routes';
import { Shoppers } from './shoppers';
import { StreamHub } from './stream-hub';
import { Tokens } from './tokens';
import type { Uploads } from './uploads';

/** Told what shoppers' pages do beside what they say; none of it is stored. */
export interface ShopperWatcher {
  typing(conversationId: string): void;
  /** The first page of a conversation was opened, or the last one closed. */
  present(conversationId: string, isPresent: boolean): void;
}

/** What `createDirectLine` needs. */
export interface DirectLineOptions {
  readonly activityLog: ActivityLog;
  /** Signs the tokens; at least 32 bytes. Tokens outlive a restart only if the key does. */
  readonly tokenKey: Uint8Array;
  readonly clock: () => Date;
  readonly turns: TurnRunner;
  readonly profiles: Pick<ProfileStore, 'consentedAt'>;
  readonly resumables: ResumableConversations;
  /** The server's public address. */
  readonly publicUrl: string;
  readonly uploads: Uploads;
  readonly files: ConnectorFiles;
  /** The part of the connector's address that only this process knows. */
  readonly connectorKey: string;
  readonly onFault: (error: unknown) => void;
  /** Origins (`https://shop.example`) of other hosts whose pages may use it; `*` is all. */
  readonly allowedOrigins: readonly string[];
  /** The WebSocket origin under which a client reaches the server. */
  readonly socketOrigin: (request: Request) => string;
  readonly conversationLimit: RequestHandler;
  readonly uploadLimit: RequestHandler;
  readonly watcher?: ShopperWatcher | undefined;
  /** Milliseconds between two looks at every socket; 30,000 unless told. */
  readonly heartbeat?: number | undefined;
}

/** A Direct Line service in this process. */
export interface DirectLine {
  /** To be mounted at `/v3/directline`. */
  readonly router: Router;
  /** To be mounted at `/connector`. */
  readonly connector: Router;
  /** Takes an HTTP upgrade; false when it is not for the stream. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends the sockets. */
  close(): void;
}

/** Lets the stock Web Chat talk to the bot with no cloud in between. */
export function createDirectLine(options: DirectLineOptions): DirectLine {
  const { clock, onFault, allowedOrigins, uploads } = options;
  const conversations = new Conversations(options.activityLog, clock);
  const tokens = new Tokens(options.tokenKey, clock);
  const page = new OwnPage(options.publicUrl);
  const { heartbeat, watcher } = options;
  const onPresence = (id: string, isPresent: boolean): void => watcher?.present(id, isPresent);
  const hub = new StreamHub({ conversations, tokens, allowedOrigins, onFault, clock, heartbeat, onPresence });
  const router = directLineRoutes({
    conversations,
    tokens,
    uploads,
    allowedOrigins,
    socketOrigin: options.socketOrigin,
    conversationLimit: options.conversationLimit,
    uploadLimit: options.uploadLimit,
    entrance: new Entrance(conversations, options.turns, clock, onFault),
    shoppers: new Shoppers({ tokens, page, profiles: options.profiles }),
    returns: new Returns({ tokens, page, resumables: options.resumables }),
    onTyping: ({ conversationId }) => watcher?.typing(conversationId),
    onRefreshed: (grant) => hub.extend(grant.conversationId),
  });
  return {
    router,
    connector: connectorRouter(options.connectorKey, conversations, options.files),
    upgrade: (request, socket, head) => hub.upgrade(request, socket, head),
    close: () => hub.close(),
  };
}
