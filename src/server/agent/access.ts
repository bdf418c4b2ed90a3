import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parse } from 'cookie';
import type { CookieOptions, Request } from 'express';
import {
  type ActingAgent,
  AGENT_ROLES,
  type Agent,
  type AgentRole,
  type AgentStore,
  SESSION_LIFETIME,
  type SessionStore,
  VitrineError,
} from '../../domain';
import { hostOf } from '../origin';

export const SESSION_COOKIE = 'vitrine_agent';
const CSRF_HEADER = 'x-csrf-token';

/** An agent at the console. */
export interface Seat {
  readonly agent: Agent;
  readonly sessionId: string;
  /** What hand-off knows of them. */
  readonly acting: ActingAgent;
}

export interface AccessDeps {
  readonly agents: Pick<AgentStore, 'get'>;
  readonly sessions: SessionStore;
  readonly publicUrl: string;
}

/** Who sits at the console: by the session's cookie, and from the console's own page only. */
export class Access {
  constructor(private readonly deps: AccessDeps) {}

  /** Undefined where the cookie opens no session; a token of a shopper never does. */
  seatOf(headers: IncomingHttpHeaders): Seat | undefined {
    const token = tokenOf(headers);
    return token === undefined ? undefined : this.seat(this.deps.sessions.open(token));
  }

  /** The same of a session that was opened before: it may have ended, and the agent's role have changed. */
  seatOfSession(sessionId: string): Seat | undefined {
    return this.seat(this.deps.sessions.get(sessionId));
  }

  /** Throws FORBIDDEN for what another page sends, or no page. */
  checkOrigin(headers: IncomingHttpHeaders): void {
    const { origin } = headers;
    const known = new URL(this.deps.publicUrl).origin;
    const isOwn = origin !== undefined && URL.canParse(origin) && new URL(origin).host === hostOf({ headers });
    if (origin !== known && !isOwn) throw new VitrineError('FORBIDDEN', 'Only the console’s own page may send this.');
  }

  /** Throws FORBIDDEN where the page does not show that it may read what the session gets. */
  checkCsrf(headers: IncomingHttpHeaders): void {
    const expected = Buffer.from(csrfOf(tokenOf(headers) ?? ''));
    const given = Buffer.from(String(headers[CSRF_HEADER] ?? ''));
    const isSame = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isSame) throw new VitrineError('FORBIDDEN', 'The CSRF token is missing, or is another session’s.');
  }

  cookie(request: Request): CookieOptions {
    const secure = request.secure || new URL(this.deps.publicUrl).protocol === 'https:';
    return { httpOnly: true, sameSite: 'strict', secure, path: '/agent', maxAge: SESSION_LIFETIME };
  }

  private seat(session: ReturnType<SessionStore['get']>): Seat | undefined {
    const agent = session && this.deps.agents.get(session.agentId);
    if (!agent || agent.isDisabled) return undefined;
    const acting = { id: agent.id, supervises: hasRole(agent, 'supervisor') };
    return { agent, sessionId: session.id, acting };
  }
}

/** What a page must send with what changes something: bound to the session's token, and not to be guessed without it. */
export function csrfOf(token: string): string {
  return createHmac('sha256', token).update('csrf').digest('base64url');
}

/** Of a request that has a cookie. */
export function tokenOf({ cookie }: IncomingHttpHeaders): string | undefined {
  return cookie === undefined ? undefined : parse(cookie)[SESSION_COOKIE];
}

/** Is the agent's role at least this one? */
export function hasRole({ role }: Pick<Agent, 'role'>, least: AgentRole): boolean {
  return AGENT_ROLES.indexOf(role) >= AGENT_ROLES.indexOf(least);
}
