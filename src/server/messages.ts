import { Router } from 'express';
import { type Bot, isRecord, jsonBody } from '../channels';
import { VitrineError } from '../domain';
import { isLoopback } from './bindable';

const BODY_LIMIT = 256 * 1024;

/**
 * Where Bot Framework channels post. The body is validated first: the SDK rejects some bodies before it authenticates,
 * and calls the public service for an activity without a `serviceUrl`. Without an app id nobody is authenticated, so
 * replies go to this machine only.
 */
export function messagesRoute(bot: Bot, appId: string | undefined): Router {
  const router = Router();
  router.post('/', jsonBody(BODY_LIMIT), async (request, response) => {
    checkActivity(request.body, appId);
    await bot.process(request, response);
  });
  return router;
}

function checkActivity(body: unknown, appId: string | undefined): void {
  if (!isRecord(body)) throw invalid('The body must be an activity: a JSON object.');
  const { type, serviceUrl, conversation, from } = body;
  if (typeof type !== 'string' || type === '') throw invalid('The activity needs a type, a text.');
  if (typeof serviceUrl !== 'string' || !/^https?:\/\//.test(serviceUrl) || !URL.canParse(serviceUrl)) {
    throw invalid('The activity needs a serviceUrl, an http or https address.');
  }
  if (!isRecord(conversation) || typeof conversation.id !== 'string') {
    throw invalid('The activity needs a conversation with an id.');
  }
  if (from !== undefined && !isRecord(from)) throw invalid('"from" must be an object.');
  if (!appId && !isLoopback(new URL(serviceUrl).hostname)) {
    throw invalid('Without an app id, replies go to this machine only: serviceUrl must be a loopback address.');
  }
}

function invalid(message: string): VitrineError {
  return new VitrineError('MESSAGE_INVALID', message);
}
