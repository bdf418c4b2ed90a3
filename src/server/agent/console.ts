import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Router } from 'express';
import { LOCAL } from '../../channels';
import {
  type AgentDesk,
  type AgentStore,
  type AttachmentScreener,
  type AttachmentStore,
  type AuditLog,
  type CannedReplyStore,
  type MessageTranslator,
  type ProductFinder,
  type SessionStore,
  type ShopperLine,
  type TicketStatistics,
  type TicketStore,
  type TranscriptStore,
  VitrineError,
} from '../../domain';
import { Access } from './access';
import { accountRoutes, loginRoute } from './account';
import { agentHeaders } from './headers';
import { messageRoutes } from './message-routes';
import { Passwords } from './passwords';
import { productRoutes } from './product-routes';
import { Reach } from './reach';
import { AgentRoutes } from './routes';
import { SignIn } from './sign-in';
import { SocketHub } from './socket-hub';
import { supervisorRoutes } from './supervisor-routes';
import { ticketRoutes } from './ticket-routes';
import { AuditTrail } from './trail';
import { Views } from './views';

/** How long the audit log is kept, in milliseconds. */
const AUDIT_AGE = 365 * 24 * 3600 * 1000;

/** What the agent console stands on. */
export interface ConsoleParts {
  readonly desk: AgentDesk;
  readonly tickets: TicketStore;
  readonly transcripts: TranscriptStore;
  readonly statistics: TicketStatistics;
  readonly agents: AgentStore;
  readonly sessions: SessionStore;
  readonly audit: AuditLog;
  readonly canned: CannedReplyStore;
  readonly finder: ProductFinder;
  /** Missing where no model is configured. */
  readonly translator?: MessageTranslator | undefined;
  /** Milliseconds that a message waits for its translation; a few seconds unless told. */
  readonly translatedWithin?: number | undefined;
  /** Undefined until there is a way to shoppers. */
  readonly line: { readonly current: Pick<ShopperLine, 'typing'> | undefined };
  readonly shopName: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds between two looks at every socket; 30,000 unless told. */
  readonly heartbeat?: number | undefined;
}

export interface ConsoleDeps extends ConsoleParts {
  readonly attachments: AttachmentStore;
  readonly screener: AttachmentScreener;
  readonly publicUrl: string;
  readonly onFault: (error: unknown) => void;
}

/** The server's side of the agent console. */
export interface AgentConsole {
  /** To be mounted at `/agent`; what it does not know is the page's. */
  readonly router: Router;
  /** Takes an HTTP upgrade; false when it is for somebody else. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** What shoppers' pages do, by local conversation. */
  readonly shopper: {
    typing(conversationId: string): void;
    present(conversationId: string, isPresent: boolean): void;
  };
  /** Forgets sessions that are over, and the oldest of the audit log. */
  sweep(): void;
  /** Ends the sockets. */
  close(): void;
}

/** Wires the console's API and socket. */
export function createConsole(deps: ConsoleDeps): AgentConsole {
  const { agents, sessions, desk, tickets, audit, translator, clock } = deps;
  const present = new Set<string>();
  const access = new Access(deps);
  const trail = new AuditTrail(audit, clock);
  const views = new Views({ agents, desk, clock, isPresent: (conversationId) => present.has(conversationId) });
  const reach = new Reach({ desk, tickets, views });
  const hub = new SocketHub({ ...deps, access, trail, views, reach });
  const signIn = new SignIn({ agents, sessions, passwords: new Passwords(), clock });
  const account = {
    ...deps,
    access,
    signIn,
    trail,
    translates: translator !== undefined,
    onEnded: () => hub.sessionEnded(),
  };
  const routes = new AgentRoutes({ access, trail, sessions });
  accountRoutes(routes, account);
  ticketRoutes(routes, { ...deps, reach, views });
  messageRoutes(routes, { ...deps, reach, views });
  productRoutes(routes, deps);
  supervisorRoutes(routes, { ...deps, views });

  const router = Router();
  router.use(agentHeaders);
  router.post('/api/login', ...loginRoute(account));
  router.use('/api', routes.router, () => {
    throw new VitrineError('NOT_FOUND', 'There is nothing at this address.');
  });
  return {
    router,
    upgrade: (request, socket, head) => hub.upgrade(request, socket, head),
    shopper: {
      typing: (conversationId) => hub.shopperTypes(LOCAL + conversationId),
      present: (conversationId, isPresent) => {
        const key = LOCAL + conversationId;
        if (isPresent) present.add(key);
        else present.delete(key);
        hub.shopperCame(key, isPresent);
      },
    },
    sweep: () => {
      sessions.prune();
      audit.prune(clock() - AUDIT_AGE);
    },
    close: () => hub.close(),
  };
}
