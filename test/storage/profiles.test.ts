import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_PROFILE_EVENTS, PROFILE_DAYS, type ShopperId } from '../../src/domain';
import { openDatabase, type Sqlite, SqliteBidStore, SqliteProductStore, SqliteProfileStore } from '../../src/storage';
import { product } from '../support/data-dir';

const DAY = 24 * 3600 * 1000;
const START = Date.UTC(2026, 10, 1);
const ann: ShopperId = { channel: 'test', userId: 'ann' };
const bob: ShopperId = { channel: 'test', userId: 'bob' };

let dir: string;
let db: Sqlite;
let now: number;
let profiles: SqliteProfileStore;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-profiles-'));
  db = openDatabase(dir);
  now = START;
  profiles = new SqliteProfileStore(db, () => now);
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Rows in all tables that say something of shoppers. */
const rows = () =>
  ['profiles', 'profile_events', 'impressions'].map(
    (table) => (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n,
  );

it('keeps nothing without consent, and of others only their own', () => {
  expect(profiles.record(ann, { productId: 'a', kind: 'like', at: now })).toBe(false);
  profiles.show(ann, { searchId: 's', before: 0, placements: [{ productId: 'a', sponsored: false }] });
  expect(rows()).toEqual([0, 0, 0]);
  profiles.giveConsent(ann);
  expect(profiles.record(ann, { productId: 'a', kind: 'like', at: now })).toBe(true);
  expect(profiles.record(bob, { productId: 'a', kind: 'like', at: now })).toBe(false);
  expect(profiles.record({ ...ann, channel: 'other' }, { productId: 'a', kind: 'like', at: now })).toBe(false);
  expect(profiles.events(ann)).toEqual([{ productId: 'a', kind: 'like', at: now }]);
  expect([profiles.hasConsent(ann), profiles.hasConsent(bob), profiles.events(bob)]).toEqual([true, false, []]);
});

it('keeps the same event once, the newest first, and takes likes back', () => {
  profiles.giveConsent(ann);
  for (const at of [now - 2, now - 1, now - 1]) profiles.record(ann, { productId: 'a', kind: 'like', at });
  profiles.record(ann, { productId: 'b', kind: 'purchase', at: now });
  expect(profiles.events(ann).map(({ productId, at }) => [productId, at - now])).toEqual([
    ['b', 0],
    ['a', -1],
    ['a', -2],
  ]);
  profiles.unlike(ann, 'a');
  expect(profiles.events(ann)).toEqual([{ productId: 'b', kind: 'purchase', at: now }]);
});

it('erases all of a shopper, consent included', () => {
  for (const shopper of [ann, bob]) {
    profiles.giveConsent(shopper);
    profiles.record(shopper, { productId: 'a', kind: 'view', at: now });
    profiles.show(shopper, { searchId: 's', before: 0, placements: [{ productId: 'a', sponsored: false }] });
  }
  profiles.erase(ann);
  expect([profiles.hasConsent(ann), profiles.events(ann), profiles.impressions(ann)]).toEqual([false, [], []]);
  expect(rows()).toEqual([1, 1, 1]);
});

it('forgets after 180 days, and keeps at most 500 events of a shopper', () => {
  profiles.giveConsent(ann);
  expect(profiles.record(ann, { productId: 'old', kind: 'view', at: now - PROFILE_DAYS * DAY - 1 })).toBe(false);
  for (let i = 0; i < MOST_PROFILE_EVENTS + 3; i++)
    profiles.record(ann, { productId: `p${i}`, kind: 'view', at: now + i });
  const kept = profiles.events(ann);
  expect([kept.length, kept[0]?.productId, kept.at(-1)?.productId]).toEqual([MOST_PROFILE_EVENTS, 'p502', 'p3']);
  profiles.show(ann, { searchId: 's', before: 0, placements: [{ productId: 'a', sponsored: false }] });
  now += PROFILE_DAYS * DAY + 10;
  // Not told any more, even before they are removed.
  expect(profiles.events(ann)).toHaveLength(493);
  profiles.expire();
  expect(rows()).toEqual([1, 493, 0]);
  now += 1_000;
  profiles.expire();
  expect(rows()).toEqual([0, 0, 0]);
});

it('notes the strongest click at the newest place where a product was shown', () => {
  profiles.giveConsent(ann);
  const placements = ['a', 'b', 'c'].map((productId) => ({ productId, sponsored: productId === 'b' }));
  profiles.show(ann, { searchId: 'first', before: 0, placements });
  now += 10;
  profiles.show(ann, { searchId: 'second', before: 6, placements });
  const click = (kind: 'view' | 'like' | 'purchase', productId = 'b', at = now) =>
    profiles.record(ann, { productId, kind, at });
  click('like');
  click('view');
  click('purchase', 'a', START + 5);
  click('view', 'nowhere');
  const clicked = profiles.impressions(ann).filter((place) => place.clicked);
  expect(clicked).toEqual([
    { searchId: 'second', position: 8, productId: 'b', sponsored: true, at: now, clicked: 'like' },
    { searchId: 'first', position: 1, productId: 'a', sponsored: false, at: START, clicked: 'purchase' },
  ]);
});

it('counts what is bought together by item, each shopper once', () => {
  const products = new SqliteProductStore(db);
  products.upsert([
    ...['S', 'L'].map((size) => product({ id: `shirt-${size}`, title: 'Shirt', itemGroupId: 'shirt' })),
    product({ id: 'tie', title: 'Tie' }),
    product({ id: 'mug', title: 'Mug' }),
  ]);
  const bought = (name: string, ids: readonly string[]) => {
    const shopper = { channel: 'test', userId: name };
    profiles.giveConsent(shopper);
    ids.forEach((productId, i) => void profiles.record(shopper, { productId, kind: 'purchase', at: now + i }));
  };
  bought('1', ['shirt-S', 'shirt-L', 'tie', 'tie']);
  bought('2', ['shirt-L', 'tie']);
  bought('3', ['shirt-S', 'tie', 'mug']);
  bought('4', ['tie', 'mug']);
  profiles.record({ channel: 'test', userId: '4' }, { productId: 'shirt-S', kind: 'like', at: now });
  expect(profiles.boughtTogether('shirt', 3)).toEqual({
    shoppers: 4,
    buyers: 3,
    others: [{ productId: 'tie', both: 3, buyers: 4 }],
  });
  expect(profiles.boughtTogether('unknown', 3)).toEqual({ shoppers: 4, buyers: 0, others: [] });
});

it('keeps bids by product until they are taken away', () => {
  const bids = new SqliteBidStore(db);
  const bid = (productId: string, minor: number) => ({ productId, amount: { minor, currency: 'EUR' } });
  bids.set([bid('a', 10), bid('b', 20)]);
  bids.set([bid('a', 30), bid('b', 0)]);
  expect([bids.of(['b', 'a', "'"]), bids.count()]).toEqual([[bid('a', 30)], 1]);
});
