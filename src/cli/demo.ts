import { join } from 'node:path';
import type { Command } from 'commander';
import type { App } from '../app';
import { writeDemoFeed } from '../catalogue/demo/feed';
import { takeLock } from '../storage';
import { configOf, withApp } from './context';
import { importSource } from './import';
import { Progress } from './progress';

export function registerDemo(program: Command): void {
  const command = program
    .command('demo')
    .description('make the demo catalogue and import it')
    .option('--no-pictures', 'write and import the feed without pictures')
    .action(async (options: { pictures: boolean }) => {
      const config = configOf(command);
      await withApp(config, async (app, signal) => {
        const lock = takeLock(config.DATA_DIR, 'write');
        try {
          await makeDemo(app, options, signal);
        } finally {
          lock.release();
        }
      });
    });
}

/** Writes the demo's feed and pictures below the data directory and imports them like any merchant's. */
export async function makeDemo(app: App, options: { pictures: boolean }, signal: AbortSignal): Promise<void> {
  const bar = new Progress('Drawing pictures');
  const { feed } = await writeDemoFeed({
    localesDir: app.config.LOCALES_DIR,
    folder: join(app.config.DATA_DIR, 'demo'),
    withoutPictures: !options.pictures,
    onProgress: (done, total) => bar.update(done, total),
    signal,
  });
  bar.stop();
  await importSource(app, feed, options, signal);
}
