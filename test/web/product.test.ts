import { heroOf, productOf, webAddress } from '../../src/web/chat/product';

const PRODUCT = {
  id: 'p1',
  title: 'Fjord backpack',
  image: { path: '/pictures/p1/0.webp', alt: 'A backpack' },
  price: '€89.00',
  priceBefore: '€119.00',
  rating: { value: 4.6, count: 212, text: '4.6 of 5' },
  stock: { state: 'few', text: 'Only 3 left' },
  why: 'green · waterproof',
  counted: {
    title: 'What counted',
    parts: [
      { label: 'your photo', share: 0.6, text: '60%' },
      { label: 'your words', share: 0.4, text: '40%' },
    ],
  },
  link: { label: 'View', url: 'https://shop.example/p1' },
  sponsored: 'Sponsored',
  actions: [{ name: 'similar', label: 'More like this' }],
  like: { label: 'Like', undo: 'Take the like back' },
};

it('reads a product as the server sends it', () => {
  const { image, ...rest } = PRODUCT;
  expect(productOf({ title: 'x', product: PRODUCT })).toEqual({ ...rest, image: { url: image.path, alt: image.alt } });
});

it.each([undefined, null, 7, 'text', [], {}, { product: null }, { product: [] }, { product: { id: 'p' } }])(
  'finds no product in %j',
  (content) => {
    expect(productOf(content)).toBeUndefined();
  },
);

it.each([
  ['image', { path: 'https://evil.example/a.webp', alt: '' }],
  ['image', { path: '//evil.example/a.webp', alt: '' }],
  ['image', { path: '/pictures/../api', alt: '' }],
  ['link', { label: 'Go', url: 'javascript:alert(1)' }],
  ['link', { label: 'Go', url: 'data:text/html,x' }],
  ['link', { label: '', url: 'https://shop.example' }],
  ['rating', { value: 7, text: '7' }],
  ['rating', { value: Number.NaN, text: '' }],
  ['rating', { value: '4', text: '4' }],
  ['counted', { title: 'What counted', parts: [{ label: 'your photo', share: 1, text: '100%' }] }],
  ['counted', { title: '', parts: PRODUCT.counted.parts }],
  ['counted', { title: 'x', parts: PRODUCT.counted.parts.map((part) => ({ ...part, share: 2 })) }],
  ['stock', { state: 'many', text: 'x' }],
  ['priceBefore', 12],
  ['sponsored', { text: 'x' }],
  ['like', { label: 'Like' }],
  ['like', 'Like'],
])('leaves out a wrong %s: %j', (field, value) => {
  const read = productOf({ product: { ...PRODUCT, [field]: value } });
  expect(read).toMatchObject({ id: 'p1' });
  expect(read).not.toHaveProperty(field);
});

it('leaves out actions that it does not know', () => {
  const actions = [{ name: 'buy', label: 'Buy' }, null, { name: 'details', label: 'Details' }, { name: 'similar' }];
  expect(productOf({ product: { ...PRODUCT, actions } })?.actions).toEqual([{ name: 'details', label: 'Details' }]);
});

it('shows a bare hero card, whose texts are escaped for readers of Markdown', () => {
  const read = heroOf({
    title: '&#60;b&#62; &#91;x&#93;',
    subtitle: '€89&#46;00',
    text: 'why',
    images: [{ url: 'http://localhost/pictures/a/0.webp', alt: 'A' }],
    buttons: [
      { type: 'openUrl', title: 'Go', value: 'javascript:alert(1)' },
      { type: 'imBack', title: 'More', value: 'more' },
    ],
  });
  expect(read).toEqual({
    id: '',
    title: '<b> [x]',
    price: '€89.00',
    why: 'why',
    image: { url: 'http://localhost/pictures/a/0.webp', alt: 'A' },
    actions: [],
  });
  expect(heroOf({})).toBeUndefined();
  expect(heroOf({ title: '&#9999999;' })?.title).toBe('&#9999999;');
});

it('takes web addresses only', () => {
  expect(webAddress('https://a.example/x?y')).toBe('https://a.example/x?y');
  expect(webAddress('ftp://a.example')).toBeUndefined();
  expect(webAddress('/pictures/a')).toBeUndefined();
  expect(webAddress(undefined)).toBeUndefined();
});

it('takes the pictures of a gallery from this server alone, and one is no gallery', () => {
  const at = (path: string) => ({ path, alt: path });
  const pictures = [at('/pictures/p1/0.webp'), at('https://evil.example/a.webp'), at('/pictures/p1/1.webp')];
  expect(productOf({ product: { ...PRODUCT, pictures } })?.pictures?.map(({ url }) => url)).toEqual([
    '/pictures/p1/0.webp',
    '/pictures/p1/1.webp',
  ]);
  expect(productOf({ product: { ...PRODUCT, pictures: pictures.slice(0, 2) } })?.pictures).toBeUndefined();
});
