import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';

const ALLOWED_HEADERS = 'authorization, content-type, x-ms-bot-agent, x-requested-with';

/**
 * May a page of this origin use the local Direct Line? Pages of the same host may, and those of a list (`*` is all).
 * A client that is no browser sends no origin and may.
 */
export function isAllowedOrigin(headers: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (allowed.includes('*') || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

/** Answers preflights, and lets pages of allowed origins read the responses. */
export function cors(allowed: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    response.set('cache-control', 'no-store');
    if (origin !== undefined && isAllowedOrigin(request.headers, allowed)) {
      response.set('access-control-allow-origin', origin);
    }
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.set({
      'access-control-allow-headers': ALLOWED_HEADERS,
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-max-age': '600',
    });
    response.status(204).end();
  };
}
