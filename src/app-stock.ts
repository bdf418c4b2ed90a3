import { type AlertWatchOptions, Stock, type StockOptions, StockWatch } from './assistant';
import type { Config } from './config';
import { type ProductStore, type SubstituteFinder, type TurnObserver, VitrineError } from './domain';
import { PurchasingWebhook } from './orders';
import { type Sqlite, SqliteDemandStore, SqliteStockNotices } from './storage';

/** What `createStock` needs. */
export interface StockParts {
  readonly db: Sqlite;
  readonly config: Config;
  readonly clock: () => number;
  readonly products: ProductStore;
  readonly alerts: Pick<AlertWatchOptions['store'], 'waitingFor'>;
  readonly substitutes: SubstituteFinder;
  readonly observer: TurnObserver;
}

/** What runs low, and who is told of it. Throws CONFIG_INVALID for a webhook without a secret. */
export function createStock({ db, config, clock, products, alerts, observer, ...parts }: StockParts) {
  const { STOCK_WEBHOOK: url, STOCK_WEBHOOK_SECRET: secret, STOCK_DAYS: days, SHOP_LANGUAGE: language } = config;
  if (url !== '' && secret === '')
    throw new VitrineError('CONFIG_INVALID', 'STOCK_WEBHOOK_SECRET must be set with STOCK_WEBHOOK');
  const substitutes: StockOptions['substitutes'] = async (product, most, signal) => {
    try {
      return await parts.substitutes.substitutes(product, most, { language, signal });
    } catch (error) {
      signal.throwIfAborted();
      // That something runs low is told without an index, too.
      observer.fault(error);
      return [];
    }
  };
  const stock = new Stock({
    ...{ products, substitutes, language, clock },
    demand: new SqliteDemandStore(db),
    waitingFor: () => alerts.waitingFor(),
    notices: new SqliteStockNotices(db, clock),
    purchasing: url === '' ? undefined : new PurchasingWebhook({ url, secret, clock }),
  });
  const watch = new StockWatch({ stock, products, clock, limit: { days }, onFault: (error) => observer.fault(error) });
  return { stock, stockWatch: url === '' ? undefined : watch };
}
