import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_PROFILE_EVENTS, PROFILE_DAYS, type ShopperId } from '../../src/domain';
import {
  openDatabase,
  type Sqlite,
  SqliteBidStore,
  SqliteProductStore,
  SqliteProfileStore,
  SqliteSearchLog,
} from '../../src/storage';
import { product } from '../support/data-dir';

const DAY = 24 * 3600 * 1000;
const START = Date.UTC(2026, 10, 1);
const ann: ShopperId = { channel: 'test', userId: 'ann' };
const bob: ShopperId = { channel: 'test', userId: 'bob' };

let dir: string;
let db: Sqlite;
let now: number;
let profiles: SqliteProfileStore;
let log: SqliteSearchLog;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-profiles-'));
  db = openDatabase(dir);
  now = START;
  profiles = new SqliteProfileStore(db, () => now);
  log = new SqliteSearchLog(db, () => now);
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A page of a search for what two vectors say. */
function show(shopper: ShopperId, searchId: string, ids: readonly string[], before = 0): void {
  const placements = ids.map((productId, i) => ({ productId, sponsored: productId === 'paid', score: 1 - i / 8 }));
  const made = { encoder: 'words@1', space: 'test' };
  const query = {
    words: { ...made, vector: Float32Array.of(0.6, -0.8) },
    photo: { ...made, encoder: 'photos@1', vector: Float32Array.of(1, 0) },
  };
  profiles.show(shopper, { searchId, before, placements, query });
}

/** Rows in all tables that say something of shoppers. */
const rows = () =>
  ['profiles', 'profile_events', 'impressions', 'search_vectors'].map(
    (table) => (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n,
  );

it('keeps nothing without consent, and of others only their own', () => {
  expect(profiles.record(ann, { productId: 'a', kind: 'like', at: now })).toBe(false);
  show(ann, 's', ['a']);
  expect(rows()).toEqual([0, 0, 0, 0]);
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
    show(shopper, 's', ['a']);
  }
  profiles.erase(ann);
  expect([profiles.hasConsent(ann), profiles.events(ann), profiles.impressions(ann)]).toEqual([false, [], []]);
  expect(rows()).toEqual([1, 1, 1, 2]);
});

it('forgets after 180 days, and keeps at most 500 events of a shopper', () => {
  profiles.giveConsent(ann);
  expect(profiles.record(ann, { productId: 'old', kind: 'view', at: now - PROFILE_DAYS * DAY - 1 })).toBe(false);
  for (let i = 0; i < MOST_PROFILE_EVENTS + 3; i++)
    profiles.record(ann, { productId: `p${i}`, kind: 'view', at: now + i });
  const kept = profiles.events(ann);
  expect([kept.length, kept[0]?.productId, kept.at(-1)?.productId]).toEqual([MOST_PROFILE_EVENTS, 'p502', 'p3']);
  show(ann, 's', ['a']);
  now += PROFILE_DAYS * DAY + 10;
  // Not told any more, even before they are removed.
  expect(profiles.events(ann)).toHaveLength(493);
  expect([...log.searches(9)]).toEqual([]);
  expect(rows()).toEqual([1, 500, 1, 2]);
  profiles.expire();
  expect(rows()).toEqual([1, 493, 0, 0]);
  now += 1_000;
  profiles.expire();
  expect(rows()).toEqual([0, 0, 0, 0]);
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

describe('what was searched', () => {
  it('is read with what each page showed and what was clicked, of nobody by name', () => {
    for (const shopper of [ann, bob]) profiles.giveConsent(shopper);
    show(bob, 'other', ['a']);
    now += 10;
    show(ann, 's', ['paid', 'a', 'b']);
    now += 10;
    show(ann, 's', ['c'], 3);
    profiles.record(ann, { productId: 'b', kind: 'like', at: now });
    profiles.record(ann, { productId: 'c', kind: 'purchase', at: now });
    const [own, others] = [...log.searches(5)];
    expect(own?.places).toEqual([
      { productId: 'paid', sponsored: true, place: 1, score: 1 },
      { productId: 'a', sponsored: false, place: 2, score: 0.875 },
      { productId: 'b', sponsored: false, place: 3, score: 0.75, clicked: 'like' },
      { productId: 'c', sponsored: false, place: 1, score: 1, clicked: 'purchase' },
    ]);
    const { words, photo } = own?.query ?? {};
    expect([words?.encoder, photo?.encoder, words?.space]).toEqual(['words@1', 'photos@1', 'test']);
    expect(words?.vector[0]).toBeCloseTo(0.6, 2);
    expect(words?.vector[1]).toBeCloseTo(-0.8, 2);
    expect(Math.hypot(...(words?.vector ?? []))).toBeCloseTo(1, 6);
    expect(own?.shopper).not.toBe(others?.shopper);
    expect(JSON.stringify([own, others])).not.toMatch(/ann|bob/);
    profiles.unlike(ann, 'b');
    expect([...log.searches(5)][0]?.places[2]?.clicked).toBe('view');
  });

  it('is as much as the caps let be: the newest of each shopper, and no vectors of what is no longer kept', () => {
    for (const shopper of [ann, bob]) profiles.giveConsent(shopper);
    const ids = Array.from({ length: 250 }, (_, i) => `p${i}`);
    for (let i = 0; i < 9; i++) {
      show(ann, `s${i}`, ids);
      now += 1;
    }
    show(bob, 's', ['a']);
    expect([...log.searches(3)].map(({ at }) => at - START)).toEqual([8, 7, 6, 9]);
    // 2,000 places are eight searches.
    expect([...log.searches(100)]).toHaveLength(9);
    expect(db.prepare('SELECT count(*) FROM search_vectors').pluck().get()).toBe(18);
  });

  it('keeps no vector that says nothing, and takes a byte a number', () => {
    profiles.giveConsent(ann);
    const made = { encoder: 'words@1', space: 'test' };
    const vector = Float32Array.from({ length: 256 }, (_, i) => Math.sin(i * i));
    const length = Math.hypot(...vector);
    const query = {
      words: { ...made, vector: vector.map((value) => value / length) },
      photo: { ...made, vector: new Float32Array(256) },
      voice: { ...made, vector: new Float32Array(256).fill(Number.NaN) },
    };
    profiles.show(ann, { searchId: 's', before: 0, placements: [{ productId: 'a', sponsored: false }], query });
    const [found] = [...log.searches(1)];
    expect(Object.keys(found?.query ?? {})).toEqual(['words']);
    const cosine = vector.reduce((sum, value, i) => sum + (value / length) * (found?.query.words?.vector[i] ?? 0), 0);
    expect(cosine).toBeGreaterThan(0.999);
    expect(db.prepare('SELECT length(vector) FROM search_vectors').pluck().get()).toBe(256);
  });
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
