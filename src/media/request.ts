import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { VitrineError } from '../domain';
import { guardedLookup, isPublicAddress, type Resolver } from './address';
import type { Target } from './target';

export interface RequestOptions {
  readonly resolve: Resolver;
  /** Time for name, connection and TLS together. */
  readonly connectTimeoutMs: number;
  /** Ends request and response. */
  readonly signal: AbortSignal;
  /** Beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A response whose body has not been read. */
export interface OpenResponse {
  readonly response: IncomingMessage;
  /** What went wrong since the head came; the body may have ended normally nevertheless (bytes after its end). */
  failure(): Error | undefined;
  /** Destroys the socket. Must be called. */
  close(): void;
}

/** Plain: no cookies, no credentials, nothing of the environment. */
const HEADERS = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Vitrine' };
const MAX_HEADER_BYTES = 16_384;

/** Sends one GET to a checked target and waits for the head of the answer. Follows nothing. */
export function openResponse(target: Target, options: RequestOptions): Promise<OpenResponse> {
  const secure = target.url.protocol === 'https:';
  // Agents of this call only: nothing is kept alive, no session is shared, no proxy of the environment is used.
  const agent = secure
    ? new https.Agent({ keepAlive: false, maxCachedSessions: 0 })
    : new http.Agent({ keepAlive: false });
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(target.url, {
      agent,
      headers: { ...HEADERS, ...options.headers },
      lookup: guardedLookup(options.resolve, target.exempt),
      signal: options.signal,
      maxHeaderSize: MAX_HEADER_BYTES,
      insecureHTTPParser: false,
      ...(secure ? { rejectUnauthorized: true } : {}),
    });
    let failure: Error | undefined;
    const slow = setTimeout(() => {
      request.destroy(new VitrineError('DOWNLOAD_TIMEOUT', `${target.host} did not accept a connection in time.`));
    }, options.connectTimeoutMs);
    const close = () => {
      clearTimeout(slow);
      request.destroy();
      agent.destroy();
    };
    request.on('error', (error) => {
      failure ??= error;
      close();
      reject(error);
    });
    request.once('close', () => clearTimeout(slow));
    request.once('socket', (socket: Socket) => {
      socket.once('connect', () => {
        // The lookup has seen to this; a second look costs nothing.
        if (target.exempt || isPublicAddress(socket.remoteAddress ?? '')) return;
        request.destroy(new VitrineError('DOWNLOAD_BLOCKED', `${target.host} is not a public address.`));
      });
      socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(slow));
    });
    request.once('response', (response) => resolve({ response, failure: () => failure, close }));
    request.once('upgrade', (_response, socket) => {
      socket.destroy();
      close();
      reject(new VitrineError('DOWNLOAD_FAILED', `${target.host} changed the protocol.`));
    });
    request.end();
  });
}
