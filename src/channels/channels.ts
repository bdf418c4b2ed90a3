import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Activity } from 'botbuilder';
import type { Request, RequestHandler, Response, Router } from 'express';
import type {
  ActivityLog,
  AnswerReferences,
  AttachmentScreener,
  AttachmentStore,
  Inbox,
  Outbox,
  OutboxMessage,
  ProfileStore,
  ResumableConversations,
  ShopperLine,
  Transactions,
} from '../domain';
import { type Credentials, ShopAdapter } from './adapter';
import type { TurnHandler } from './assistant-port';
import { TURN_DEADLINE } from './deadline';
import { createDirectLine, type ShopperWatcher } from './directline';
import { isRecord, LOCAL } from './directline/activity';
import { DELIVERY_KEY } from './directline/connector';
import { Uploads } from './directline/uploads';
import { incomingMessage } from './incoming';
import { OutboxLine } from './line';
import { receiveActivity } from './receive';
import { runTurn, type TurnReport, TurnRunner } from './turns';

/** What `createChannels` needs. */
export interface ChannelsOptions {
  readonly assistant: TurnHandler;
  readonly credentials: Credentials;
  readonly activityLog: ActivityLog;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly references: AnswerReferences;
  readonly transactions: Transactions;
  readonly attachments: AttachmentStore;
  readonly profiles: Pick<ProfileStore, 'consentedAt'>;
  readonly resumables: ResumableConversations;
  readonly screener: AttachmentScreener;
  /** Signs Direct Line tokens; at least 32 bytes. */
  readonly tokenKey: Uint8Array;
  /** The server's public address, for the pictures of cards. */
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
  /** The WebSocket origin under which a client reaches the server. */
  readonly socketOrigin: (request: Request) => string;
  /** The HTTP origin under which this very process reaches itself. */
  readonly serviceOrigin: () => string;
  readonly conversationLimit: RequestHandler;
  readonly uploadLimit: RequestHandler;
  /** Most messages that wait or run. */
  readonly queueLimit: number;
  /** Most turns that run at once. */
  readonly concurrency: number;
  /** Milliseconds of a turn without voice notes; 15,000 unless told. See `deadlineFor`. */
  readonly deadline?: number | undefined;
  readonly clock: () => Date;
  /** Told of what pages of local conversations do. */
  readonly watcher?: ShopperWatcher | undefined;
  /** Milliseconds between two looks at every socket; 30,000 unless told. */
  readonly heartbeat?: number | undefined;
  readonly onFault: (error: unknown) => void;
  readonly onTurn: (report: TurnReport) => void;
}

/** Everything through which shoppers talk. */
export interface Channels {
  /** Answers a request of a Bot Framework channel to `/api/messages`; the body is parsed and validated by the caller. */
  receive(request: Request, response: Response): Promise<void>;
  /** To be mounted at `/v3/directline`. */
  readonly directLine: Router;
  /** To be mounted at `/connector`. */
  readonly connector: Router;
  readonly turns: TurnRunner;
  /** The way to shoppers outside of their turns. */
  readonly line: ShopperLine;
  /** Takes an HTTP upgrade; false when it is for somebody else. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends the sockets. Stop `turns` before. */
  close(): void;
}

/** Wires the Bot Framework adapter, the local Direct Line, and the inbox and outbox between them and the assistant. */
export function createChannels(options: ChannelsOptions): Channels {
  const { publicUrl, deadline = TURN_DEADLINE } = options;
  const address = publicUrl.replace(/\/+$/, '');
  const connectorKey = randomBytes(32).toString('base64url');
  const cloud = ShopAdapter.forChannels(options.credentials);
  const local = ShopAdapter.forLocal();
  /** Local conversations are answered through this process's own connector, whose address changes with every start. */
  const route = (conversation: string, answered: object): { adapter: ShopAdapter; answered: Activity } =>
    conversation.startsWith(LOCAL)
      ? {
          adapter: local,
          answered: { ...answered, serviceUrl: `${options.serviceOrigin()}/connector/${connectorKey}` } as Activity,
        }
      : { adapter: cloud, answered: answered as Activity };
  const send = async ({ id, conversation, activity, answers }: OutboxMessage): Promise<void> => {
    const { adapter, answered } = route(conversation, answers);
    const named = conversation.startsWith(LOCAL) ? withDelivery(activity, id) : activity;
    await adapter.answer(answered, named);
  };
  const typing = async (conversation: string, activity: object): Promise<void> => {
    const { adapter, answered } = route(conversation, activity);
    await adapter.typing(answered);
  };
  const turn = {
    ...options,
    deadline,
    publicUrl: address,
    typing: ({ conversation, activity }: { conversation: string; activity: object }) => typing(conversation, activity),
  };
  const turns = new TurnRunner({
    ...options,
    send,
    run: (message, signal, apologise) => runTurn(turn, message, signal, apologise),
    // Voice notes wait in line for the recogniser, and must not hold up those who write.
    isSlow: ({ activity, conversation }) =>
      incomingMessage(activity as unknown as Activity, conversation)?.voices !== undefined,
  });
  const directLine = createDirectLine({
    ...options,
    turns,
    connectorKey,
    files: { store: options.attachments, screener: options.screener },
    uploads: new Uploads({ store: options.attachments, screener: options.screener, publicUrl: address }),
  });
  const receiving = { ...options, adapter: cloud, turns, publicUrl: address, deadline };
  const { outbox, references } = options;
  const wake = (conversation: string): void => turns.delivery.wake(conversation);
  return {
    receive: (request, response) => receiveActivity(receiving, request, response),
    directLine: directLine.router,
    connector: directLine.connector,
    turns,
    line: new OutboxLine({ outbox, references, publicUrl: address, wake, typing }),
    upgrade: (request, socket, head) => directLine.upgrade(request, socket, head),
    close: () => directLine.close(),
  };
}

/** The activity with its name in the outbox beside what its channel data hold already. */
function withDelivery(activity: OutboxMessage['activity'], id: string): OutboxMessage['activity'] {
  const data = isRecord(activity.channelData) ? activity.channelData : {};
  return { ...activity, channelData: { ...data, [DELIVERY_KEY]: id } };
}
