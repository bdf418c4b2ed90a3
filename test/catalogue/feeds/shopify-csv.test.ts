import { csv, onlyProduct, onlyRow, rowsOf } from './support';

const OLD = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Product Category',
  'Type',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Variant SKU',
  'Variant Inventory Tracker',
  'Variant Inventory Qty',
  'Variant Inventory Policy',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Barcode',
  'Image Src',
  'Variant Image',
  'Google Shopping / Gender',
  'Google Shopping / Age Group',
  'Google Shopping / Condition',
  'Status',
];
const JACKET = {
  Handle: 'jacket',
  Title: 'Down jacket',
  'Body (HTML)': '<p>Warm,\n"light"</p>',
  Vendor: 'Nordwand',
  'Product Category': 'Apparel & Accessories > Clothing',
  Type: 'Jackets',
  Published: 'true',
  'Option1 Name': 'Farbe',
  'Option1 Value': 'schwarz',
  'Option2 Name': '尺码',
  'Option2 Value': 'M',
  'Variant SKU': 'J-1',
  'Variant Inventory Tracker': 'shopify',
  'Variant Inventory Qty': '4',
  'Variant Inventory Policy': 'deny',
  'Variant Price': '99.00',
  'Variant Compare At Price': '129.00',
  'Variant Barcode': "'4006381333931",
  'Image Src': 'https://cdn.example/1.jpg',
  'Google Shopping / Gender': 'Female',
  'Google Shopping / Age Group': 'adult',
  'Google Shopping / Condition': 'new',
  Status: 'active',
};

test('variants inherit, pictures of all lines are shared', async () => {
  const rows = await rowsOf(
    csv(
      OLD,
      JACKET,
      {
        Handle: 'jacket',
        'Option1 Value': 'rot',
        'Option2 Value': 'L',
        'Variant SKU': 'J-2',
        'Variant Price': '89.00',
        'Variant Inventory Tracker': 'shopify',
        'Variant Inventory Qty': '0',
        'Variant Image': 'https://cdn.example/red.jpg',
        'Image Src': 'https://cdn.example/2.jpg',
      },
      { Handle: 'jacket', 'Image Src': 'https://cdn.example/3.jpg' },
      { Handle: 'cap', Title: 'Cap', 'Option1 Name': 'Title', 'Option1 Value': 'Default Title', 'Variant Price': '10' },
    ),
  );
  const shared = {
    title: 'Down jacket',
    description: 'Warm, "light"',
    brand: 'Nordwand',
    productType: 'Jackets',
    googleProductCategory: 'Apparel & Accessories > Clothing',
    gender: 'female',
    ageGroup: 'adult',
    condition: 'new',
    itemGroupId: 'jacket',
    reviews: [],
    texts: {},
  };
  expect(rows.map(({ product }) => product)).toEqual([
    {
      ...shared,
      id: 'J-1',
      color: 'schwarz',
      size: 'M',
      price: { minor: 12900, currency: 'EUR' },
      salePrice: { minor: 9900, currency: 'EUR' },
      availability: 'in_stock',
      quantity: 4,
      gtin: '4006381333931',
      imageLink: 'https://cdn.example/1.jpg',
      additionalImageLinks: ['https://cdn.example/2.jpg', 'https://cdn.example/3.jpg'],
    },
    {
      ...shared,
      id: 'J-2',
      color: 'rot',
      size: 'L',
      price: { minor: 8900, currency: 'EUR' },
      availability: 'out_of_stock',
      quantity: 0,
      imageLink: 'https://cdn.example/red.jpg',
      additionalImageLinks: ['https://cdn.example/1.jpg', 'https://cdn.example/2.jpg', 'https://cdn.example/3.jpg'],
    },
    {
      id: 'cap',
      title: 'Cap',
      price: { minor: 1000, currency: 'EUR' },
      additionalImageLinks: [],
      reviews: [],
      texts: {},
    },
  ]);
  expect(rows.map(({ row }) => row)).toEqual([2, 4, 6]);
});

test('the newer column names', async () => {
  const columns = [
    'Title',
    'URL handle',
    'Description',
    'Vendor',
    'Type',
    'Status',
    'SKU',
    'Barcode',
    'Option1 name',
    'Option1 value',
    'Price',
    'Compare-at price',
    'Inventory tracker',
    'Inventory quantity',
    'Continue selling when out of stock',
    'Product image URL',
    'Variant image URL',
    'Published on online store',
  ];
  const row = {
    Title: 'Hat',
    'URL handle': 'hat',
    Description: 'Warm',
    Vendor: 'V',
    Type: 'Hats',
    Status: 'Active',
    SKU: 'H',
    'Option1 name': 'Colour',
    'Option1 value': 'red',
    Price: '$15.00',
    'Compare-at price': '15.00',
    'Inventory tracker': 'shopify',
    'Inventory quantity': '-2',
    'Continue selling when out of stock': 'TRUE',
    'Product image URL': 'https://a.example/1.jpg',
  };
  expect(await onlyProduct(csv(columns, row), { defaultCurrency: 'USD' })).toEqual({
    id: 'H',
    title: 'Hat',
    description: 'Warm',
    brand: 'V',
    productType: 'Hats',
    color: 'red',
    imageLink: 'https://a.example/1.jpg',
    price: { minor: 1500, currency: 'USD' },
    availability: 'backorder',
    additionalImageLinks: [],
    reviews: [],
    texts: {},
  });
});

test.each([
  ['draft', { Status: 'draft' }, 'Status', 'not published: "draft"'],
  ['archived', { Status: 'Archived' }, 'Status', 'not published: "Archived"'],
  ['unpublished', { Published: 'FALSE' }, 'Published', 'not published'],
])('%s products are skipped', async (_name, changes, field, reason) => {
  expect(await onlyRow(csv(OLD, { ...JACKET, ...changes }))).toEqual({
    row: 2,
    errors: [{ field, reason }],
    warnings: [],
  });
});

test.each([
  ['one without SKU', [{ 'Option1 Value': 'A' }], ['h']],
  ['several without SKU', [{ 'Option1 Value': 'Größe M' }, { 'Option1 Value': '红/色' }], ['h-größe-m', 'h-红-色']],
  ['one of several', [{ 'Option1 Value': 'A', 'Variant SKU': 'S' }, { 'Option1 Value': 'B' }], ['S', 'h']],
  [
    'the same SKU twice',
    [
      { 'Option1 Value': 'A', 'Variant SKU': 'S' },
      { 'Option1 Value': 'B', 'Variant SKU': 'S' },
    ],
    ['S', 'h-b'],
  ],
  ['equal slugs', [{ 'Option1 Value': 'A/B' }, { 'Option1 Value': 'A B' }], ['h-a-b', 'h-a-b-2']],
])('ids: %s', async (_name, variants, ids) => {
  const rows = await rowsOf(
    csv(OLD, ...variants.map((variant) => ({ Handle: 'h', Title: 'Hat', 'Variant Price': '1', ...variant }))),
  );
  expect(rows.map(({ product }) => product?.id)).toEqual(ids);
});

test.each(['Color', 'Colour', '颜色', 'Farbe', 'Couleur', 'Cor', 'Цвет', 'カラー'])(
  'the option %s is the colour',
  async (name) => {
    expect((await onlyProduct(csv(OLD, { ...JACKET, 'Option1 Name': name }))).color).toBe('schwarz');
  },
);
test.each(['Size', 'Größe', 'Taille', 'Talla', 'Tamanho', 'Размер', 'サイズ'])(
  'the option %s is the size',
  async (name) => {
    expect((await onlyProduct(csv(OLD, { ...JACKET, 'Option1 Name': name, 'Option2 Name': '' }))).size).toBe('schwarz');
  },
);

test('a bad price and stock are dropped with warnings', async () => {
  const { product, warnings } = await onlyRow(
    csv(OLD, { ...JACKET, 'Variant Price': 'abc', 'Variant Inventory Qty': '-4' }),
  );
  expect([product?.price, product?.salePrice, product?.quantity, product?.availability]).toEqual([
    undefined,
    undefined,
    undefined,
    'out_of_stock',
  ]);
  expect(warnings).toEqual([
    { field: 'price', reason: 'not a price: "abc"' },
    { field: 'quantity', reason: 'not a whole number from 0: "-4"' },
    { field: 'link', reason: 'missing' },
  ]);
});

test('lines without a handle, without a title and with surplus cells are error rows', async () => {
  const rows = await rowsOf('Handle,Title,Vendor\n,Hat,A\nb,,A\nc,Cap,A,surplus\nd,Bag,A\n');
  expect(rows.map(({ row, product, errors }) => [row, product?.id, errors[0]?.field])).toEqual([
    [2, undefined, 'Handle'],
    [4, undefined, 'row'],
    [3, undefined, 'title'],
    [5, 'd', undefined],
  ]);
});

test('a handle with too many lines is bounded', async () => {
  const rows = await rowsOf(`Handle,Title,Variant Price\n${'h,Hat,1\n'.repeat(2_600)}`);
  expect(rows.filter(({ product }) => product)).toHaveLength(2_500);
  expect(rows.filter(({ errors }) => errors.length > 0)).toHaveLength(100);
});
