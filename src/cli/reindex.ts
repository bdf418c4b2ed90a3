import type { Command } from 'commander';
import { takeLock } from '../storage';
import { configOf, withApp } from './context';
import { syncIndex } from './sync-index';

export function registerReindex(program: Command): void {
  const command = program
    .command('reindex')
    .description('build the index anew from storage, beside the one that serves, and swap')
    .action(async () => {
      const config = configOf(command);
      await withApp(config, async (app, signal) => {
        const lock = takeLock(config.DATA_DIR, 'write');
        try {
          const { indexed } = await syncIndex(app, signal, { rebuild: true });
          process.stdout.write(`Index: ${indexed} products indexed anew\n`);
        } finally {
          lock.release();
        }
      });
    });
}
