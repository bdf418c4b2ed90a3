// Compiles the server and bundles the pages, each when its sources have changed. Does nothing when nothing has changed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkLocales } from './check-locales.mjs';
import { listLanguages } from './languages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pages = join(root, 'src', 'web');
const common = ['package.json', 'package-lock.json', 'scripts/build.mjs'];

function newest(path) {
  // The pages are built apart from the server.
  if (path === pages) return 0;
  return newestBelow(path);
}

function newestBelow(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Runs a tool of node_modules unless its stamp is newer than all that it reads; ends the build where it fails. */
function run(stampName, inputs, tool, args) {
  const stamp = join(root, 'dist', stampName);
  const newestInput = Math.max(...[...inputs, ...common].map((name) => newestBelow(join(root, name))));
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= newestInput) return;
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', ...tool), ...args], {
    stdio: ['ignore', 2, 2],
    cwd: root,
  });
  if (status !== 0) process.exit(1);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
}

const missing = checkLocales(join(root, 'locales'));
if (missing.length > 0) {
  for (const problem of missing) console.error(`locales/${problem}`);
  process.exit(1);
}
listLanguages(root);

run(
  '.built',
  ['src', 'dialogs', 'tsconfig.json', 'tsconfig.build.json'],
  ['typescript', 'bin', 'tsc'],
  ['-p', join(root, 'tsconfig.build.json')],
);
run(
  '.built-pages',
  ['src/web', 'locales/en/page.json', 'locales/en/agent.json'],
  ['vite', 'bin', 'vite.js'],
  ['build', '--config', join(pages, 'vite.config.ts'), '--logLevel', 'warn'],
);
