import { Router } from 'express';
import { type Channels, isRecord, jsonBody } from '../channels';
import { VitrineError } from '../domain';
import { isLoopback } from './bindable';

const BODY_LIMIT = 256 * 1024;

/**
 * Where Bot Framework channels post. The body is validated first: the SDK rejects some bodies before it authenticates,
 * and calls the public service for an activity without a `serviceUrl`. Without an app id nobody is authenticated, so
 * replies go to this machine only.
 */
export function messagesRoute(channels: Pick<Channels, 'receive'>, appId: string | undefined): Router {
  const router = Router();
  router.post('/', jsonBody(BODY_LIMIT), async (request, response) => {
    checkActivity(request.body, appId);
    await channels.receive(request, response);
  });
  return router;
}

function checkActivity(body: unknown, appId: string | undefined): void {
  if (!isRecord(body)) throw invalid('The body must be an activity: a JSON object.');
  const { type, serviceUrl, conversation } = body;
  if (typeof type !== 'string' || type === '') throw invalid('The activity needs a type, a text.');
  if (typeof serviceUrl !== 'string' || !/^https?:\/\//.test(serviceUrl) || !URL.canParse(serviceUrl)) {
    throw invalid('The activity needs a serviceUrl, an http or https address.');
  }
  if (!isRecord(conversation) || typeof conversation.id !== 'string') {
    throw invalid('The activity needs a conversation with an id.');
  }
  for (const field of ['from', 'recipient']) {
    if (body[field] !== undefined && !isRecord(body[field])) throw invalid(`"${field}" must be an object.`);
  }
  for (const field of ['id', 'channelId', 'text', 'locale']) {
    if (body[field] !== undefined && body[field] !== null && typeof body[field] !== 'string') {
      throw invalid(`"${field}" must be a text.`);
    }
  }
  for (const field of ['attachments', 'membersAdded']) {
    const list = body[field];
    if (list !== undefined && list !== null && !(Array.isArray(list) && list.every(isRecord))) {
      throw invalid(`"${field}" must be a list of objects.`);
    }
  }
  if (!appId && !isLoopback(new URL(serviceUrl).hostname)) {
    throw invalid('Without an app id, replies go to this machine only: serviceUrl must be a loopback address.');
  }
}

function invalid(message: string): VitrineError {
  return new VitrineError('MESSAGE_INVALID', message);
}
