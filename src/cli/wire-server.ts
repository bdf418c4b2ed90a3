import { join } from 'node:path';
import type { Logger } from 'pino';
import type { App } from '../app';
import { createServer, Metrics, type ServerDeps, type VitrineServer } from '../server';
import { consoleOf } from './wire-console';
import { hubOf } from './wire-hub';

/** What differs between servers of one app. */
export type WireOptions = Pick<ServerDeps, 'publicUrl' | 'tokenKey' | 'onFault'> & {
  readonly logger: Logger;
  /** Answers in the assistant's place, for measurements. */
  readonly assistant?: ServerDeps['assistant'];
  /** In place of what the settings say of an outside hub. */
  readonly hub?: ServerDeps['hub'];
};

/** The server of an app, with everything that the app's settings say. */
export function serverOf(app: App, options: WireOptions): VitrineServer {
  const { config } = app;
  const metrics = new Metrics();
  app.observer.current = {
    step: (name, milliseconds) => metrics.step(name, milliseconds),
    modelCall: (call) => metrics.modelCall(call),
    fault: (error) => {
      metrics.fault(error);
      options.onFault(error);
    },
  };
  return createServer({
    assistant: app.assistant,
    credentials: {
      appId: config.MICROSOFT_APP_ID || undefined,
      appPassword: config.MICROSOFT_APP_PASSWORD || undefined,
      tenantId: config.MICROSOFT_APP_TENANT_ID || undefined,
      appType: config.MICROSOFT_APP_ID ? config.MICROSOFT_APP_TYPE : undefined,
    },
    activityLog: app.activities,
    resumables: app.resumables,
    inbox: app.inbox,
    outbox: app.outbox,
    references: app.references,
    transactions: app.transactions,
    attachments: app.attachments,
    screener: app.screener,
    queueLimit: config.QUEUE_LIMIT,
    concurrency: config.TURN_CONCURRENCY,
    metrics,
    metricsToken: config.METRICS_TOKEN,
    statistics: app.statistics,
    trustProxy: config.TRUST_PROXY,
    checks: [
      { name: 'index', check: async () => void (await app.retriever.facts()) },
      { name: 'storage', check: () => app.checkStorage() },
    ],
    pictures: app.pictures,
    profiles: app.profiles,
    people: {
      connect: (line) => {
        app.line.current = line;
      },
      start: () => {
        app.handoff.timeouts.start();
        app.alerts.watch.start();
        app.stockWatch?.start();
      },
      stop: () => {
        app.stockWatch?.stop();
        app.alerts.watch.stop();
        app.handoff.timeouts.stop();
      },
    },
    retention: app.retention,
    console: consoleOf(app),
    hub: hubOf(app),
    isProduct: (productId) => app.products.get(productId) !== undefined,
    eventsToken: config.EVENTS_TOKEN,
    clock: () => new Date(),
    allowedOrigins: config.ALLOWED_ORIGINS,
    webFolder: join(config.root, 'dist', 'web'),
    pageStrings: (language, page) => ({ ...app.translator.bundle(language, page), title: config.SHOP_NAME }),
    hears: app.recogniser !== undefined,
    ...options,
  });
}
