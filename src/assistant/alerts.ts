import type { FlowResult, Turn } from '../dialog';
import type { AlertOwner, AlertStore, IncomingMessage } from '../domain';

/** What turns know of a shopper's alerts, and write of them. */
export class Alerts {
  constructor(private readonly store: AlertStore) {}

  of(message: IncomingMessage): Pick<Turn, 'alerts'> {
    return { alerts: () => this.store.of(ownerOf(message)) };
  }

  /** Writes what a turn changed; who wants to be forgotten is told of nothing. To be called within the turn's transaction. */
  write(message: IncomingMessage, { alerts = [], changes = [] }: FlowResult): void {
    const owner = ownerOf(message);
    for (const change of alerts) {
      if (change.kind === 'put') this.store.put(owner, change.alert);
      else this.store.remove(owner, change.productId);
    }
    if (!changes.some(({ kind }) => kind === 'erase')) return;
    this.store.remove(owner);
    if (owner.userId !== '') this.store.forget(owner);
  }
}

function ownerOf({ conversationId, channel, userId }: IncomingMessage): AlertOwner {
  return { conversationId, channel, userId };
}
