import { gzipSync } from 'node:zlib';
import { detectFormat } from '../../../src/catalogue/feeds';
import { faultOf, rss, sourceOf } from './support';

const bom = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

test.each([
  ['google-tsv', 'Title\tg:id\tprice\n'],
  ['google-tsv', '"id"\t"title"'],
  ['google-xml', rss('<g:id>1</g:id>')],
  ['google-xml', '<!-- x --><?xml-stylesheet href="a"?>\n<feed xmlns="http://www.w3.org/2005/Atom"></feed>'],
  ['shopify-csv', 'Handle,Title,Body (HTML),Vendor\n'],
  ['shopify-csv', 'Title,URL handle,Description,Vendor,SKU\n'],
  ['schema-jsonl', '{"@type":"Product","sku":"1","name":"x"}\n'],
  ['schema-jsonl', '{"sku":"1","name":"x"}'],
  ['schema-jsonl', 'oops\n{"@type":["Product"],"sku":"1"}\n'],
  ['schema-jsonl', `{"@type": "https://schema.org/ProductGroup","description":"${'x'.repeat(70_000)}`],
  [undefined, 'id,title,price\n'],
  [undefined, '<html><body>id\ttitle</body></html>'],
  [undefined, '{"name":"vitrine","version":"1"}'],
  [undefined, ''],
])('%s: %.40s', (format, text) => {
  expect(detectFormat(Buffer.from(text))).toBe(format);
  expect(detectFormat(Buffer.from(`\ufeff${text}`))).toBe(format);
  expect(detectFormat(bom(text))).toBe(format);
  expect(detectFormat(bom(text).swap16())).toBe(format);
  expect(detectFormat(gzipSync(text))).toBe(format);
});

const tar = Buffer.alloc(512);
tar.write('ustar', 257);
test.each([
  ['an empty file', Buffer.alloc(0)],
  ['a file without text', Buffer.from('\ufeff \n\n')],
  ['a ZIP archive', Buffer.from('PK\x03\x04....')],
  ['a PNG picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  ['a JPEG picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ['a PDF document', Buffer.from('%PDF-1.7')],
  ['a program', Buffer.from('\x7fELF\x02')],
  ['a Windows program', Buffer.from('MZ\x90\x00')],
  ['a TAR archive', tar],
  ['a PNG picture', gzipSync(Buffer.from('\x89PNG\r\n', 'latin1'))],
  ['gzip data', gzipSync(gzipSync('id\ttitle\n1\tHat'))],
  ['an empty file', gzipSync('')],
  ['a binary file', Buffer.from([1, 2, 0, 4])],
  ['an HTML page', Buffer.from('<!DOCTYPE html><html></html>')],
  ['XML with the root element "sitemap"', Buffer.from('<sitemap/>')],
  ['JSON, but not one schema.org Product a line', Buffer.from('{"a":1}')],
  ['a JSON array', Buffer.from('[{"sku":1}]')],
  ['text whose first line is not the header of a known feed: "hello;world"', Buffer.from('hello;world\n1;2')],
])('says what was seen: %s', async (seen, bytes) => {
  const { error } = await faultOf(sourceOf(bytes));
  expect(error.code).toBe('FEED_UNRECOGNISED');
  expect(error.message).toContain(seen);
});
