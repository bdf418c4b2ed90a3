import type { RequestHandler } from 'express';
import { z } from 'zod';
import { jsonBody } from '../../channels';
import { type AgentDesk, LANGUAGES, type SessionStore, VitrineError } from '../../domain';
import { type Access, csrfOf, SESSION_COOKIE, tokenOf } from './access';
import { checked } from './fields';
import type { AgentRoutes } from './routes';
import { type SignIn, signInError } from './sign-in';
import type { AuditTrail } from './trail';
import { meView } from './views';

const BODY_LIMIT = 4 * 1024;
const LOGIN = z.object({
  name: z.string().min(1).max(64),
  password: z.string().min(1).max(1_024),
  code: z.string().max(16).optional(),
});
const PRESENCE = z.object({ status: z.enum(['available', 'away']) });

export interface AccountDeps {
  readonly access: Access;
  readonly signIn: SignIn;
  readonly sessions: SessionStore;
  readonly trail: AuditTrail;
  readonly desk: Pick<AgentDesk, 'presence'>;
  readonly shopName: string;
  readonly translates: boolean;
  /** Called when a session has ended. */
  readonly onEnded: () => void;
}

/** Signing in: the one route that asks for nobody who is signed in. */
export function loginRoute({ access, signIn, sessions, trail }: AccountDeps): RequestHandler[] {
  return [
    (request, response, next) => {
      response.set('cache-control', 'no-store');
      try {
        access.checkOrigin(request.headers);
      } catch (error) {
        trail.addCheap({ action: 'login', result: 'FORBIDDEN', detail: request.ip ?? '' });
        throw error;
      }
      next();
    },
    jsonBody(BODY_LIMIT),
    async (request, response) => {
      const address = request.ip ?? '';
      const result = await signIn.signIn(checked(LOGIN, request.body), address);
      const who = { action: 'login', detail: address, ...(result.agent && { agentId: result.agent.id }) } as const;
      if (result.kind === 'signedIn') {
        trail.add({ ...who, result: 'done' });
        const before = access.seatOf(request.headers);
        if (before) sessions.end(before.sessionId);
        response.cookie(SESSION_COOKIE, result.token, access.cookie(request));
        response.json({ agent: meView(result.agent), csrf: csrfOf(result.token) });
        return;
      }
      const error = signInError(result.kind);
      if (result.kind === 'tooMany') response.set('retry-after', String(result.seconds));
      const isCheap = result.kind === 'tooMany' || result.agent === undefined;
      trail[isCheap ? 'addCheap' : 'add']({ ...who, result: error.code });
      throw error;
    },
  ];
}

/** Who is signed in, and their status. */
export function accountRoutes(routes: AgentRoutes, deps: AccountDeps): void {
  const { access, sessions, desk, onEnded } = deps;
  routes
    .on('post', '/logout', { action: 'logout' }, ({ seat, request, response }) => {
      sessions.end(seat.sessionId);
      const { maxAge: _, ...cookie } = access.cookie(request);
      response.clearCookie(SESSION_COOKIE, cookie);
      onEnded();
    })
    .on('get', '/me', { action: 'request', isQuiet: true }, ({ seat, request }) => {
      const token = tokenOf(request.headers);
      if (token === undefined) throw new VitrineError('SIGNED_OUT', 'Nobody is signed in.');
      return {
        agent: meView(seat.agent),
        csrf: csrfOf(token),
        settings: {
          languages: LANGUAGES,
          soundDefault: true,
          translation: deps.translates,
          shopName: deps.shopName,
        },
      };
    })
    .on('put', '/presence', { action: 'presence', body: PRESENCE }, ({ seat, body, note }) => {
      note(body.status);
      desk.presence(seat.agent.id, body.status);
    });
}
