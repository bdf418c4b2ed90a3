import { jsonl, onlyProduct, onlyRow, rowsOf } from './support';

const HAT = { '@type': 'Product', sku: '1', name: 'Hat' };

test('reads every property', async () => {
  const node = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    sku: 'A-1',
    name: 'Down jacket',
    description: '<p>Warm</p>',
    inLanguage: 'en',
    url: 'https://shop.example/1',
    image: ['https://shop.example/1.jpg', { '@type': 'ImageObject', contentUrl: 'https://shop.example/2.jpg' }],
    brand: { '@type': 'Brand', name: 'Nordwand' },
    gtin13: '4006381333931',
    category: 'Apparel > Jackets',
    color: 'black',
    size: { '@type': 'QuantitativeValue', name: 'M' },
    material: 'nylon',
    pattern: 'plain',
    audience: { suggestedGender: 'https://schema.org/Female', suggestedAge: { minValue: 13 } },
    isVariantOf: { '@type': 'ProductGroup', productGroupID: 'A' },
    offers: {
      '@type': 'Offer',
      price: 99.9,
      priceCurrency: 'EUR',
      availability: 'https://schema.org/InStock',
      itemCondition: 'https://schema.org/NewCondition',
      inventoryLevel: { value: 0 },
    },
    aggregateRating: { ratingValue: '9', bestRating: 10, reviewCount: 7 },
    review: [{ reviewBody: 'Great', reviewRating: { ratingValue: 5 }, inLanguage: 'en' }, { reviewBody: '' }],
  };
  expect(await onlyRow(jsonl(node))).toEqual({
    row: 1,
    errors: [],
    warnings: [],
    product: {
      id: 'A-1',
      title: 'Down jacket',
      description: 'Warm',
      language: 'en',
      link: 'https://shop.example/1',
      imageLink: 'https://shop.example/1.jpg',
      additionalImageLinks: ['https://shop.example/2.jpg'],
      brand: 'Nordwand',
      gtin: '4006381333931',
      productType: 'Apparel > Jackets',
      color: 'black',
      size: 'M',
      material: 'nylon',
      pattern: 'plain',
      gender: 'female',
      ageGroup: 'adult',
      itemGroupId: 'A',
      price: { minor: 9990, currency: 'EUR' },
      availability: 'in_stock',
      condition: 'new',
      quantity: 0,
      rating: 4.5,
      reviewCount: 7,
      reviews: [{ text: 'Great', rating: 5, language: 'en' }],
      texts: {},
    },
  });
});

test.each([
  ['an array of offers', [{ availability: 'InStock' }, { price: '15.00', priceCurrency: 'USD' }], 1500, 'USD'],
  ['AggregateOffer', { '@type': 'AggregateOffer', lowPrice: 15, highPrice: 20, priceCurrency: 'USD' }, 1500, 'USD'],
  [
    'offers in an AggregateOffer',
    { '@type': 'AggregateOffer', offers: [{ price: 15, priceCurrency: 'USD' }] },
    1500,
    'USD',
  ],
  ['priceSpecification', { priceSpecification: { price: 15, priceCurrency: 'USD' } }, 1500, 'USD'],
  ['no currency', { price: '15.00' }, 1500, 'EUR'],
  ['three decimals that are decimals', { price: 1.125, priceCurrency: 'KWD' }, 1125, 'KWD'],
  ['zero', { price: 0, priceCurrency: 'USD' }, 0, 'USD'],
])('price: %s', async (_name, offers, minor, currency) => {
  expect((await onlyProduct(jsonl({ ...HAT, offers }))).price).toEqual({ minor, currency });
});

test('a list price makes the price a sale price', async () => {
  const priceSpecification = [{ priceType: 'https://schema.org/ListPrice', price: 20, priceCurrency: 'USD' }];
  const product = await onlyProduct(jsonl({ ...HAT, offers: { price: 15, priceCurrency: 'USD', priceSpecification } }));
  expect([product.price?.minor, product.salePrice?.minor]).toEqual([2000, 1500]);
});

test.each([
  ['a number that is no amount', { price: 12.345, priceCurrency: 'EUR' }, 'not an amount of EUR: "12.3450 EUR"'],
  ['a huge number', { price: 1e30, priceCurrency: 'EUR' }, 'not a price: "1e+30 EUR"'],
  ['a negative number', { price: -1, priceCurrency: 'EUR' }, 'a price cannot be negative: "-1 EUR"'],
  ['a foolish currency', { price: 1, priceCurrency: '__proto__' }, 'not a price: "1 __proto__"'],
])('price: %s is dropped', async (_name, offers, reason) => {
  const { product, warnings } = await onlyRow(jsonl({ ...HAT, offers }));
  expect(product?.price).toBeUndefined();
  expect(warnings[0]).toEqual({ field: 'price', reason });
});

test.each([
  ['sku', { sku: 7, productID: 'p', '@id': 'i' }, '7'],
  ['productID', { sku: undefined, productID: 'p', '@id': 'i' }, 'p'],
  ['@id', { sku: undefined, '@id': 'https://shop.example/#1' }, 'https://shop.example/#1'],
])('id from %s', async (_name, ids, id) => {
  expect((await onlyProduct(jsonl({ ...HAT, ...ids }))).id).toBe(id);
});

test('a gtin alone is no id', async () => {
  expect((await onlyRow(jsonl({ '@type': 'Product', name: 'Hat', gtin: '4006381333931' }))).errors).toEqual([
    { field: 'id', reason: 'missing' },
  ]);
});

test('names and descriptions in several languages', async () => {
  const name = [
    { '@language': 'en', '@value': 'Hat' },
    { '@language': 'zh-CN', '@value': '帽子' },
  ];
  const description = [
    { '@language': 'zh-CN', '@value': '保暖' },
    { '@language': 'en', '@value': 'Warm' },
  ];
  expect(await onlyProduct(jsonl({ ...HAT, name, description }))).toMatchObject({
    title: 'Hat',
    description: 'Warm',
    language: 'en',
    texts: { zh: { title: '帽子', description: '保暖' } },
  });
});

test('a group becomes its variants, which inherit', async () => {
  const group = {
    '@type': 'ProductGroup',
    productGroupID: 'G',
    sku: 'never',
    name: 'Shirt',
    description: 'Cotton',
    brand: 'B',
    image: 'https://a.example/g.jpg',
    aggregateRating: { ratingValue: 4 },
    review: [{ reviewBody: 'Nice' }],
    hasVariant: [
      { '@type': 'Product', sku: 'S', size: 'S', offers: { price: 1, priceCurrency: 'EUR' } },
      { '@type': 'Product', sku: 'L', size: 'L', name: 'Shirt L', image: 'https://a.example/l.jpg' },
      { '@type': 'Product', size: 'XL' },
    ],
  };
  const rows = await rowsOf(jsonl(HAT, group));
  expect(rows.map(({ row, errors }) => [row, errors.length])).toEqual([
    [1, 0],
    [2, 0],
    [2, 0],
    [2, 1],
  ]);
  const common = { description: 'Cotton', brand: 'B', itemGroupId: 'G', rating: 4, reviews: [{ text: 'Nice' }] };
  expect(rows[1]?.product).toMatchObject({
    ...common,
    id: 'S',
    title: 'Shirt',
    size: 'S',
    imageLink: 'https://a.example/g.jpg',
    price: { minor: 100, currency: 'EUR' },
  });
  expect(rows[2]?.product).toMatchObject({
    ...common,
    id: 'L',
    title: 'Shirt L',
    size: 'L',
    imageLink: 'https://a.example/l.jpg',
  });
});

test('bad lines are error rows and reading goes on', async () => {
  const rows = await rowsOf(
    jsonl(HAT, '{"sku":', '[1,2]', 'null', '', { '@type': 'Organization', name: 'x', sku: 'y' }, { ...HAT, sku: '2' }),
  );
  expect(rows.map(({ row, product, errors }) => [row, product?.id, errors[0]?.reason])).toEqual([
    [1, '1', undefined],
    [2, undefined, 'not JSON: "{\\"sku\\":"'],
    [3, undefined, 'not a JSON object: "[1,2]"'],
    [4, undefined, 'not a JSON object: "null"'],
    [6, undefined, 'not a Product: "Organization"'],
    [7, '2', undefined],
  ]);
});

test.each([
  [
    '__proto__',
    '{"@type":"Product","sku":"1","name":"Hat","__proto__":{"polluted":true,"color":"red"},"offers":{"__proto__":{"price":1}}}',
  ],
  [
    'constructor',
    '{"@type":"Product","sku":"1","name":"Hat","constructor":{"prototype":{"polluted":true}},"brand":{"constructor":"x"}}',
  ],
])('%s as a key does no harm', async (_name, line) => {
  expect(await onlyProduct(line)).toEqual({ id: '1', title: 'Hat', additionalImageLinks: [], reviews: [], texts: {} });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test.each([
  [
    'numbers for objects',
    { ...HAT, offers: 5, brand: 7, image: 3, review: 'x', aggregateRating: [], audience: null, size: {} },
  ],
  ['deep nesting', JSON.stringify(HAT).replace('}', `,"offers":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)],
])('odd shapes: %s', async (_name, node) => {
  expect(await onlyProduct(jsonl(node))).toMatchObject({ id: '1', title: 'Hat' });
});

test('lone surrogates in escapes are replaced', async () => {
  expect((await onlyProduct('{"@type":"Product","sku":"1","name":"a\\ud800b"}')).title).toBe('a\ufffdb');
});
