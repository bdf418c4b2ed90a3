import { migrateState, storedState } from '../dialog';
import {
  type AlertStore,
  alertNow,
  type ConversationStore,
  type KeptAlert,
  type Product,
  type Reply,
  type ShopperLine,
  type Transactions,
} from '../domain';
import type { People } from './people';

/** Milliseconds between two looks at what imports changed. */
const INTERVAL = 3_000;
/** Alerts of one look. */
const MOST_AT_ONCE = 500;

export interface AlertWatchOptions {
  readonly store: AlertStore;
  readonly conversations: ConversationStore;
  readonly people: Pick<People, 'told' | 'settle'>;
  readonly transactions: Transactions;
  /** Set by what serves; without it nobody can be told anything. */
  readonly line: { readonly current: ShopperLine | undefined };
  readonly notice: (alert: KeptAlert, product: Product) => Reply;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * Tells shoppers what they wanted to be told of. An import, by this process or another, writes products with a new revision;
 * each alert remembers up to which revision it was looked at. What is told is written together with the alert's new state, under
 * a name that is used once: whenever the process ends, it is told once.
 */
export class AlertWatch {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: AlertWatchOptions) {}

  start(): void {
    const look = (): void => {
      try {
        this.tick();
      } catch (error) {
        // The next look does what this one could not.
        this.options.onFault(error);
      }
    };
    look();
    this.timer = setInterval(look, INTERVAL);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Looks once at all alerts whose products changed. Where a person owns the conversation, it is told later. */
  tick(): void {
    const { store, line, people } = this.options;
    if (!line.current) return;
    for (const { alert, product, revision } of store.changed(MOST_AT_ONCE)) {
      const now = alertNow(alert, product);
      if (now !== 'tell') {
        store.note(alert.id, { state: now, times: alert.times, revision });
        continue;
      }
      if (!this.options.transactions.atomically(() => this.tell(alert, product, revision))) continue;
      line.current.wake(alert.conversationId);
      people.settle(alert);
    }
  }

  /** False, and nothing is written, where a person owns the conversation. */
  private tell(alert: KeptAlert, product: Product, revision: number): boolean {
    const { store, line, people, notice } = this.options;
    const { id, conversationId, shopper, times } = alert;
    const reply = notice(alert, product);
    if (!people.told({ conversationId, ...shopper }, reply)) return false;
    if (!line.current?.write(conversationId, { id: `alert:${id}:${times + 1}`, reply })) {
      // Nobody knows any more where to answer.
      store.drop(id);
      return true;
    }
    store.note(id, { state: 'told', times: times + 1, revision });
    this.pointAt(conversationId, product);
    return true;
  }

  /** "Add it to my basket": what was told of is what is talked of now. */
  private pointAt(conversationId: string, { id }: Product): void {
    const { conversations, clock } = this.options;
    const { state, version } = conversations.load(conversationId);
    if (state === undefined) return;
    const known = migrateState(state, 'en', clock());
    conversations.save(conversationId, storedState({ ...known, lastProduct: id, shown: [id] }), version);
  }
}
