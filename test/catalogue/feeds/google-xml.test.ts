import { faultOf, onlyProduct, onlyRow, rowsOf, rss, sourceOf } from './support';

const HAT = '<g:id>1</g:id><title>Hat</title>';

test('reads RSS items with Google’s namespace', async () => {
  const item = `<g:id>A-1</g:id><title>Feed title</title><g:title>Down jacket</g:title>
    <description><![CDATA[<p>Warm & light</p>]]></description><link>https://shop.example/1?a=1&amp;b=2</link>
    <g:image_link>https://shop.example/1.jpg</g:image_link>
    <g:additional_image_link>https://shop.example/2.jpg</g:additional_image_link>
    <g:additional_image_link>https://shop.example/3.jpg</g:additional_image_link>
    <g:price>129.00 EUR</g:price><g:sale_price>99.00 EUR</g:sale_price><g:availability>in_stock</g:availability>
    <g:shipping><g:country>DE</g:country><g:price>4.90 EUR</g:price></g:shipping>
    <g:title xml:lang="zh-CN">羽绒服</g:title><g:description xml:lang="zh">保暖</g:description>`;
  expect(await onlyRow(rss(item))).toEqual({
    row: 1,
    errors: [],
    warnings: [],
    product: {
      id: 'A-1',
      title: 'Down jacket',
      description: 'Warm & light',
      link: 'https://shop.example/1?a=1&b=2',
      imageLink: 'https://shop.example/1.jpg',
      additionalImageLinks: ['https://shop.example/2.jpg', 'https://shop.example/3.jpg'],
      price: { minor: 12900, currency: 'EUR' },
      salePrice: { minor: 9900, currency: 'EUR' },
      availability: 'in_stock',
      reviews: [],
      texts: { zh: { title: '羽绒服', description: '保暖' } },
    },
  });
});

test('reads Atom entries', async () => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>
    <entry><id>tag:shop,1</id><g:id>1</g:id><title>Hat</title><summary>Warm</summary>
    <link rel="self" href="https://shop.example/self"/><link href="https://shop.example/1"/></entry></feed>`;
  expect(await onlyProduct(atom)).toMatchObject({
    id: '1',
    title: 'Hat',
    description: 'Warm',
    link: 'https://shop.example/1',
  });
});

test.each([
  [
    'another prefix',
    '<rss xmlns:goo="http://base.google.com/ns/1.0"><channel><item><goo:id>1</goo:id><goo:title>Hat</goo:title></item></channel></rss>',
  ],
  ['no prefix', '<rss><channel><item><id>1</id><title>Hat</title></item></channel></rss>'],
  ['an undeclared g:', '<rss><channel><item><g:id>1</g:id><g:title>Hat</g:title></item></channel></rss>'],
  ['space before the declaration', `\n ${rss(HAT)}`],
  ['a harmless DOCTYPE', `<!DOCTYPE rss>${rss(HAT).replace(/^<\?xml[^>]*>/, '')}`],
  ['foreign elements', rss(`<m:title xmlns:m="urn:media">Wrong</m:title><m:id xmlns:m="urn:media">9</m:id>${HAT}`)],
  ['comments', rss(`<!-- <g:id>0</g:id> -->${HAT}`)],
])('%s', async (_name, xml) => {
  expect(await onlyProduct(xml)).toMatchObject({ id: '1', title: 'Hat' });
});

test('an encoding that is declared', async () => {
  const xml = rss('<g:id>1</g:id><title>Grüße</title>').replace('UTF-8', 'ISO-8859-1');
  expect((await onlyProduct(Buffer.from(xml, 'latin1'))).title).toBe('Grüße');
});

test('where all titles have a language the first is the product’s own', async () => {
  const item =
    '<g:id>1</g:id><g:title xml:lang="de">Hut</g:title><g:title xml:lang="fr">Chapeau</g:title><g:description xml:lang="de">Warm</g:description>';
  expect(await onlyProduct(rss(item))).toMatchObject({
    title: 'Hut',
    description: 'Warm',
    language: 'de',
    texts: { fr: { title: 'Chapeau' } },
  });
});

test('a bad item is an error row with its number; the rest goes on', async () => {
  const rows = await rowsOf(rss(HAT, '<title>No id</title>', '<g:id>3</g:id><title>Cap</title><g:price>x</g:price>'), {
    chunk: 7,
  });
  expect(rows.map(({ row, product, errors }) => [row, product?.title, errors])).toEqual([
    [1, 'Hat', []],
    [2, undefined, [{ field: 'id', reason: 'missing' }]],
    [3, 'Cap', []],
  ]);
  expect(rows[2]?.warnings[0]).toEqual({ field: 'price', reason: 'not a price: "x"' });
});

const XXE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
const LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>';
const bare = (body: string) => `<rss><channel>${body}</channel></rss>`;
test.each([
  [
    'an external entity',
    XXE + bare('<item><id>1</id><title>&x;</title></item>'),
    'line 1: a DOCTYPE with declarations is not accepted',
  ],
  [
    'entities in entities',
    LAUGHS + bare('<item><id>1</id><title>&b;</title></item>'),
    'line 1: a DOCTYPE with declarations is not accepted',
  ],
  ['an undeclared entity', bare('\n<item><id>1</id><title>&x;</title></item>'), 'line 2: undefined entity.'],
  ['crossed tags', bare('\n\n<item><id>1</title></item>'), 'line 3: unexpected close tag'],
  ['a control character', bare('<item><id>\u0001</id></item>'), 'line 1: disallowed character'],
  ['deep nesting', bare('<a>'.repeat(100)), 'line 1: more than 64 elements inside one another'],
  ['a huge field', bare(`<item><id>${'x'.repeat(1_200_000)}`), 'line 1: text or a tag of more than 1 MB'],
  ['a huge attribute', bare(`<item a="${'x'.repeat(1_200_000)}`), 'line 1: text or a tag of more than 1 MB'],
  ['a huge item', bare(`<item>${'<a>x</a>'.repeat(150_000)}`), 'line 1: an item of more than 1 MB'],
])('%s breaks the feed', async (_name, xml, message) => {
  const { error } = await faultOf(sourceOf(xml));
  expect(error.code).toBe('FEED_BROKEN');
  expect(error.message).toContain(message);
});

test('a file that was cut off gives its whole items, then breaks', async () => {
  const { error, rows } = await faultOf(sourceOf(rss(HAT, HAT).slice(0, -60)));
  expect(rows.map(({ product }) => product?.id)).toEqual(['1']);
  expect(error.code).toBe('FEED_BROKEN');
});
