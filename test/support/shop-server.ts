import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');

/** A running shop over the test run's demo catalogue. */
export interface ShopServer {
  readonly address: string;
  stop(): Promise<void>;
  /** Ends it at once, whatever it does. */
  kill(): Promise<void>;
}

/** A copy of the demo catalogue for each test file: files run side by side, and two servers never share a data directory. */
let ownCopy: string | undefined;
function dataDir(): string {
  const demo = process.env.VITRINE_TEST_DEMO;
  if (!demo) throw new Error('the test run made no demo catalogue (see test/support/global-setup.cjs)');
  if (ownCopy === undefined) {
    ownCopy = join(dirname(demo), randomUUID());
    // Another suite may have it open: what SQLite keeps beside its file meanwhile comes and goes.
    cpSync(demo, ownCopy, { recursive: true, filter: (file) => !/-(?:shm|wal)$/.test(file) });
  }
  return ownCopy;
}

/**
 * Serves the demo catalogue as `vitrine serve` does; again from the same data when it is called again. `settings` may name
 * another data directory, which is left empty where it is.
 */
export async function startShop(port = '0', settings: Readonly<Record<string, string>> = {}): Promise<ShopServer> {
  const server: ChildProcess = spawn(process.execPath, [MAIN, 'serve', '--port', port, '--no-demo'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'error', ...settings, DATA_DIR: settings.DATA_DIR ?? dataDir() },
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await gone;
  };
  const address = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    server.stdout?.on('data', (chunk: Buffer) => {
      const match = /http:\/\/localhost:\d+/.exec(chunk.toString());
      if (match) resolve(match[0]);
    });
  });
  return {
    address,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** Imports a shop of one red mug, sold out or not, into the data directory of `settings`, by the command that merchants use. */
export async function importMug(
  availability: 'in_stock' | 'out_of_stock',
  settings: Readonly<Record<string, string>> & { readonly DATA_DIR: string },
): Promise<void> {
  const feed = join(settings.DATA_DIR, 'feed.tsv');
  const mug = {
    id: 'mug',
    title: 'Red mug',
    description: 'A mug',
    link: 'https://shop.example/mug',
    image_link: 'https://shop.example/mug.png',
    price: '20.00 EUR',
    availability,
  };
  writeFileSync(feed, `${Object.keys(mug).join('\t')}\n${Object.values(mug).join('\t')}\n`);
  // Not synchronously: connections that this process has open must not look idle.
  const env = { ...process.env, LOG_LEVEL: 'error', ...settings };
  await promisify(execFile)(process.execPath, [MAIN, 'import', feed, '--no-pictures'], { env });
}

/** What agents of tests sign in with. */
export const AGENT_PASSWORD = 'a correct horse 42';

/** Adds somebody who may sign in to the console of the shop that `startShop` serves, by the command that merchants use. */
export function addAgent(name: string, role: 'agent' | 'supervisor', display: string): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [MAIN, 'agent', 'add', name, '--role', role, '--display', display],
    {
      input: `${AGENT_PASSWORD}\n`,
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: dataDir(), LOG_LEVEL: 'error' },
    },
  );
  if (status !== 0) throw new Error(`vitrine agent add ended with ${status}: ${stderr}`);
}
