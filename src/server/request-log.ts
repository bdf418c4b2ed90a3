import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** Logs every request with its id, never its query, headers or body. The connector's address holds a key: it is cut. */
export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID();
    const started = performance.now();
    const { method } = request;
    const path = (request.originalUrl.split('?')[0] ?? '').replace(/^\/connector\/[^/]+/i, '/connector/…');
    response.set('x-request-id', id);
    response.on('close', () => {
      const milliseconds = Math.round(performance.now() - started);
      const level = response.statusCode >= 500 ? 'error' : path === '/healthz' ? 'debug' : 'info';
      logger[level]({ requestId: id, method, path, status: response.statusCode, milliseconds }, 'request');
    });
    next();
  };
}
