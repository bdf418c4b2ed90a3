import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config';
import { LANGUAGES, messageOf } from '../domain';
import { readManifest } from '../retrieval';
import { loadLexicons } from '../understanding';
import type { Check } from './check';
import { checkLlm } from './check-llm';
import { checkModels } from './check-models';
import { checkPictures } from './check-pictures';
import { checkSpeech } from './check-speech';
import { configOf } from './context';

const MINIMUM_NODE = [20, 19] as const;
const LITTLE_SPACE = 500 * 1024 ** 2;

export function registerDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('check Node, binaries, models, data directory and port, and say what to do')
    .action(async () => {
      const config = configOf(command);
      const checks = [
        checkNode(),
        ...(await checkBinaries()),
        ...(await checkModels(config)),
        await checkSpeech(config),
        ...(await checkLlm(config)),
        checkLocales(config),
        ...(await checkDataDir(config)),
        await checkPort(config),
      ];
      for (const { name, state, detail, advice } of checks) {
        const mark = { ok: 'ok  ', note: 'note', fail: 'FAIL' }[state];
        process.stdout.write(`${mark}  ${name}: ${detail}\n${advice ? `      → ${advice}\n` : ''}`);
      }
      if (checks.some((check) => check.state === 'fail')) process.exitCode = 1;
    });
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
  return {
    name: 'Node',
    state: fits ? 'ok' : 'fail',
    detail: process.versions.node,
    ...(!fits && { advice: `install Node ${MINIMUM_NODE.join('.')} or later` }),
  };
}

async function checkBinaries(): Promise<Check[]> {
  const load = async (name: string, action: () => Promise<unknown>): Promise<Check> => {
    try {
      await action();
      return { name, state: 'ok', detail: 'loads' };
    } catch (error) {
      const advice = `run "npm ci" again; building needs python3, make and g++`;
      return { name, state: 'fail', detail: messageOf(error).split('\n')[0] ?? '', advice };
    }
  };
  return [
    await load('better-sqlite3', async () => new (await import('better-sqlite3')).default(':memory:').close()),
    await load('LanceDB', () => import('@lancedb/lancedb')),
    await load('ONNX Runtime', () => import('onnxruntime-node')),
    await load('sharp', async () =>
      (await import('sharp'))
        .default({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
        .webp()
        .toBuffer(),
    ),
  ];
}

function checkLocales(config: Config): Check {
  try {
    loadLexicons(config.LOCALES_DIR, config.MODELS_DIR);
    return { name: 'locales', state: 'ok', detail: LANGUAGES.join(' ') };
  } catch (error) {
    return { name: 'locales', state: 'fail', detail: messageOf(error), advice: 'correct the named file (LOCALES_DIR)' };
  }
}

async function checkDataDir(config: Config): Promise<Check[]> {
  const name = 'data directory';
  try {
    mkdirSync(config.DATA_DIR, { recursive: true });
    accessSync(config.DATA_DIR, constants.W_OK);
  } catch (error) {
    return [{ name, state: 'fail', detail: messageOf(error), advice: 'make it writable, or set DATA_DIR' }];
  }
  const { bavail, bsize } = statfsSync(config.DATA_DIR);
  const free = bavail * bsize;
  const space: Check = {
    name,
    state: free < LITTLE_SPACE ? 'fail' : 'ok',
    detail: `${config.DATA_DIR}, ${Math.round(free / 1024 ** 2)} MB free`,
    ...(free < LITTLE_SPACE && { advice: 'free some space' }),
  };
  return [space, checkIndex(config), ...(await checkPictures(config))];
}

function checkIndex(config: Config): Check {
  try {
    const manifest = readManifest(join(config.DATA_DIR, 'index'));
    if (!manifest)
      return {
        name: 'catalogue',
        state: 'note',
        detail: 'empty',
        advice: 'run "vitrine demo" or "vitrine import FEED"',
      };
    return { name: 'catalogue', state: 'ok', detail: `${manifest.products} products, prices in ${manifest.currency}` };
  } catch (error) {
    return { name: 'catalogue', state: 'fail', detail: messageOf(error), advice: 'run "vitrine reindex"' };
  }
}

function checkPort(config: Config): Promise<Check> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      resolve({
        name: 'port',
        state: taken ? 'note' : 'fail',
        detail: `${config.PORT} ${taken ? 'is in use (by Vitrine, if it is running)' : `can't be opened (${error.code})`}`,
        ...(!taken && { advice: 'set PORT or HOST' }),
      });
    });
    server.listen(config.PORT, config.HOST, () => {
      server.close(() => resolve({ name: 'port', state: 'ok', detail: `${config.PORT} is free` }));
    });
  });
}
