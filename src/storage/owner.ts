import type { ShopperId } from '../domain';
import type { Sqlite } from './database';

/** The channel of names that hold what several shoppers share; no channel that shoppers write on is called so. */
export const SHARED_CHANNEL = 'shared';

/** Reads who holds a shopper's basket and likes: the one place where that is decided. See `PairingStore.ownerOf`. */
export function ownerReader(db: Sqlite): (shopper: ShopperId) => ShopperId {
  const person = db.prepare<[ShopperId], { person: string }>(
    'SELECT person FROM shopper_links WHERE channel = @channel AND user_id = @userId',
  );
  return (shopper) => {
    const link = person.get(shopper);
    return link ? { channel: SHARED_CHANNEL, userId: link.person } : shopper;
  };
}
