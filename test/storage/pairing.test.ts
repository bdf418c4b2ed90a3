import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergedLines, type ShopperId } from '../../src/domain';
import { type Stores, storesOf } from './support/kept';

const DAY = 24 * 3600 * 1000;
const START = Date.UTC(2026, 10, 27);
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((userId) => ({ channel: 'test', userId })) as [
  ShopperId,
  ShopperId,
  ShopperId,
  ShopperId,
];
let now = START;
let dir: string;
let stores: Stores;
beforeEach(() => {
  now = START;
  dir = mkdtempSync(join(tmpdir(), 'vitrine-pairing-'));
  stores = storesOf(dir, () => now);
  for (const shopper of [a, b, c, d]) stores.profiles.giveConsent(shopper);
});
afterEach(() => {
  stores.db.close();
  rmSync(dir, { recursive: true, force: true });
});

let codes = 0;
function link(shower: ShopperId, joiner: ShopperId): boolean {
  codes += 1;
  const digest = String(codes).padStart(64, '0');
  stores.pairing.keepCode({ digest, shopper: shower, conversation: 'c', until: now + 1 });
  const merged = mergedLines(stores.baskets.lines(shower), stores.baskets.lines(joiner), () => undefined);
  return stores.pairing.join(digest, joiner, merged);
}
const put = (shopper: ShopperId, productId: string, quantity = 1) =>
  stores.baskets.set(shopper, [{ productId, quantity }]);
const basket = (shopper: ShopperId) => stores.baskets.lines(shopper).map(({ productId }) => productId);
const record = (shopper: ShopperId, productId: string, kind: 'like' | 'view') =>
  stores.profiles.record(shopper, { productId, kind, at: now });
const events = (shopper: ShopperId) =>
  stores.profiles.events(shopper).map(({ productId, kind }) => `${kind} ${productId}`);

it('joins all devices of both sides, whichever of them showed the code', () => {
  put(a, 'x');
  put(c, 'y');
  expect([link(a, b), link(c, d), link(b, c)]).toEqual([true, true, true]);
  for (const each of [a, b, c, d]) expect(basket(each)).toEqual(['x', 'y']);
  expect(stores.pairing.sharing(d)).toEqual([a, b, c, d]);
  expect(link(a, d)).toBe(false);
});

it('shares likes, and nothing else of a profile', () => {
  record(a, 'before', 'like');
  record(a, 'seen', 'view');
  link(a, b);
  record(b, 'after', 'like');
  expect(events(b).sort()).toEqual(['like after', 'like before']);
  expect(events(a).sort()).toEqual(['like after', 'like before', 'view seen']);
  stores.profiles.unlike(b, 'before');
  expect(events(a).sort()).toEqual(['like after', 'view seen']);
});

it('gives each a copy when they part', () => {
  put(a, 'x', 3);
  record(a, 'x', 'like');
  link(a, b);
  stores.pairing.unlink(b);
  stores.baskets.empty(a);
  expect(stores.baskets.lines(b)).toEqual([{ productId: 'x', quantity: 3 }]);
  expect([events(a), events(b)]).toEqual([['like x'], ['like x']]);
  expect(stores.db.prepare("SELECT count(*) FROM basket_lines WHERE channel = 'shared'").pluck().get()).toBe(0);
});

it('parts those of whom one was not here for 180 days, and keeps the consent of who was', () => {
  link(a, b);
  put(a, 'x');
  now += 100 * DAY;
  stores.pairing.visited(a);
  now += 81 * DAY;
  stores.profiles.expire();
  expect([a, b].map((each) => stores.profiles.hasConsent(each))).toEqual([true, true]);
  stores.pairing.expire();
  expect(stores.pairing.sharing(a)).toEqual([a]);
  expect([basket(a), basket(b)]).toEqual([['x'], ['x']]);
});

it('a code holds until its time is over, and is known as expired for a day', () => {
  stores.pairing.keepCode({ digest: 'e'.repeat(64), shopper: a, conversation: 'c', until: now + 10 });
  now += 10;
  expect(stores.pairing.join('e'.repeat(64), b, [])).toBe(false);
  stores.pairing.expire();
  expect(stores.pairing.codes()).toHaveLength(1);
  now += DAY + 1;
  stores.pairing.expire();
  expect(stores.pairing.codes()).toEqual([]);
});

it('an export of one names who they share with, and tells nothing of that one’s own', () => {
  record(b, 'seen-by-b', 'view');
  link(a, b);
  put(b, 'shared-x');
  const [scope] = stores.privacy.find({ userId: 'a' });
  if (!scope) throw new Error('nobody is found');
  const { data, ...rest } = stores.privacy.read(scope);
  expect(rest).toEqual({ shopper: a, conversations: [], shared: [] });
  expect(data.shopper_links?.map(({ user_id }) => user_id)).toEqual(['a', 'b']);
  expect(data.basket_lines).toHaveLength(1);
  expect(JSON.stringify(data)).not.toContain('seen-by-b');
});

it.each([
  [[['x', 2]], [['x', 3]], [['x', 3]]],
  [[['x', 9]], [['x', 3]], [['x', 5]]],
  [
    [['x', 1]],
    [['gone', 4]],
    [
      ['x', 1],
      ['gone', 1],
    ],
  ],
  [[['free', 120]], [], [['free', 99]]],
] as const)('%j and %j are %j', (one, other, both) => {
  const lines = (list: readonly (readonly [string, number])[]) =>
    list.map(([productId, quantity]) => ({ productId, quantity }));
  const stock: Readonly<Record<string, number>> = { x: 5, gone: 0 };
  expect(mergedLines(lines(one), lines(other), (id) => stock[id])).toEqual(lines(both));
});

it('holds no more products than a basket does', () => {
  const lines = (name: string) => Array.from({ length: 40 }, (_, at) => ({ productId: `${name}${at}`, quantity: 1 }));
  expect(mergedLines(lines('a'), lines('b'), () => undefined)).toHaveLength(50);
});
