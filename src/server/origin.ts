import type { Server } from 'node:http';
import type { Request } from 'express';

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i;

/** The host and port that a client named, or undefined when it is malformed. */
export function hostOf(request: Pick<Request, 'headers'>): string | undefined {
  const { host } = request.headers;
  return host !== undefined && HOST.test(host) ? host.toLowerCase() : undefined;
}

/** The WebSocket origin under which a client reaches the server; TLS may end at a proxy before it. */
export function socketOrigin(request: Request, publicUrl: string): string {
  const known = new URL(publicUrl);
  const host = hostOf(request) ?? known.host;
  const forwarded = String(request.headers['x-forwarded-proto'] ?? '')
    .split(',')[0]
    ?.trim();
  const secure = request.secure || forwarded === 'https' || (known.protocol === 'https:' && known.host === host);
  return `${secure ? 'wss' : 'ws'}://${host}`;
}

/** The HTTP origin under which this process reaches its own server. Throws while the server does not listen on a port. */
export function serviceOrigin(server: Server | undefined): string {
  const address = server?.address();
  if (address === null || address === undefined || typeof address === 'string') {
    throw new Error('The HTTP server must be attached, and listen on a port, before a turn runs.');
  }
  const host = address.address === '::' || address.address === '0.0.0.0' ? 'localhost' : address.address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
