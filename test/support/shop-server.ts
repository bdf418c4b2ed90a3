import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');

/** A running shop over the test run's demo catalogue. */
export interface ShopServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** Serves the demo catalogue as `vitrine serve` does. */
export async function startShop(port = '0'): Promise<ShopServer> {
  const server: ChildProcess = spawn(process.execPath, [MAIN, 'serve', '--port', port], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATA_DIR: process.env.VITRINE_TEST_DEMO, LOG_LEVEL: 'error' },
  });
  const address = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    server.stdout?.on('data', (chunk: Buffer) => {
      const match = /http:\/\/localhost:\d+/.exec(chunk.toString());
      if (match) resolve(match[0]);
    });
  });
  return {
    address,
    stop: async () => {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
    },
  };
}
