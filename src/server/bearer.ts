import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { VitrineError } from '../domain';

/**
 * Lets in who sends a token as the bearer token; others get UNAUTHORISED that names the setting. Compares digests: neither
 * the length of the token nor how much of it is right shows in the time that it takes.
 *
 * @param token not empty
 */
export function onlyWith(token: string, setting: string): RequestHandler {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${token}`);
  return (request, response, next) => {
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
      next();
      return;
    }
    response.set('www-authenticate', 'Bearer');
    next(new VitrineError('UNAUTHORISED', `Send ${setting} as the bearer token.`));
  };
}
