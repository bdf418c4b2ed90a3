import {
  type BoughtTogether,
  type Impression,
  MOST_PROFILE_EVENTS,
  PROFILE_DAYS,
  PROFILE_EVENT_KINDS,
  type ProfileEvent,
  type ProfileEventKind,
  type ProfileStore,
  type ShopperId,
} from '../domain';
import { guarded, type Sqlite } from './database';
import { ownerReader } from './owner';
import { packVector } from './packed-vector';

/** Places of one shopper that are kept, the newest. */
const MOST_IMPRESSIONS = 2_000;
const LIFETIME = PROFILE_DAYS * 24 * 3600 * 1000;

type Page = Parameters<ProfileStore['show']>[1];

interface ImpressionRow {
  readonly search_id: string;
  readonly position: number;
  readonly product_id: string;
  readonly sponsored: number;
  readonly score: number | null;
  readonly at: number;
  readonly clicked: ProfileEventKind | null;
}

/**
 * What shoppers let the shop remember. A row of `profiles` is a consent. Likes are kept under the name of their owner, see
 * `PairingStore`; all else under the shopper's own.
 */
export class SqliteProfileStore implements ProfileStore {
  private readonly statements;
  private readonly owner: (shopper: ShopperId) => ShopperId;
  private readonly recordAll: (shopper: ShopperId, event: ProfileEvent) => void;
  private readonly showAll: (shopper: ShopperId, page: Page) => void;
  private readonly eraseAll: (shopper: ShopperId) => void;
  private readonly unlikeAll: (shopper: ShopperId, productId: string) => void;
  private readonly expireAll: (before: number) => void;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = prepare(db);
    this.owner = ownerReader(db);
    const { statements } = this;
    this.recordAll = db.transaction((shopper: ShopperId, event: ProfileEvent) => {
      const keeper = event.kind === 'like' ? this.owner(shopper) : shopper;
      statements.record.run({ ...keeper, ...event });
      statements.capEvents.run({ ...keeper, most: MOST_PROFILE_EVENTS });
      this.noteClick(shopper, event);
    });
    this.unlikeAll = db.transaction((shopper: ShopperId, productId: string) => {
      statements.unlike.run({ ...this.owner(shopper), productId });
      statements.unlikePlaces.run({ ...shopper, productId });
    });
    this.showAll = db.transaction((shopper: ShopperId, { searchId, before, placements, query = {} }: Page) => {
      const at = this.clock();
      placements.forEach(({ productId, sponsored, score = null }, index) => {
        const position = before + index + 1;
        statements.show.run({ ...shopper, searchId, position, productId, sponsored: Number(sponsored), score, at });
      });
      for (const [modality, { encoder, space, vector }] of Object.entries(query)) {
        const packed = packVector(vector);
        if (packed) statements.keepVector.run({ ...shopper, searchId, modality, encoder, space, packed, at });
      }
      statements.capImpressions.run({ ...shopper, most: MOST_IMPRESSIONS });
      statements.capVectors.run(shopper);
    });
    this.eraseAll = db.transaction((shopper: ShopperId) => {
      for (const name of [this.owner(shopper), shopper]) for (const erase of statements.erase) erase.run(name);
    });
    this.expireAll = db.transaction((before: number) => {
      for (const expire of statements.expire) expire.run({ before });
    });
  }

  hasConsent(shopper: ShopperId): boolean {
    return this.consentedAt(shopper) !== undefined;
  }

  consentedAt(shopper: ShopperId): number | undefined {
    return guarded(() => this.statements.consent.get(shopper))?.consented_at;
  }

  giveConsent(shopper: ShopperId): void {
    guarded(() => this.statements.giveConsent.run({ ...shopper, at: this.clock() }));
  }

  record(shopper: ShopperId, event: ProfileEvent): boolean {
    if (event.at < this.clock() - LIFETIME || !this.hasConsent(shopper)) return false;
    guarded(() => this.recordAll(shopper, event));
    return true;
  }

  unlike(shopper: ShopperId, productId: string): void {
    guarded(() => this.unlikeAll(shopper, productId));
  }

  events(shopper: ShopperId): ProfileEvent[] {
    const since = this.clock() - LIFETIME;
    return guarded(() => {
      const { channel: ownerChannel, userId: ownerId } = this.owner(shopper);
      return this.statements.events.all({ ...shopper, ownerChannel, ownerId, since });
    });
  }

  show(shopper: ShopperId, page: Page): void {
    if (page.placements.length > 0 && this.hasConsent(shopper)) guarded(() => this.showAll(shopper, page));
  }

  impressions(shopper: ShopperId): Impression[] {
    return guarded(() => this.statements.impressions.all(shopper)).map(
      ({ search_id, position, product_id, sponsored, score, at, clicked }) => ({
        searchId: search_id,
        position,
        productId: product_id,
        sponsored: sponsored === 1,
        at,
        ...(score !== null && { score }),
        ...(clicked && { clicked }),
      }),
    );
  }

  erase(shopper: ShopperId): void {
    guarded(() => this.eraseAll(shopper));
  }

  expire(): void {
    guarded(() => this.expireAll(this.clock() - LIFETIME));
  }

  boughtTogether(
    group: string,
    least: number,
  ): { shoppers: number; buyers: number; others: readonly BoughtTogether[] } {
    return guarded(() => ({
      shoppers: this.statements.shoppers.get()?.count ?? 0,
      buyers: this.statements.buyers.get({ group })?.count ?? 0,
      others: this.statements.together.all({ group, least }),
    }));
  }

  /** At the newest place of the product that was shown before it happened; a weaker click never replaces a stronger one. */
  private noteClick(shopper: ShopperId, { productId, kind, at }: ProfileEvent): void {
    const place = this.statements.place.get({ ...shopper, productId, at });
    if (!place) return;
    const strength = (clicked: ProfileEventKind | null) => (clicked ? PROFILE_EVENT_KINDS.indexOf(clicked) : -1);
    if (strength(kind) <= strength(place.clicked)) return;
    const { search_id: searchId, position } = place;
    this.statements.click.run({ ...shopper, searchId, position, kind, at });
  }
}

const OF_SHOPPER = 'channel = @channel AND user_id = @userId';
const BUYERS = "SELECT DISTINCT channel, user_id FROM profile_events WHERE kind = 'purchase'";

function prepare(db: Sqlite) {
  return {
    consent: db.prepare<[ShopperId], { consented_at: number }>(`SELECT consented_at FROM profiles WHERE ${OF_SHOPPER}`),
    giveConsent: db.prepare(
      'INSERT OR IGNORE INTO profiles (channel, user_id, consented_at) VALUES (@channel, @userId, @at)',
    ),
    record: db.prepare(
      `INSERT OR IGNORE INTO profile_events (channel, user_id, at, product_id, kind, grp)
       VALUES (@channel, @userId, @at, @productId, @kind,
         coalesce((SELECT json_extract(json, '$.itemGroupId') FROM products WHERE id = @productId), @productId))`,
    ),
    capEvents: db.prepare(
      `DELETE FROM profile_events WHERE ${OF_SHOPPER} AND (at, product_id, kind) IN
       (SELECT at, product_id, kind FROM profile_events WHERE ${OF_SHOPPER}
        ORDER BY at DESC, product_id, kind LIMIT -1 OFFSET @most)`,
    ),
    unlike: db.prepare(`DELETE FROM profile_events WHERE ${OF_SHOPPER} AND product_id = @productId AND kind = 'like'`),
    unlikePlaces: db.prepare(
      `UPDATE impressions SET clicked = 'view' WHERE ${OF_SHOPPER} AND product_id = @productId AND clicked = 'like'`,
    ),
    events: db.prepare<[ShopperId & { ownerChannel: string; ownerId: string; since: number }], ProfileEvent>(
      `SELECT product_id AS productId, kind, at FROM profile_events
       WHERE (channel, user_id) IN (VALUES (@channel, @userId), (@ownerChannel, @ownerId)) AND at >= @since
       ORDER BY at DESC, product_id, kind`,
    ),
    show: db.prepare(
      `INSERT OR REPLACE INTO impressions (channel, user_id, search_id, position, product_id, sponsored, score, at)
       VALUES (@channel, @userId, @searchId, @position, @productId, @sponsored, @score, @at)`,
    ),
    keepVector: db.prepare(
      `INSERT OR IGNORE INTO search_vectors (channel, user_id, search_id, modality, encoder, space, vector, at)
       VALUES (@channel, @userId, @searchId, @modality, @encoder, @space, @packed, @at)`,
    ),
    capVectors: db.prepare<[ShopperId]>(
      `DELETE FROM search_vectors WHERE ${OF_SHOPPER} AND NOT EXISTS (
         SELECT 1 FROM impressions i WHERE i.channel = @channel AND i.user_id = @userId
         AND i.search_id = search_vectors.search_id)`,
    ),
    capImpressions: db.prepare(
      `DELETE FROM impressions WHERE ${OF_SHOPPER} AND (search_id, position) IN
       (SELECT search_id, position FROM impressions WHERE ${OF_SHOPPER}
        ORDER BY at DESC, search_id, position LIMIT -1 OFFSET @most)`,
    ),
    place: db.prepare<[ShopperId & { productId: string; at: number }], ImpressionRow>(
      `SELECT * FROM impressions WHERE ${OF_SHOPPER} AND product_id = @productId AND at <= @at ORDER BY at DESC LIMIT 1`,
    ),
    click: db.prepare(
      `UPDATE impressions SET clicked = @kind, clicked_at = @at
       WHERE ${OF_SHOPPER} AND search_id = @searchId AND position = @position`,
    ),
    impressions: db.prepare<[ShopperId], ImpressionRow>(
      `SELECT * FROM impressions WHERE ${OF_SHOPPER} ORDER BY at DESC, search_id, position`,
    ),
    erase: ['profile_events', 'impressions', 'search_vectors', 'profiles'].map((table) =>
      db.prepare<[ShopperId]>(`DELETE FROM ${table} WHERE ${OF_SHOPPER}`),
    ),
    expire: [
      'DELETE FROM profile_events WHERE at < @before',
      'DELETE FROM impressions WHERE at < @before',
      'DELETE FROM search_vectors WHERE at < @before',
      `DELETE FROM profiles WHERE consented_at < @before
       AND NOT EXISTS (SELECT 1 FROM profile_events e WHERE e.channel = profiles.channel AND e.user_id = profiles.user_id)
       AND NOT EXISTS (SELECT 1 FROM impressions i WHERE i.channel = profiles.channel AND i.user_id = profiles.user_id)
       AND NOT EXISTS (SELECT 1 FROM shopper_links l WHERE l.channel = profiles.channel AND l.user_id = profiles.user_id)`,
    ].map((sql) => db.prepare<[{ before: number }]>(sql)),
    shoppers: db.prepare<[], { count: number }>(`SELECT count(*) AS count FROM (${BUYERS})`),
    buyers: db.prepare<[{ group: string }], { count: number }>(
      `SELECT count(*) AS count FROM (${BUYERS} AND grp = @group)`,
    ),
    together: db.prepare<[{ group: string; least: number }], BoughtTogether>(
      `WITH together AS (
         SELECT e.grp, max(e.product_id) AS product_id, count(DISTINCT e.channel || char(0) || e.user_id) AS both
         FROM (${BUYERS} AND grp = @group) b
         JOIN profile_events e ON e.channel = b.channel AND e.user_id = b.user_id
         WHERE e.kind = 'purchase' AND e.grp <> @group GROUP BY e.grp HAVING both >= @least)
       SELECT product_id AS productId, both,
         (SELECT count(*) FROM (${BUYERS} AND grp = together.grp)) AS buyers
       FROM together ORDER BY both DESC, product_id`,
    ),
  };
}
