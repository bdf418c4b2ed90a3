import type { RequestHandler } from 'express';
import { hostOf } from '../origin';

/**
 * The headers of everything below `/agent`. The page loads its own files only, its styles are files, too, and nobody shows
 * it in a frame: what it shows was written by strangers.
 */
export const agentHeaders: RequestHandler = (request, response, next) => {
  const host = hostOf(request);
  const sockets = host === undefined ? '' : ` ws://${host} wss://${host}`;
  response.set({
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob:",
      "font-src 'self'",
      "media-src 'self' blob:",
      `connect-src 'self'${sockets}`,
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-robots-tag': 'noindex',
  });
  next();
};
