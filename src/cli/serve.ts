import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Command } from 'commander';
import pino from 'pino';
import type { App } from '../app';
import type { Config } from '../config';
import { VitrineError } from '../domain';
import { readManifest } from '../retrieval';
import { assertBindable } from '../server';
import { takeLock } from '../storage';
import { configOf, withApp } from './context';
import { makeDemo } from './demo';
import { syncIndex } from './sync-index';
import { serverOf } from './wire-server';

export function registerServe(program: Command): void {
  const command = program
    .command('serve')
    .description('serve the shop page and the bot; an empty catalogue is filled with the demo first')
    .option('--port <number>', 'port to listen on (PORT)')
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--no-demo', 'leave an empty catalogue empty')
    .action(async (options: { port?: string; host?: string; demo: boolean }) => {
      const config = configOf(command, {
        ...(options.port !== undefined && { PORT: options.port }),
        ...(options.host !== undefined && { HOST: options.host }),
      });
      assertBindable(config.HOST, config.MICROSOFT_APP_ID || undefined);
      await withApp(config, (app, signal) => serve(app, options.demo, signal));
    });
}

async function serve(app: App, demo: boolean, signal: AbortSignal): Promise<void> {
  const { config } = app;
  const lock = takeLock(config.DATA_DIR, 'serve');
  try {
    await prepareCatalogue(app, demo, signal);
    const http = createHttpServer();
    await new Promise<void>((resolve, reject) => {
      http.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, config)));
      http.listen(config.PORT, config.HOST, resolve);
    });
    try {
      await answer(app, http, signal);
    } finally {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    }
  } finally {
    lock.release();
  }
}

/** Answers requests until the signal aborts; turns under way are waited for. */
async function answer(app: App, http: Server, signal: AbortSignal): Promise<void> {
  const { config } = app;
  const logger = pino({ level: config.LOG_LEVEL }, pino.destination({ dest: 2, sync: false }));
  const onFault = (error: unknown) => logger.error(faultOf(error), 'fault');
  const { port } = http.address() as AddressInfo;
  const publicUrl = config.PUBLIC_URL || `http://localhost:${port}`;
  const server = serverOf(app, { publicUrl, tokenKey: tokenKey(config.DATA_DIR), logger, onFault });
  server.attach(http);
  // Loaded before the first shopper comes; where it can't be, searching goes on by words.
  app.encoder?.encode([], {}).catch(onFault);
  app.knowledge.warm().catch(onFault);
  process.stdout.write(
    `Vitrine serves ${publicUrl}${config.MICROSOFT_APP_ID ? '' : ' (loopback only: MICROSOFT_APP_ID is not set)'}\n`,
  );
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.close();
}

/** The demo where there is nothing yet; otherwise whatever a killed import left out of the index. */
async function prepareCatalogue(app: App, demo: boolean, signal: AbortSignal): Promise<void> {
  const manifest = readManifest(app.indexFolder);
  const complete = manifest !== undefined && manifest.revision >= app.products.revision();
  const outdated = app.indexer.isOutdated();
  if (complete && !outdated) return;
  let lock: ReturnType<typeof takeLock>;
  try {
    lock = takeLock(app.config.DATA_DIR, 'write');
  } catch (error) {
    // An import by another process is under way; it brings the index up to date itself.
    if (manifest && error instanceof VitrineError && error.code === 'DATA_DIR_LOCKED') return;
    throw error;
  }
  try {
    const demoBegun = existsSync(join(app.config.DATA_DIR, 'demo'));
    if (!manifest && demo && (app.products.count() === 0 || demoBegun)) {
      process.stderr.write('The catalogue is empty: making the demo catalogue (once).\n');
      await makeDemo(app, { pictures: true }, signal);
      return;
    }
    if (outdated) process.stderr.write('The index was made with other rules or models: building it anew.\n');
    await syncIndex(app, signal);
  } finally {
    lock.release();
  }
}

/** Signs chat tokens; kept, so that conversations go on after a restart. */
function tokenKey(dataDir: string): Uint8Array {
  const file = join(dataDir, 'token.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  const key = readFileSync(file);
  if (key.length < 32)
    throw new VitrineError('CONFIG_INVALID', 'token.key in the data directory is damaged: delete it');
  return key;
}

function listenError(error: NodeJS.ErrnoException, config: Config): Error {
  const address = `${config.HOST}:${config.PORT}`;
  if (error.code === 'EADDRINUSE')
    return new VitrineError('CONFIG_INVALID', `PORT: ${address} is in use by another program`);
  if (error.code === 'EACCES')
    return new VitrineError('CONFIG_INVALID', `PORT: this user may not listen on ${address}`);
  return new VitrineError('CONFIG_INVALID', `HOST: can't listen on ${address} (${error.code})`);
}

/** What of a fault is logged: never a message of a library, which may quote a shopper. */
function faultOf(error: unknown): Record<string, unknown> {
  if (error instanceof VitrineError) return { code: error.code, message: error.message };
  if (error instanceof Error)
    return {
      name: error.name,
      at: error.stack
        ?.split('\n')
        .slice(1, 6)
        .map((line) => line.trim()),
    };
  return { name: typeof error };
}
