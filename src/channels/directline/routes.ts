import { randomUUID } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { VitrineError } from '../../domain';
import { clientActivity, isRecord } from './activity';
import type { Conversations } from './conversations';
import type { Entrance } from './entrance';
import { jsonBody } from './http';
import { cors } from './origins';
import type { Returns } from './returns';
import type { Shoppers } from './shoppers';
import { type Grant, TOKEN_SECONDS, type Tokens } from './tokens';
import type { Uploads } from './uploads';

const BODY_LIMIT = 64 * 1024;
const POLL_ACTIVITIES = 100;
const LOCALE = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,4}$/;

/** What the endpoints need. */
export interface RoutesOptions {
  readonly conversations: Conversations;
  readonly tokens: Tokens;
  readonly allowedOrigins: readonly string[];
  /** The WebSocket origin (`wss://shop.example`) under which a client reaches the server. */
  readonly socketOrigin: (request: Request) => string;
  readonly entrance: Entrance;
  readonly shoppers: Shoppers;
  readonly returns: Returns;
  readonly uploads: Uploads;
  /** Called when a shopper writes: that is not stored. */
  readonly onTyping: (grant: Grant) => void;
  /** Called when a token was renewed. */
  readonly onRefreshed: (grant: Grant) => void;
  /** Limits how many conversations one address starts. */
  readonly conversationLimit: RequestHandler;
  /** Limits how many files one address sends. */
  readonly uploadLimit: RequestHandler;
}

/** The client side of the local Direct Line, to be mounted at `/v3/directline`. */
export function directLineRoutes(options: RoutesOptions): Router {
  const { conversations, tokens, returns } = options;
  const router = Router();
  router.use(cors(options.allowedOrigins));
  const json = jsonBody(BODY_LIMIT);
  // A raw upload may itself be labelled JSON; its route reads the body.
  router.use((request, response, next) => (request.path.endsWith('/upload') ? next() : json(request, response, next)));

  router.post('/tokens/generate', options.conversationLimit, async (request, response) => {
    // The ids are the server's: a client that chose its user could take another shopper's name.
    const grant = { conversationId: randomUUID(), userId: await options.shoppers.recognise(request, response) };
    returns.drop(request, response);
    response.json(await tokenBody(tokens, grant));
  });

  // No part of Direct Line: Vitrine's page asks for the conversation that its browser had. 204 says that there is none to go
  // on in, and never why.
  router.post('/tokens/return', async (request, response) => {
    const grant = await returns.find(request, response);
    if (grant === undefined) {
      response.status(204).end();
      return;
    }
    const watermark = String(conversations.lastSequence(grant.conversationId));
    response.json({ ...(await tokenBody(tokens, grant)), watermark });
  });

  router.post('/tokens/refresh', async (request, response) => {
    const grant = await tokens.open(bearer(request));
    options.onRefreshed(grant);
    response.json(await tokenBody(tokens, grant));
  });

  // No part of Direct Line: Vitrine's page calls it when it hears that its shopper is remembered, or no longer.
  router.post('/shopper', async (request, response) => {
    const grant = await tokens.open(bearer(request));
    const remembered = await options.shoppers.settle(grant, request, response);
    if (!remembered) await returns.forget(grant.userId, request, response);
    response.json({ remembered });
  });

  router.post('/conversations', async (request, response) => {
    const grant = await tokens.open(bearer(request));
    const created = options.entrance.open(grant, localeOf(request.body), requestIdOf(response));
    if (created) await returns.keep(grant, request, response);
    const body = await conversationBody(options, request, grant, 0);
    response.status(created ? 201 : 200).json(body);
  });

  router.get('/conversations/:id', async (request, response) => {
    const grant = await authorise(options, request);
    const { watermark } = request.query;
    const last = conversations.lastSequence(grant.conversationId);
    const from = watermark === undefined ? last : Math.min(sequenceOf(watermark), last);
    response.json({ ...(await conversationBody(options, request, grant, from)), watermark: String(last) });
  });

  // Unlike a stream, a poll without a watermark starts at the beginning, as the public Direct Line does it.
  router.get('/conversations/:id/activities', async (request, response) => {
    const { conversationId } = await authorise(options, request);
    const from = sequenceOf(request.query.watermark ?? '');
    const page = conversations.after(conversationId, from, POLL_ACTIVITIES);
    response.json({ activities: page.activities, watermark: String(page.sequence) });
  });

  router.post('/conversations/:id/activities', async (request, response) => {
    const grant = await authorise(options, request);
    const activity = clientActivity(request.body);
    if (activity.type === 'typing') {
      options.onTyping(grant);
      response.json({ id: randomUUID() });
      return;
    }
    response.json({ id: options.entrance.take(grant, activity, requestIdOf(response)) });
  });

  const limited = options.uploadLimit as RequestHandler<{ id: string }>;
  router.post('/conversations/:id/upload', limited, async (request, response) => {
    const grant = await authorise(options, request);
    const upload = await options.uploads.receive(request as unknown as Request, grant.conversationId);
    try {
      response.json({ id: options.entrance.take(grant, upload.activity, requestIdOf(response)) });
    } catch (error) {
      await options.uploads.discard(upload);
      throw error;
    }
  });
  return router;
}

async function tokenBody(tokens: Tokens, grant: Grant) {
  return { conversationId: grant.conversationId, token: await tokens.issue(grant), expires_in: TOKEN_SECONDS };
}

async function conversationBody(options: RoutesOptions, request: Request, grant: Grant, sequence: number) {
  const token = await options.tokens.issueStream({ ...grant, sequence });
  const path = `${request.baseUrl}/conversations/${grant.conversationId}/stream`;
  const streamUrl = `${options.socketOrigin(request)}${path}?t=${encodeURIComponent(token)}`;
  return { ...(await tokenBody(options.tokens, grant)), streamUrl };
}

/** Throws UNAUTHORISED without a token. */
function bearer(request: Request): string {
  const match = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
  if (match?.[1] === undefined) throw new VitrineError('UNAUTHORISED', 'The request needs a token.');
  return match[1];
}

/** Throws FORBIDDEN when the token opens another conversation, CONVERSATION_UNKNOWN when it was never started. */
async function authorise(options: RoutesOptions, request: Request<{ id: string }>): Promise<Grant> {
  const grant = await options.tokens.open(bearer(request as unknown as Request));
  const forbidden = new VitrineError('FORBIDDEN', 'The token does not open this conversation.');
  if (grant.conversationId !== request.params.id) throw forbidden;
  if (options.conversations.userOf(grant.conversationId) !== grant.userId) throw forbidden;
  return grant;
}

/** The sequence number of a watermark; empty is the beginning. Throws MESSAGE_INVALID. */
function sequenceOf(watermark: unknown): number {
  if (watermark === '') return 0;
  if (typeof watermark === 'string' && /^\d{1,15}$/.test(watermark)) return Number(watermark);
  throw new VitrineError('MESSAGE_INVALID', 'The watermark is not one that this server gave.');
}

function requestIdOf(response: Response): string {
  return String(response.getHeader('x-request-id') ?? randomUUID());
}

function localeOf(body: unknown): string | undefined {
  const locale = isRecord(body) ? body.locale : undefined;
  return typeof locale === 'string' && LOCALE.test(locale) ? locale : undefined;
}
