import { checkoutUrl, isCheckoutTemplate, totalsOf } from '../../src/domain';
import { product } from '../support/data-dir';

const item = (id: string, quantity: number, minor = 100, currency = 'EUR') => ({
  product: product({ id, title: id, price: { minor, currency } }),
  quantity,
});

it.each([
  ['https://s.example/cart?items={id}:{quantity},…', 'https://s.example/cart?items=a%26b:2,c:1'],
  ['https://s.example/cart/{id}:{quantity},…?ref=chat', 'https://s.example/cart/a%26b:2,c:1?ref=chat'],
  ['https://s.example/buy/{id}', 'https://s.example/buy/a%26b'],
])('%s leads to %s', (template, address) => {
  expect(isCheckoutTemplate(template)).toBe(true);
  expect(checkoutUrl(template, [item('a&b', 2), item('c', 1)])).toBe(address);
});

it.each(['javascript:alert({id})', 'https://s.example/cart', '/cart?{id}', ''])(
  '%j is no check-out address',
  (template) => {
    expect(isCheckoutTemplate(template)).toBe(false);
  },
);

it('sums what is paid now, in each currency', () => {
  const reduced = {
    ...item('r', 2),
    product: product({
      id: 'r',
      title: 'r',
      price: { minor: 900, currency: 'EUR' },
      salePrice: { minor: 500, currency: 'EUR' },
    }),
  };
  expect(totalsOf([reduced, item('b', 1), item('c', 3, 10, 'USD')])).toEqual([
    { minor: 1100, currency: 'EUR' },
    { minor: 30, currency: 'USD' },
  ]);
});
