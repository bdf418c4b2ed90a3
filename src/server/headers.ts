import type { RequestHandler } from 'express';
import { hostOf } from './origin';

/**
 * The headers that narrow what a browser does with a response. Web Chat needs styles made at run time, pictures and
 * workers from blobs, and sockets to its own host; scripts come from this server's files only. Of what a device has, the
 * page may ask for the microphone: voice notes are recorded with it.
 */
export function securityHeaders(publicUrl: string): RequestHandler {
  const files = new URL(publicUrl).origin;
  return (request, response, next) => {
    const host = hostOf(request);
    const sockets = host === undefined ? '' : ` ws://${host} wss://${host}`;
    response.set({
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        `img-src 'self' data: blob: ${files}`,
        "font-src 'self' data:",
        `media-src 'self' blob: ${files}`,
        'worker-src blob:',
        `connect-src 'self' blob:${sockets}`,
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(self)',
      'cross-origin-opener-policy': 'same-origin',
    });
    next();
  };
}
