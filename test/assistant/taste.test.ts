import { liftBrands, mixKinds, oneOfGroup } from '../../src/assistant/mix';
import { favouriteBrands, tasteOf } from '../../src/assistant/taste';
import { NO_ATTRIBUTES, type ProfileEventKind } from '../../src/domain';
import { product } from '../support/data-dir';

const DAY = 24 * 3600 * 1000;
const NOW = Date.UTC(2026, 10, 27);
const vectors = new Map([
  ['x', Float32Array.of(1, 0)],
  ['y', Float32Array.of(0, 1)],
]);
const event = (productId: string, kind: ProfileEventKind, days = 0) => ({ productId, kind, at: NOW - days * DAY });

it.each([
  ['alike', [event('x', 'view'), event('y', 'view')], 1],
  ['a like twice a view', [event('x', 'like'), event('y', 'view')], 2],
  ['a purchase three times a view', [event('x', 'purchase'), event('y', 'view')], 3],
  ['a purchase of four weeks ago less than a view', [event('x', 'view'), event('y', 'purchase', 28)], 4 / 3],
  ['old events like new ones where all are old', [event('x', 'like', 170), event('y', 'view', 170)], 2],
])('weighs %s', (_what, events, ratio) => {
  const taste = tasteOf(events, vectors) ?? new Float32Array(2);
  expect((taste[0] ?? 0) / (taste[1] ?? 0)).toBeCloseTo(ratio, 5);
  expect(Math.hypot(...taste)).toBeCloseTo(1, 6);
});

it('is none without events, without vectors, and where they cancel out', () => {
  expect(tasteOf([], vectors)).toBeUndefined();
  expect(tasteOf([event('unknown', 'like')], vectors)).toBeUndefined();
  const opposite = new Map([...vectors, ['z', Float32Array.of(-1, 0)] as const]);
  expect(tasteOf([event('x', 'view'), event('z', 'view')], opposite)).toBeUndefined();
  expect(tasteOf([event('unknown', 'purchase'), event('x', 'view')], vectors)).toEqual(Float32Array.of(1, 0));
});

const sold = [
  ...[1, 2, 3, 4].map((n) => product({ id: `a${n}`, title: 'A', brand: 'Aurora' })),
  ...[1, 2, 3, 4].map((n) => product({ id: `z${n}`, title: 'Z', brand: 'Zephyr', itemGroupId: n < 4 ? 'z' : 'z4' })),
  product({ id: 'n', title: 'N' }),
];
const views = (...names: string[]) => names.map((id) => event(id, 'view'));

it.each([
  ['nothing', [], {}],
  ['two items only', views('a1', 'a2'), {}],
  ['three items', views('a1', 'a2', 'a3'), { Aurora: 1 }],
  ['three variants of one item', views('z1', 'z2', 'z3'), {}],
  ['one item again and again', views('a1', 'a1', 'a1', 'a1'), {}],
  ['a few of many', views('a1', 'a2', 'a3', 'z1', 'z4', 'n'), { Aurora: 0.5 }],
  ['views beside a purchase of another', [...views('a1', 'a2', 'a3'), event('n', 'purchase')], { Aurora: 0.5 }],
  [
    'views beside many others',
    [...views('a1', 'a2', 'a3'), event('n', 'purchase'), event('z4', 'purchase'), event('z1', 'purchase')],
    { Aurora: 0.25 },
  ],
  [
    'old likes',
    [...views('n'), event('a1', 'view', 28), event('a2', 'view', 28), event('a3', 'view', 28)],
    { Aurora: 3 / 7 },
  ],
  ['what is no longer sold', views('a1', 'a2', 'gone'), {}],
])('tells liked brands from %s', (_what, events, expected) => {
  const found = Object.fromEntries(favouriteBrands(events, sold));
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, share] of Object.entries(expected)) expect(found[name]).toBeCloseTo(share, 10);
});

it('lifts liked brands in a list, and leaves it as it is without', () => {
  const list = Array.from({ length: 60 }, (_, i) => ({
    i,
    attributes: { ...NO_ATTRIBUTES, brands: [i === 50 ? 'Aurora' : 'Other'] },
  }));
  const place = (brands: ReadonlyMap<string, number> | undefined) =>
    liftBrands(list, brands).findIndex(({ i }) => i === 50);
  expect([
    place(undefined),
    place(new Map()),
    place(new Map([['Aurora', 0.5]])),
    place(new Map([['Aurora', 1]])),
  ]).toEqual([50, 50, 31, 11]);
});

const items = (kinds: string) =>
  [...kinds].map((kind, i) => ({
    id: `${kind}${i}`,
    group: `${kind}${i % 5}`,
    attributes: { ...NO_ATTRIBUTES, kinds: kind === '?' ? [] : [kind] },
  }));
const mixed = (kinds: string) =>
  mixKinds(items(kinds), { page: 4, most: 2 })
    .map(({ id }) => id[0])
    .join('');

it.each([
  ['aaaabb', 'aabbaa'],
  ['aaaaabcde', 'aabcaade' + 'a'],
  // Nothing else is left.
  ['aaaaa', 'aaaaa'],
  ['????', '????'],
  ['', ''],
])('mixes the kinds of %s', (kinds, expected) => {
  expect(mixed(kinds)).toBe(expected);
});

it('keeps the first of an item', () => {
  expect(
    oneOfGroup([
      { group: 'a', n: 1 },
      { group: 'b', n: 2 },
      { group: 'a', n: 3 },
    ]).map(({ n }) => n),
  ).toEqual([1, 2]);
});
