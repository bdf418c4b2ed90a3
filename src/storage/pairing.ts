import { randomUUID } from 'node:crypto';
import { type BasketLine, type KeptCode, type PairingStore, PROFILE_DAYS, type ShopperId } from '../domain';
import { SqliteBasketStore } from './baskets';
import { guarded, type Sqlite } from './database';
import { ownerReader, SHARED_CHANNEL } from './owner';

const DAY = 24 * 3600 * 1000;
const OF_SHOPPER = 'channel = @channel AND user_id = @userId';

type Person = { readonly person: string };
type Move = { fromChannel: string; fromUser: string; channel: string; userId: string };

/** Links of shoppers and pairing codes. */
export class SqlitePairingStore implements PairingStore {
  private readonly statements;
  private readonly baskets: SqliteBasketStore;
  private readonly owner: (shopper: ShopperId) => ShopperId;
  private readonly atomically: <T>(action: () => T) => T;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.baskets = new SqliteBasketStore(db, clock);
    this.owner = ownerReader(db);
    this.statements = prepare(db);
    this.atomically = (action) => guarded(() => db.transaction(action)());
  }

  ownerOf(shopper: ShopperId): ShopperId {
    return guarded(() => this.owner(shopper));
  }

  sharing(shopper: ShopperId): ShopperId[] {
    const owner = this.ownerOf(shopper);
    if (owner === shopper) return [shopper];
    return guarded(() => this.statements.members.all({ person: owner.userId }));
  }

  keepCode({ digest, shopper, conversation, until }: Omit<KeptCode, 'used'>): void {
    this.atomically(() => {
      this.statements.revoke.run(shopper);
      this.statements.keepCode.run({ ...shopper, digest, conversation, until });
    });
  }

  codes(): KeptCode[] {
    return guarded(() => this.statements.codes.all({ since: this.clock() - DAY })).map(
      ({ channel, userId, used, ...code }) => ({ ...code, shopper: { channel, userId }, used: used === 1 }),
    );
  }

  revoke(shopper: ShopperId): void {
    guarded(() => this.statements.revoke.run(shopper));
  }

  join(digest: string, shopper: ShopperId, basket: readonly BasketLine[]): boolean {
    return this.atomically(() => {
      const now = this.clock();
      const code = this.codes().find((each) => each.digest === digest && !each.used && each.until > now);
      if (!code) return false;
      const target = this.personOf(code.shopper);
      const source = this.personOf(shopper);
      if (source.userId === target.userId) return false;
      this.move(source, target);
      this.statements.rename.run({ from: source.userId, to: target.userId });
      this.baskets.set(target, basket);
      this.statements.use.run({ digest });
      return true;
    });
  }

  unlink(shopper: ShopperId): void {
    this.atomically(() => {
      const owner = this.owner(shopper);
      if (owner === shopper) return;
      const lines = this.baskets.lines(owner);
      const members = this.sharing(shopper);
      this.statements.unlink.run({ person: owner.userId });
      for (const member of members) {
        this.statements.copyLikes.run(moveOf(owner, member));
        this.baskets.set(member, lines);
      }
      this.clear(owner);
    });
  }

  visited(shopper: ShopperId): void {
    const now = this.clock();
    guarded(() => this.statements.visited.run({ ...shopper, now, before: now - DAY }));
  }

  erase(shopper: ShopperId): void {
    this.atomically(() => {
      const owner = this.owner(shopper);
      for (const member of this.sharing(shopper)) this.statements.forgetCodes.run(member);
      if (owner === shopper) return;
      this.clear(owner);
      this.statements.unlink.run({ person: owner.userId });
    });
  }

  expire(): void {
    const now = this.clock();
    guarded(() => this.statements.expireCodes.run({ before: now - DAY }));
    for (const shopper of guarded(() => this.statements.old.all({ before: now - PROFILE_DAYS * DAY })))
      this.unlink(shopper);
  }

  /** The owner of what a shopper shares, who begins to share where it doesn't: what it has is moved there. */
  private personOf(shopper: ShopperId): ShopperId {
    const owner = this.owner(shopper);
    if (owner !== shopper) return owner;
    const person = { channel: SHARED_CHANNEL, userId: randomUUID() };
    const lines = this.baskets.lines(shopper);
    this.baskets.empty(shopper);
    this.statements.link.run({ ...shopper, person: person.userId, at: this.clock() });
    this.baskets.set(person, lines);
    this.statements.copyLikes.run(moveOf(shopper, person));
    this.statements.dropLikes.run(shopper);
    return person;
  }

  private move(from: ShopperId, to: ShopperId): void {
    this.statements.copyLikes.run(moveOf(from, to));
    this.clear(from);
  }

  private clear(owner: ShopperId): void {
    this.statements.dropLikes.run(owner);
    this.baskets.empty(owner);
  }
}

const moveOf = (from: ShopperId, to: ShopperId): Move => ({
  fromChannel: from.channel,
  fromUser: from.userId,
  ...to,
});

function prepare(db: Sqlite) {
  return {
    members: db.prepare<[Person], ShopperId>(
      'SELECT channel, user_id AS userId FROM shopper_links WHERE person = @person ORDER BY at, channel, user_id',
    ),
    revoke: db.prepare<[ShopperId]>(`DELETE FROM pairing_codes WHERE ${OF_SHOPPER} AND used = 0`),
    forgetCodes: db.prepare<[ShopperId]>(`DELETE FROM pairing_codes WHERE ${OF_SHOPPER}`),
    keepCode: db.prepare(
      `INSERT INTO pairing_codes (digest, channel, user_id, conversation, until, used)
       VALUES (@digest, @channel, @userId, @conversation, @until, 0)`,
    ),
    codes: db.prepare<
      [{ since: number }],
      { digest: string; channel: string; userId: string; conversation: string; until: number; used: number }
    >(`SELECT digest, channel, user_id AS userId, conversation, until, used FROM pairing_codes WHERE until > @since`),
    use: db.prepare<[{ digest: string }]>('UPDATE pairing_codes SET used = 1 WHERE digest = @digest'),
    expireCodes: db.prepare<[{ before: number }]>('DELETE FROM pairing_codes WHERE until < @before'),
    link: db.prepare(
      'INSERT INTO shopper_links (channel, user_id, person, at) VALUES (@channel, @userId, @person, @at)',
    ),
    rename: db.prepare<[{ from: string; to: string }]>('UPDATE shopper_links SET person = @to WHERE person = @from'),
    unlink: db.prepare<[Person]>('DELETE FROM shopper_links WHERE person = @person'),
    visited: db.prepare(`UPDATE shopper_links SET at = @now WHERE ${OF_SHOPPER} AND at < @before`),
    old: db.prepare<[{ before: number }], ShopperId>(
      'SELECT channel, user_id AS userId FROM shopper_links WHERE at < @before',
    ),
    copyLikes: db.prepare<[Move]>(
      `INSERT OR IGNORE INTO profile_events (channel, user_id, at, product_id, kind, grp)
       SELECT @channel, @userId, at, product_id, kind, grp FROM profile_events
       WHERE channel = @fromChannel AND user_id = @fromUser AND kind = 'like'`,
    ),
    dropLikes: db.prepare<[ShopperId]>(`DELETE FROM profile_events WHERE ${OF_SHOPPER} AND kind = 'like'`),
  };
}
