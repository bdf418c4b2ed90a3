import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { VitrineError } from '../domain';
import { isLoopback } from './bindable';

const MINUTE = 60_000;

/** Most calls of one address in a while; this machine's own are exempt. Throws TOO_MANY_REQUESTS. */
function limit(calls: number, milliseconds: number, what: string): RequestHandler {
  return rateLimit({
    windowMs: milliseconds,
    limit: calls,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // TRUST_PROXY decides whose word is taken; a header that anybody can send is no fault.
    validate: { xForwardedForHeader: false },
    skip: ({ ip }) => isLoopback(ip ?? ''),
    handler: (_request, _response, next) =>
      next(new VitrineError('TOO_MANY_REQUESTS', `Too many ${what} from this address.`)),
  });
}

/** 60 new conversations in 12 hours. */
export function conversationLimit(): RequestHandler {
  return limit(60, 12 * 60 * MINUTE, 'new conversations');
}

/** 600 events of the shop in a minute: guessing the token by trying is hopeless, too. */
export function eventLimit(): RequestHandler {
  return limit(600, MINUTE, 'events');
}

/** 6,000 activities of an outside hub in a minute. */
export function hubLimit(): RequestHandler {
  return limit(6_000, MINUTE, 'activities');
}

/** 30 files in 30 minutes. */
export function uploadLimit(): RequestHandler {
  return limit(30, 30 * MINUTE, 'files');
}
