// Makes the demo catalogue once for the whole run, by the very command that merchants use.
const { spawnSync } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = async () => {
  const all = mkdtempSync(join(tmpdir(), 'vitrine-demo-'));
  const dir = join(all, 'demo');
  const main = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
  const { status } = spawnSync(process.execPath, [main, '--data-dir', dir, 'demo'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('the demo catalogue could not be made');
  process.env.VITRINE_TEST_DEMO = dir;
  // Copies of it lie beside it; see shop-server.ts.
  globalThis.removeTestDemo = () => rmSync(all, { recursive: true, force: true });
};
