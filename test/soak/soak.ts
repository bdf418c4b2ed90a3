import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Shopper } from './shopper';

const SERVER = join(__dirname, 'server.js');
/** Longest life of a server process in milliseconds; how long each one lives is random. */
const LONGEST_LIFE = 250;

export interface SoakReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Messages that were sent again because the acknowledgement did not come. */
  readonly repeated: number;
  /** Messages that were answered with an apology, because five processes died while they were next. */
  readonly apologies: number;
  /** Acknowledged messages that the history or the answers lack. */
  readonly lost: number;
  /** Messages or answers that stand twice in the history, or came twice over a socket. */
  readonly doubled: number;
  /** Answers whose count shows that state was lost or written twice. */
  readonly wrongState: number;
}

/**
 * Kills a server with SIGKILL at random moments while shoppers talk, starts it again on the same data, and counts at the
 * end what was lost or doubled. `server` is the compiled `server.js`.
 */
export async function soak(
  kills: number,
  options: { shoppers?: number; server?: string; onKill?: (count: number) => void } = {},
): Promise<SoakReport> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-soak-'));
  const port = await freePort();
  const shoppers = Array.from({ length: options.shoppers ?? 4 }, () => new Shopper(`http://127.0.0.1:${port}`));
  let server: ChildProcess | undefined;
  try {
    server = await start(options.server ?? SERVER, folder, port);
    const talking = Promise.all(shoppers.map((shopper) => shopper.talk()));
    for (let count = 1; count <= kills; count += 1) {
      await wait(Math.random() * LONGEST_LIFE);
      await kill(server);
      options.onKill?.(count);
      server = await start(options.server ?? SERVER, folder, port);
    }
    for (const shopper of shoppers) shopper.stop();
    await talking;
    const results = await Promise.all(shoppers.map((shopper) => shopper.check()));
    const sum = (name: Exclude<keyof SoakReport, 'kills'>) =>
      results.reduce((total, result) => total + result[name], 0);
    return {
      kills,
      acknowledged: sum('acknowledged'),
      repeated: sum('repeated'),
      apologies: sum('apologies'),
      lost: sum('lost'),
      doubled: sum('doubled'),
      wrongState: sum('wrongState'),
    };
  } finally {
    for (const shopper of shoppers) shopper.close();
    if (server) await kill(server);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(file: string, folder: string, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [file, folder, String(port)], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
