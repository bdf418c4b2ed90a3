import http, { type IncomingMessage, type RequestListener } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';

/** A server on 127.0.0.1 that keeps what it was asked. */
export interface LocalServer {
  readonly port: number;
  /** `127.0.0.1:PORT`, as `allowPrivate` wants it. */
  readonly host: string;
  readonly url: string;
  readonly requests: IncomingMessage[];
  readonly sockets: Set<Socket>;
}

const running: { server: net.Server; sockets: Set<Socket> }[] = [];

export function startServer(listener: RequestListener): Promise<LocalServer> {
  const requests: IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  return listen(server, requests);
}

/** Answers every connection with these pieces, one write each, then ends (or not). */
export function startRawServer(pieces: readonly (string | Buffer)[], options = { end: true }): Promise<LocalServer> {
  const server = net.createServer((socket) => {
    socket.once('data', () => {
      for (const piece of pieces) socket.write(piece);
      if (options.end) socket.end();
    });
  });
  return listen(server, []);
}

export async function stopServers(): Promise<void> {
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

function listen(server: net.Server, requests: IncomingMessage[]): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  running.push({ server, sockets });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, host: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}`, requests, sockets });
    });
  });
}
