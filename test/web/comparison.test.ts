import { basketIn, comparisonOf } from '../../src/web/chat/comparison';

const TABLE = {
  caption: 'Comparison',
  columns: ['A', 'B'],
  rows: [
    { label: 'price', cells: ['1', '2'], differs: true },
    { label: 'brand', cells: ['x', 'x'], differs: false },
  ],
  differs: 'differs',
};

it('reads a comparison as the server sends it', () => {
  expect(comparisonOf({ type: 'AdaptiveCard', table: TABLE })).toEqual(TABLE);
});

it.each([
  [undefined],
  [{}],
  [{ table: 7 }],
  [{ table: { ...TABLE, columns: [] } }],
  [{ table: { ...TABLE, columns: ['A', 7] } }],
  [{ table: { ...TABLE, rows: [{ label: 'price', cells: ['1'], differs: true }] } }],
  [{ table: { ...TABLE, caption: undefined } }],
])('finds no comparison in %j', (content) => {
  expect(comparisonOf(content)).toBeUndefined();
});

it('knows how many pieces the basket holds, as the server last said', () => {
  const told = (count: unknown, role = 'bot') => ({ from: { role }, channelData: { vitrine: { basket: { count } } } });
  expect(basketIn([])).toBeUndefined();
  expect(basketIn([told(2), {}, told(5)])).toBe(5);
  expect(basketIn([told(2), told(0)])).toBe(0);
  expect(basketIn([told(2), told(9, 'user'), told('7'), told(-1)])).toBe(2);
});
