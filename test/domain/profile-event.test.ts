import { readMerchantEvent } from '../../src/domain';

const NOW = Date.UTC(2026, 10, 27, 12);
const sent = { userId: 'u1', productId: 'p1', kind: 'purchase' };
const read = (fields: object) => readMerchantEvent({ ...sent, ...fields }, NOW);

it.each([
  [{}, NOW],
  [{ at: '2026-11-27T11:00:00Z' }, NOW - 3_600_000],
  [{ at: '2026-11-27T12:00+01:00' }, NOW - 3_600_000],
  [{ at: NOW - 5 }, NOW - 5],
  // A clock that is a little ahead.
  [{ at: NOW + 60_000 }, NOW],
])('takes %j', (fields, at) => {
  expect(read(fields)).toEqual({
    shopper: { channel: 'directline', userId: 'u1' },
    event: { productId: 'p1', kind: 'purchase', at },
  });
});

it('takes a channel', () => {
  expect(read({ channel: 'msteams' })).toMatchObject({ shopper: { channel: 'msteams' } });
});

it.each([
  [{ userId: '' }, 'userId'],
  [{ userId: 7 }, 'userId'],
  [{ userId: 'x'.repeat(201) }, 'userId'],
  [{ productId: undefined }, 'productId'],
  [{ channel: null }, 'channel'],
  [{ kind: 'returned' }, 'kind must be one of view, like, purchase'],
  [{ kind: ['view'] }, 'kind'],
  [{ at: 'yesterday' }, 'at must be'],
  [{ at: '2026-11-27' }, 'at must be'],
  [{ at: '2026-11-27T11:00:00' }, 'at must be'],
  [{ at: '2026-13-27T11:00:00Z' }, 'at must be'],
  [{ at: -1 }, 'at must be'],
  [{ at: Number.NaN }, 'at must be'],
  [{ at: NOW + 3_600_000 }, 'future'],
  [{ price: 3 }, 'there is no field "price"'],
])('names what is wrong with %j', (fields, problem) => {
  expect(read(fields)).toEqual({ problem: expect.stringContaining(problem) });
});

it.each([null, undefined, 'x', [sent], 3])('takes no %j', (value) => {
  expect(readMerchantEvent(value, NOW)).toEqual({ problem: 'not a JSON object' });
});
