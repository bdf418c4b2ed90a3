import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOverrides, createApp } from '../../src/app';
import { type Config, loadConfig, packageRoot } from '../../src/config';
import type { Product } from '../../src/domain';

/** A new data directory and the settings for it. */
export function temporaryConfig(settings: Parameters<typeof loadConfig>[0] = {}): Config {
  const dir = mkdtempSync(join(tmpdir(), 'vitrine-test-'));
  return loadConfig({ LOCALES_DIR: join(packageRoot(), 'locales'), DATA_DIR: dir, ...settings }, {});
}

/** Runs an action on an app with a data directory of its own, and removes both. */
export async function withTemporaryApp(
  action: (app: App) => Promise<void>,
  overrides: AppOverrides = {},
  settings: Parameters<typeof loadConfig>[0] = {},
): Promise<void> {
  const config = temporaryConfig(settings);
  const app = createApp(config, overrides);
  try {
    await action(app);
  } finally {
    await app.close();
    rmSync(config.DATA_DIR, { recursive: true, force: true });
  }
}

/** The demo catalogue that the test run made once; read only. */
export function demoApp(): App {
  const dir = process.env.VITRINE_TEST_DEMO;
  if (!dir) throw new Error('the test run made no demo catalogue (see test/support/global-setup.cjs)');
  return createApp(loadConfig({ LOCALES_DIR: join(packageRoot(), 'locales'), DATA_DIR: dir }, {}));
}

/** A product with what a test doesn't care about filled in. */
export function product(fields: Partial<Product> & Pick<Product, 'id' | 'title'>): Product {
  return { additionalImageLinks: [], reviews: [], texts: {}, ...fields };
}
