import { rmSync } from 'node:fs';
import { type App, createApp } from '../../../src/app';
import { product, temporaryConfig } from '../../support/data-dir';

/** A shop of one red mug, without models, for a suite; `app` is there from `beforeAll` on. */
export function mugShop(clock?: () => number): {
  readonly config: ReturnType<typeof temporaryConfig>;
  readonly app: App;
} {
  const config = temporaryConfig({ MODELS: 'none' });
  let app: App | undefined;
  beforeAll(async () => {
    app = createApp(config, clock ? { clock } : {});
    app.products.upsert([product({ id: 'mug', title: 'Red mug', color: 'red' })]);
    await app.indexer.sync({});
  });
  afterAll(async () => {
    await app?.close();
    rmSync(config.DATA_DIR, { recursive: true, force: true });
  });
  return {
    config,
    get app(): App {
      if (!app) throw new Error('the suite has not begun');
      return app;
    },
  };
}
