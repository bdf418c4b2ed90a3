import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { type ChannelsOptions, createChannels, HubOutboxLine, jsonErrors } from '../channels';
import {
  type HubLine,
  type Outbox,
  type OutsideHub,
  type PictureStore,
  type ProfileStore,
  type Retention,
  type ShopperLine,
  type TicketStatistics,
  VitrineError,
} from '../domain';
import { type ConsoleParts, createConsole } from './agent/console';
import { attachmentRoute } from './attachments';
import { eventsRoute } from './events';
import { securityHeaders } from './headers';
import { healthRoutes, type ReadinessCheck } from './health';
import { hubRoute } from './hub';
import { conversationLimit, uploadLimit } from './limits';
import { messagesRoute } from './messages';
import type { Metrics } from './metrics';
import { serviceOrigin, socketOrigin } from './origin';
import { type PageDeps, pageRoutes } from './page';
import { pictureRoute } from './pictures';
import { requestLog } from './request-log';

/** Milliseconds that turns under way have when the server stops. */
const DRAIN = 25_000;
/** Milliseconds between two looks at what is kept too long. */
const SWEEP_INTERVAL = 600_000;

type FromServer = 'watcher' | 'socketOrigin' | 'serviceOrigin' | 'conversationLimit' | 'uploadLimit' | 'onTurn';

/** What `createServer` needs. */
export interface ServerDeps extends Omit<ChannelsOptions, FromServer>, PageDeps {
  readonly pictures: Pick<PictureStore, 'file'>;
  readonly profiles: Pick<ProfileStore, 'record' | 'consentedAt'>;
  readonly retention: Retention;
  readonly isProduct: (productId: string) => boolean;
  /** Bearer token with which the shop reports events; empty means that there is no such route. */
  readonly eventsToken: string;
  /** The agent console's; without them there is none. */
  readonly console?: ConsoleParts | undefined;
  /** An outside hub's, in the console's place. */
  readonly hub?: HubParts | undefined;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly metricsToken: string;
  readonly statistics: Pick<TicketStatistics, 'satisfaction' | 'satisfactionWithBot'>;
  readonly checks: readonly ReadinessCheck[];
  /** Reverse proxies whose word on the client is taken. */
  readonly trustProxy: number;
  /** Hand-off: it is given the way to shoppers, and its clocks run while the server does. */
  readonly people?: PeopleService;
}

/** Hand-off, as far as a server runs it. */
export interface PeopleService {
  connect(line: ShopperLine): void;
  start(): void;
  stop(): void;
}

/** An outside hub, and what is told to it. */
export interface HubParts {
  readonly side: OutsideHub;
  /** What it was not told yet; durable. */
  readonly outbox: Outbox;
  /** Where it takes activities. */
  readonly url: string;
  /** Bearer token, in both directions; not empty. */
  readonly secret: string;
  readonly shopName: string;
  /** What the merchant wants it to be told with each hand-over. */
  readonly context: Readonly<Record<string, unknown>>;
  connect(line: HubLine): void;
  /** Milliseconds before each further attempt to hand over; a few seconds in all unless told. */
  readonly pauses?: readonly number[] | undefined;
}

/** The HTTP side of Vitrine. */
export interface VitrineServer {
  readonly app: Express;
  /** Takes up what an earlier process left, then serves the HTTP server's requests and sockets; it listens already. */
  attach(httpServer: Server): void;
  /**
   * Takes no messages any more, waits for the turns under way and ends the sockets. Close the HTTP server afterwards: the
   * replies pass through it.
   */
  close(): Promise<void>;
}

/** Wires the routes. Nothing is served until `attach`. */
export function createServer(deps: ServerDeps): VitrineServer {
  const { metrics, logger } = deps;
  let attached: Server | undefined;
  let sweeper: NodeJS.Timeout | undefined;
  let stopping = false;
  const onFault = (error: unknown): void => {
    metrics.fault(error);
    deps.onFault(error);
  };
  const agents = deps.console && createConsole({ ...deps, ...deps.console, onFault });
  const channels = createChannels({
    ...deps,
    onFault,
    watcher: agents?.shopper,
    allowedOrigins: [...deps.allowedOrigins, new URL(deps.publicUrl).origin],
    socketOrigin: (request) => socketOrigin(request, deps.publicUrl),
    serviceOrigin: () => serviceOrigin(attached),
    conversationLimit: conversationLimit(),
    uploadLimit: uploadLimit(),
    onTurn: (report) => {
      metrics.turn(report);
      logger.info({ ...report, milliseconds: Math.round(report.milliseconds) }, 'turn');
    },
  });
  metrics.gauge('vitrine_queue_depth', 'Messages that wait or run', () => channels.turns.depth);
  deps.people?.connect(channels.line);
  const hub = deps.hub && createHub(deps.hub);
  metrics.scores('vitrine_satisfaction_ratings', 'Ratings of the last 30 days, by who served and score', () => {
    const since = deps.clock().getTime() - 30 * 24 * 3600 * 1000;
    return {
      person: deps.statistics.satisfaction(since),
      bot: deps.statistics.satisfactionWithBot(since),
    };
  });
  metrics.gauge('vitrine_outbox_depth', 'Answers that channels did not take yet', () => deps.outbox.count());
  const accepting: ReadinessCheck = {
    name: 'queue',
    check: () => {
      if (stopping) throw new VitrineError('NOT_READY', 'the server stops');
      if (channels.turns.isFull) throw new VitrineError('BUSY', 'too many messages are waiting');
    },
  };

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustProxy);
  app.use(requestLog(logger), securityHeaders(deps.publicUrl));
  app.use(healthRoutes({ checks: [accepting, ...deps.checks], metrics, metricsToken: deps.metricsToken }));
  app.use('/api/messages', messagesRoute(channels, deps.credentials.appId));
  app.use('/v3/directline', channels.directLine);
  app.use('/v3/attachments', attachmentRoute(deps.attachments));
  if (deps.eventsToken !== '') app.use('/events', eventsRoute({ ...deps, token: deps.eventsToken }));
  app.use('/connector', channels.connector);
  app.use('/pictures', pictureRoute(deps.pictures));
  app.use('/agent', agents?.router ?? nothing);
  if (deps.hub) app.use('/hub', hubRoute({ ...deps.hub, line: channels.line }));
  app.use(pageRoutes(deps));
  app.use(nothing);
  app.use(jsonErrors(onFault));

  function createHub(parts: HubParts): HubOutboxLine {
    const publicUrl = deps.publicUrl.replace(/\/+$/, '');
    const created = new HubOutboxLine({
      ...parts,
      publicUrl,
      serviceUrl: `${publicUrl}/hub`,
      clock: deps.clock,
      onFault,
    });
    parts.connect(created);
    metrics.gauge('vitrine_hub_outbox_depth', 'What an outside hub was not told yet', () => parts.outbox.count());
    return created;
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const isTaken = channels.upgrade(request, socket, head) || agents?.upgrade(request, socket, head);
    if (!isTaken) socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  };
  const sweep = (): void => {
    deps.retention.prune().catch(onFault);
    try {
      agents?.sweep();
    } catch (error) {
      onFault(error);
    }
  };
  return {
    app,
    attach: (httpServer) => {
      attached = httpServer;
      httpServer.on('request', app);
      httpServer.on('upgrade', upgrade);
      channels.turns.start();
      hub?.start();
      deps.people?.start();
      sweep();
      sweeper = setInterval(sweep, SWEEP_INTERVAL);
      sweeper.unref();
    },
    close: async () => {
      stopping = true;
      clearInterval(sweeper);
      deps.people?.stop();
      await channels.turns.stop(DRAIN);
      await hub?.stop();
      attached?.off('upgrade', upgrade);
      agents?.close();
      channels.close();
    },
  };
}

function nothing(): never {
  throw new VitrineError('NOT_FOUND', 'There is nothing at this address.');
}
