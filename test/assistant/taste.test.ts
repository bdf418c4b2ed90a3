import { mixKinds, oneOfGroup } from '../../src/assistant/mix';
import { tasteOf } from '../../src/assistant/taste';
import { NO_ATTRIBUTES, type ProfileEventKind } from '../../src/domain';

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
