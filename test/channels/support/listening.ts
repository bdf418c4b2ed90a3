import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import type { App } from '../../../src/app';
import { serverOf, type WireOptions } from '../../../src/cli/wire-server';

/** The whole server around an app on a free port of this machine; all that is logged or reported goes into `lines`. */
export async function listen(
  app: App,
  lines: string[],
  more: Partial<WireOptions> = {},
): Promise<{ origin: string; stop(): Promise<void> }> {
  const http: Server = createServer();
  // What blocks this process makes no connection look idle.
  http.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server = serverOf(app, {
    publicUrl: origin,
    tokenKey: Buffer.alloc(32, 7),
    logger: pino({ level: 'debug' }, { write: (line: string) => lines.push(line) }),
    onFault: (error) => lines.push(String(error)),
    ...more,
  });
  server.attach(http);
  return {
    origin,
    async stop() {
      await server.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
