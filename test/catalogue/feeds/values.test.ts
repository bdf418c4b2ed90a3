import { languageTag, textsKey } from '../../../src/catalogue/feeds/languages';
import { parsePrice } from '../../../src/catalogue/feeds/prices';
import * as values from '../../../src/catalogue/feeds/values';

describe('parsePrice', () => {
  test.each([
    ['15.00 USD', 'EUR', 1500, 'USD'],
    ['USD 15.00', 'EUR', 1500, 'USD'],
    ['15,00 EUR', 'EUR', 1500, 'EUR'],
    ['1.299,00 €', 'USD', 129900, 'EUR'],
    ['1,299.95usd', 'EUR', 129995, 'USD'],
    ['15', 'GBP', 1500, 'GBP'],
    ['0.00 EUR', 'EUR', 0, 'EUR'],
    ['$15.99', 'EUR', 1599, 'USD'],
    ['$15.99', 'CAD', 1599, 'CAD'],
    ['£9.5', 'EUR', 950, 'GBP'],
    ['¥1,500', 'EUR', 1500, 'JPY'],
    ['¥99.50', 'CNY', 9950, 'CNY'],
    ['R$ 10,00', 'EUR', 1000, 'BRL'],
    ['1.500 KWD', 'EUR', 1500, 'KWD'],
    ['4503599627370.49 EUR', 'EUR', 450359962737049, 'EUR'],
  ])('%s with %s', (text, fallback, minor, currency) => {
    expect(parsePrice(text, fallback)).toEqual({ minor, currency });
  });

  test.each([
    ['-15.00 EUR', 'a price cannot be negative: "-15.00 EUR"'],
    ['USD -1', 'a price cannot be negative: "USD -1"'],
    ['cheap', 'not a price: "cheap"'],
    ['15.00 XQX', 'unknown currency: "15.00 XQX"'],
    ['EUR 15.00 USD', 'not a price: "EUR 15.00 USD"'],
    ['15.999 EUR USD', 'not a price: "15.999 EUR USD"'],
    ['15.1234 EUR', 'not an amount of EUR: "15.1234 EUR"'],
    ['99999999999999999 EUR', 'not an amount of EUR: "99999999999999999 EUR"'],
    ['1e9 EUR', 'not a price: "1e9 EUR"'],
    ['__proto__', 'not a price: "__proto__"'],
    [`${' '.repeat(9)}1${' '.repeat(50_000)}x`, expect.stringContaining('not a price')],
  ])('refuses %s', (text, reason) => {
    expect(parsePrice(text, 'EUR')).toEqual({ reason });
  });
});

test.each([
  ['in stock', 'in_stock'],
  ['In_Stock', 'in_stock'],
  ['https://schema.org/InStock', 'in_stock'],
  ['http://schema.org/LimitedAvailability', 'in_stock'],
  ['out of stock', 'out_of_stock'],
  ['SoldOut', 'out_of_stock'],
  ['https://schema.org/Discontinued', 'out_of_stock'],
  ['pre-order', 'preorder'],
  ['https://schema.org/PreOrder', 'preorder'],
  ['BackOrder', 'backorder'],
  ['maybe', undefined],
  ['constructor', undefined],
])('availability %s', (text, availability) => {
  expect(values.parseAvailability(text)).toBe(availability);
});

test.each([
  ['4006381333931', '4006381333931'],
  ['4006381333932', undefined],
  ['0-36000-29145-2', '036000291452'],
  ['96385074', '96385074'],
  ['4.00638E+12', undefined],
  ['123', undefined],
])('gtin %s', (text, gtin) => {
  expect(values.parseGtin(text)).toBe(gtin);
});

test.each([
  ['https://shop.example/a b?x=1', 'https://shop.example/a%20b?x=1'],
  ['http://müller.example/ü', 'http://xn--mller-kva.example/%C3%BC'],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['ftp://shop.example/a', undefined],
  ['//shop.example/a', undefined],
  ['https://user:secret@shop.example/', undefined],
  ['http://', undefined],
])('link %s', (text, link) => {
  expect(values.parseLink(text)).toBe(link);
});

test.each([
  ['images/red shoe.jpg', 'images/red shoe.jpg'],
  ['https://a.example/1.jpg', 'https://a.example/1.jpg'],
  ['../secret.jpg', undefined],
  ['a/../../secret.jpg', undefined],
  ['/etc/passwd', undefined],
  ['C:\\x.jpg', undefined],
  ['..\\x.jpg', undefined],
  ['file:///etc/passwd', undefined],
  ['a\u0000.jpg', undefined],
])('image %s', (text, link) => {
  expect(values.parseImageLink(text)).toBe(link);
});

test.each([
  ['0', 0],
  ['12.0', 12],
  ['-1', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
])('count %s', (text, count) => {
  expect(values.parseCount(text)).toBe(count);
});

test.each([
  ['4,5', 0, 4.5],
  ['0', 0, 0],
  ['0', 1, undefined],
  ['5.1', 0, undefined],
  ['NaN', 0, undefined],
] as const)('rating %s from %d', (text, least, rating) => {
  expect(values.parseRating(text, least)).toBe(rating);
});

test('languages are canonical tags; texts are keyed by the language that Vitrine speaks', () => {
  expect([languageTag('ZH_hans'), languageTag('English'), languageTag('__proto__')]).toEqual([
    'zh-Hans',
    undefined,
    undefined,
  ]);
  expect([textsKey('zh-Hans-CN'), textsKey('nl_BE'), textsKey('x')]).toEqual(['zh', 'nl-BE', undefined]);
});
