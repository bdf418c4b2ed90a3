import { Alerts, AlertWatch, type AlertWatchOptions } from './assistant';
import type { TurnObserver } from './domain';
import { alertNotice, type RenderTools } from './reply';
import { type Sqlite, SqliteAlertStore, SqliteTransactions } from './storage';

/** What `createAlerts` needs. */
export interface AlertParts extends Pick<AlertWatchOptions, 'conversations' | 'people' | 'line'> {
  readonly db: Sqlite;
  readonly clock: () => number;
  readonly render: RenderTools;
  readonly observer: TurnObserver;
}

/** Alerts of shoppers: as turns see them, and what tells of them while the app serves. */
export function createAlerts({ db, clock, render, observer, ...parts }: AlertParts) {
  const store = new SqliteAlertStore(db, clock);
  const watch = new AlertWatch({
    ...parts,
    clock,
    store,
    transactions: new SqliteTransactions(db),
    notice: (alert, product) => alertNotice(alert, product, render),
    onFault: (error) => observer.fault(error),
  });
  return { store, watch, ofTurns: new Alerts(store) };
}
