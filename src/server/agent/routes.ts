import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import { describeError, jsonBody } from '../../channels';
import { type AgentRole, type AuditAction, type AuditEntry, type SessionStore, VitrineError } from '../../domain';
import { type Access, hasRole, type Seat } from './access';
import { checked } from './fields';
import type { AuditTrail } from './trail';
import type { TicketView } from './views';

const BODY_LIMIT = 64 * 1024;
const ID = /^[\w-]{1,64}$/;

/** A request of an agent that may be answered. */
export interface Call<Body> {
  readonly seat: Seat;
  readonly request: Request;
  readonly response: Response;
  /** Checked; undefined where the route takes none. */
  readonly body: Body;
  /** The id of the address; empty where it has none. */
  readonly id: string;
  /** Adds to the audit entry. */
  note(detail: string): void;
}

export interface RouteOptions<Body> {
  readonly action: AuditAction;
  /** The least role that may. */
  readonly role?: AgentRole;
  readonly body?: z.ZodType<Body>;
  /** Asked for all the time: only refusals are written down. */
  readonly isQuiet?: boolean;
}

/** A refusal that shows the ticket as it is now. */
export class TicketRefused extends VitrineError {
  constructor(
    code: 'CONFLICT' | 'FORBIDDEN' | 'MESSAGE_INVALID',
    message: string,
    readonly ticket: TicketView | undefined,
  ) {
    super(code, message);
  }
}

type Method = 'get' | 'post' | 'put' | 'delete';

/** Routes of signed-in agents: each asks who it is, checks what came, answers, and writes down what became of it. */
export class AgentRoutes {
  readonly router = Router();
  private readonly parse = jsonBody(BODY_LIMIT);

  constructor(
    private readonly deps: {
      readonly access: Access;
      readonly trail: AuditTrail;
      readonly sessions: Pick<SessionStore, 'touch'>;
    },
  ) {}

  /**
   * @param answer returns what is answered as JSON, or nothing; or answers by itself. Throws VitrineErrors.
   */
  on<Body = undefined>(
    method: Method,
    path: string,
    options: RouteOptions<Body>,
    answer: (call: Call<Body>) => unknown,
  ): this {
    this.router[method](path, async (request: Request, response: Response) => {
      response.set('cache-control', 'no-store');
      const done = await this.run(method, options, answer, request, response);
      if (response.headersSent) return;
      if (done === undefined) response.status(204).end();
      else response.json(done);
    });
    return this;
  }

  private async run<Body>(
    method: Method,
    { action, role = 'agent', body: schema, isQuiet = false }: RouteOptions<Body>,
    answer: (call: Call<Body>) => unknown,
    request: Request,
    response: Response,
  ): Promise<unknown> {
    const { access, trail, sessions } = this.deps;
    const id = ID.test(String(request.params.id)) ? String(request.params.id) : '';
    const details: string[] = [];
    const entry = (result: AuditEntry['result'], agentId?: string): Omit<AuditEntry, 'sequence' | 'at'> => ({
      action,
      result,
      ...(agentId !== undefined && { agentId }),
      ...(id !== '' && request.path.startsWith('/tickets/') && { ticketId: id }),
      ...(details.length > 0 && { detail: details.join(' ') }),
    });
    const seat = access.seatOf(request.headers);
    if (!seat) {
      details.push(request.ip ?? '');
      trail.addCheap(entry('SIGNED_OUT'));
      throw new VitrineError('SIGNED_OUT', 'Nobody is signed in, or no longer.');
    }
    try {
      if (method !== 'get') {
        access.checkOrigin(request.headers);
        access.checkCsrf(request.headers);
      }
      if (!hasRole(seat.agent, role)) throw new VitrineError('FORBIDDEN', `This needs the role ${role}.`);
      sessions.touch(seat.sessionId);
      const body = schema ? checked(schema, await this.read(request, response)) : (undefined as Body);
      const note = (detail: string): void => void details.push(detail);
      const done = await answer({ seat, request, response, body, id, note });
      if (!isQuiet) trail.add(entry('done', seat.agent.id));
      return done;
    } catch (error) {
      const { status, body } = describeError(error);
      trail.add(entry(body.error.code as AuditEntry['result'], seat.agent.id));
      // What of it was not read would be taken for the next request.
      if (!request.complete) response.set('connection', 'close');
      if (!(error instanceof TicketRefused)) throw error;
      response.status(status);
      return { ...body, ticket: error.ticket };
    }
  }

  private read(request: Request, response: Response): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.parse(request, response, (error: unknown) => (error ? reject(error) : resolve(request.body)));
    });
  }
}
