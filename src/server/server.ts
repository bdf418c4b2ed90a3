import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { type Bot, createDirectLine, jsonErrors } from '../channels';
import type { ActivityLog, Language, PictureStore } from '../domain';
import { securityHeaders } from './headers';
import { messagesRoute } from './messages';
import { serviceOrigin, socketOrigin } from './origin';
import { pageRoutes } from './page';
import { pictureRoute } from './pictures';
import { requestLog } from './request-log';

/** What `createServer` needs. */
export interface ServerDeps {
  readonly bot: Bot;
  readonly activityLog: ActivityLog;
  readonly pictures: Pick<PictureStore, 'file'>;
  readonly logger: Logger;
  readonly onFault: (error: unknown) => void;
  readonly clock: () => Date;
  /** Signs Direct Line tokens; at least 32 bytes. */
  readonly tokenKey: Uint8Array;
  /** The server's public address, the same that the bot got. */
  readonly publicUrl: string;
  /** Origins of other hosts whose pages may use the local Direct Line; `*` is all. */
  readonly allowedOrigins: readonly string[];
  readonly appId?: string | undefined;
  /** The folder of the built pages: `dist/web`. */
  readonly webFolder: string;
  /** The texts of the shop page in a language. */
  readonly pageStrings: (language: Language) => Readonly<Record<string, string>>;
}

/** The HTTP side of Vitrine. */
export interface VitrineServer {
  readonly app: Express;
  /** Takes WebSocket upgrades of the HTTP server that serves `app`; call it before `listen`. */
  attach(httpServer: Server): void;
  /** Ends the sockets and waits for the turns under way. Close the HTTP server afterwards: their replies pass through it. */
  close(): Promise<void>;
}

/** Wires the routes. Nothing listens until `app` is given to an HTTP server and that server to `attach`. */
export function createServer(deps: ServerDeps): VitrineServer {
  let attached: Server | undefined;
  const directLine = createDirectLine({
    activityLog: deps.activityLog,
    tokenKey: deps.tokenKey,
    clock: deps.clock,
    deliver: (activity) => deps.bot.processLocal(activity),
    onFault: deps.onFault,
    allowedOrigins: [...deps.allowedOrigins, new URL(deps.publicUrl).origin],
    socketOrigin: (request) => socketOrigin(request, deps.publicUrl),
    serviceOrigin: () => serviceOrigin(attached),
  });

  const app = express();
  app.disable('x-powered-by');
  app.use(requestLog(deps.logger), securityHeaders(deps.publicUrl));
  app.get('/healthz', (_request, response) => {
    response.set('cache-control', 'no-store').json({ status: 'ok' });
  });
  app.use('/api/messages', messagesRoute(deps.bot, deps.appId));
  app.use('/v3/directline', directLine.router);
  app.use('/connector', directLine.connector);
  app.use('/pictures', pictureRoute(deps.pictures));
  app.use(pageRoutes(deps));
  app.use((_request, response) => {
    response.status(404).json({ error: { code: 'NOT_FOUND', message: 'There is nothing at this address.' } });
  });
  app.use(jsonErrors(deps.onFault));

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!directLine.upgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  };
  return {
    app,
    attach: (httpServer) => {
      attached = httpServer;
      httpServer.on('upgrade', upgrade);
    },
    close: async () => {
      attached?.off('upgrade', upgrade);
      await directLine.close();
    },
  };
}
