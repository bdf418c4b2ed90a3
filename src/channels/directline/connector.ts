import { randomUUID, timingSafeEqual } from 'node:crypto';
import { type Request, type RequestHandler, Router } from 'express';
import { VitrineError } from '../../domain';
import { botActivity, isRecord, type WireActivity } from './activity';
import { type ConnectorFiles, connectorAttachments } from './connector-attachments';
import type { Conversations, Sender } from './conversations';
import { jsonBody } from './http';

const BODY_LIMIT = 512 * 1024;

/** The bot in local conversations. */
export const BOT: Sender = { id: 'vitrine', name: 'Vitrine', role: 'bot' };

/** Where the bot's outbox names a message, in `channelData`: sent again, it is shown once. */
export const DELIVERY_KEY = 'vitrine:delivery';

interface Params {
  readonly conversationId: string;
}

/**
 * The connector of the local Direct Line: where the SDK sends the bot's activities. The SDK sends no Authorization to
 * it, so its address holds a key that only this process knows; every other address answers 404.
 */
export function connectorRouter(key: string, conversations: Conversations, files: ConnectorFiles): Router {
  const router = Router();
  router.use('/:key', guard(key));
  router.use('/:key/v3', connectorAttachments(files));
  router.use(jsonBody(BODY_LIMIT));
  router.post('/:key/v3/conversations', (request, response) => {
    const { members, activity } = isRecord(request.body) ? request.body : {};
    const [member] = Array.isArray(members) ? (members as unknown[]) : [];
    if (!isRecord(member) || typeof member.id !== 'string') {
      throw new VitrineError('MESSAGE_INVALID', 'The conversation needs a member with an id.');
    }
    const id = randomUUID();
    conversations.open(id, member.id);
    const activityId = activity === undefined ? undefined : show(conversations, id, activity);
    response.status(201).json({ id, activityId });
  });
  const activities = '/:key/v3/conversations/:conversationId/activities';
  const send: RequestHandler<Params> = (request, response) => {
    const { conversationId } = request.params;
    conversations.userOf(conversationId);
    response.json({ id: show(conversations, conversationId, request.body) });
  };
  router.post(activities, send);
  router.post(`${activities}/history`, (request: Request<Params>, response) => {
    const { conversationId } = request.params;
    conversations.userOf(conversationId);
    const { activities: transcript } = isRecord(request.body) ? request.body : {};
    if (!Array.isArray(transcript)) throw new VitrineError('MESSAGE_INVALID', '"activities" must be a list.');
    const ids = transcript.map((activity: unknown) => show(conversations, conversationId, activity));
    response.json({ id: ids.at(-1) ?? randomUUID() });
  });
  router.post(`${activities}/:activityId`, send);
  router.put(`${activities}/:activityId`, (request: Request<Params & { activityId: string }>, response) => {
    const { conversationId, activityId } = request.params;
    const activity = botActivity(request.body);
    const known = activity !== undefined && conversations.replace(conversationId, BOT, activity, activityId);
    if (!known) throw new VitrineError('NOT_FOUND', 'There is no such activity of the bot.');
    response.json({ id: activityId });
  });
  router.delete(`${activities}/:activityId`, (request: Request<Params & { activityId: string }>, response) => {
    conversations.remove(request.params.conversationId, BOT, request.params.activityId);
    response.status(200).end();
  });
  const members = (request: Request<Params>): Sender[] => [
    { id: conversations.userOf(request.params.conversationId), role: 'user' },
    BOT,
  ];
  const conversation = '/:key/v3/conversations/:conversationId';
  router.get(`${conversation}/members`, (request, response) => {
    response.json(members(request));
  });
  router.get(`${conversation}/activities/:activityId/members`, (request, response) => {
    response.json(members(request));
  });
  router.get(`${conversation}/pagedmembers`, (request, response) => {
    response.json({ members: members(request) });
  });
  router.get(`${conversation}/members/:memberId`, (request, response) => {
    const member = members(request).find(({ id }) => id === request.params.memberId);
    if (member === undefined) throw new VitrineError('CONVERSATION_UNKNOWN', 'There is no such member.');
    response.json(member);
  });
  return router;
}

function show(conversations: Conversations, conversationId: string, body: unknown): string {
  const activity = botActivity(body);
  if (activity === undefined) return randomUUID();
  const sender = senderOf(body);
  if (activity.type === 'typing') return conversations.pass(conversationId, sender, activity);
  const { delivery, rest } = withoutDelivery(activity);
  return conversations.append(conversationId, sender, rest, delivery).id;
}

/** The bot, under the name of the agent for whom it speaks where there is one. */
function senderOf(body: unknown): Sender {
  const from = isRecord(body) && isRecord(body.from) ? body.from : {};
  return typeof from.name === 'string' && from.name !== '' ? { ...BOT, name: from.name } : BOT;
}

function withoutDelivery(activity: WireActivity): { delivery: string | undefined; rest: WireActivity } {
  const { channelData, ...others } = activity;
  if (!isRecord(channelData)) return { delivery: undefined, rest: activity };
  const { [DELIVERY_KEY]: delivery, ...kept } = channelData;
  const rest = Object.keys(kept).length > 0 ? { ...others, channelData: kept } : others;
  return { delivery: typeof delivery === 'string' ? delivery : undefined, rest };
}

function guard(key: string): RequestHandler<{ key: string }> {
  const expected = Buffer.from(key);
  return (request, _response, next) => {
    const given = Buffer.from(request.params.key);
    const same = given.length === expected.length && timingSafeEqual(given, expected);
    // `router` ends the router: the request goes on as one that nobody knows.
    next(same ? undefined : 'router');
  };
}
