import type { Config } from './config';
import type { AttachmentStore, ProfileStore } from './domain';
import {
  Eraser,
  type Sqlite,
  SqliteAlertStore,
  SqliteBasketStore,
  SqlitePairingStore,
  SqlitePrivacyStore,
  SqliteRetention,
} from './storage';

/** What `createPrivacy` needs. */
export interface PrivacyParts {
  readonly db: Sqlite;
  readonly config: Pick<Config, 'TRANSCRIPT_DAYS' | 'BASKET_DAYS' | 'ALERT_DAYS' | 'MEDIA_HOURS'>;
  readonly attachments: AttachmentStore;
  readonly profiles: ProfileStore;
  readonly clock: () => number;
}

/** What exports, erases and in time forgets what is kept of shoppers. */
export function createPrivacy({ db, config, attachments, profiles, clock }: PrivacyParts) {
  const baskets = new SqliteBasketStore(db, clock);
  const pairing = new SqlitePairingStore(db, clock);
  const privacy = new SqlitePrivacyStore(db, clock);
  return {
    privacy,
    baskets,
    eraser: new Eraser({ privacy, attachments }),
    retention: new SqliteRetention({
      db,
      attachments,
      profiles,
      baskets,
      pairing,
      basketDays: config.BASKET_DAYS,
      alerts: new SqliteAlertStore(db, clock),
      alertDays: config.ALERT_DAYS,
      transcriptDays: config.TRANSCRIPT_DAYS,
      mediaHours: config.MEDIA_HOURS,
      clock,
    }),
  };
}
