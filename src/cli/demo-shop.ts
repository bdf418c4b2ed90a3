import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../app';
import { demoItems } from '../catalogue/demo/items';
import { type Config, loadConfig, packageRoot } from '../config';
import { readManifest } from '../retrieval';
import { copyCatalogue } from '../storage';
import { makeDemo } from './demo';
import { syncIndex } from './sync-index';

/** Where baskets of the throwaway shop are paid: `{id}:{quantity}` of each line. */
export const CHECKOUT = 'https://checkout.example/cart?items={id}:{quantity},…';

/**
 * Runs an action on a throwaway shop with the demo catalogue and its own orders, knowledge and hand-off, and removes it. The
 * catalogue is copied from `dataDir` where that holds the demo's products and nothing else, which is only read: what is said
 * in the throwaway shop reaches no agent and no profile of it. Otherwise the demo is made anew.
 */
export async function withDemoShop<T>(
  dataDir: string,
  signal: AbortSignal,
  action: (app: App) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-dialogs-'));
  let app: App | undefined;
  try {
    const config = settingsIn(join(folder, 'data'));
    const isCopied = copyDemo(dataDir, config.DATA_DIR);
    app = createApp(config);
    if (!isCopied) {
      process.stderr.write('The data directory holds no demo catalogue: making one in a throwaway folder.\n');
      await makeDemo(app, { pictures: true }, signal);
    } else if (app.indexer.isOutdated() || (readManifest(app.indexFolder)?.revision ?? -1) < app.products.revision()) {
      await syncIndex(app, signal);
    }
    return await action(app);
  } finally {
    await app?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The environment's settings, but for where the shop is and what the conversations take for granted. */
function settingsIn(dataDir: string): Config {
  return loadConfig({
    DATA_DIR: dataDir,
    CHECKOUT_URL: CHECKOUT,
    ORDERS: 'demo',
    KNOWLEDGE_DIR: join(packageRoot(), 'dialogs', 'knowledge'),
    HANDOFF: 'console',
    HANDOFF_HOURS: '{}',
    SPONSORED: 'off',
  });
}

function copyDemo(from: string, to: string): boolean {
  const wanted = new Set(demoItems().flatMap(({ variants }) => variants.map(({ id }) => id)));
  const isDemo = (ids: readonly string[]) => ids.length === wanted.size && ids.every((id) => wanted.has(id));
  if (!copyCatalogue(from, to, isDemo)) return false;
  for (const name of ['pictures', 'index']) {
    if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true });
  }
  return true;
}
