import sharp from 'sharp';
import { sniff } from '../../src/media';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const box = (major: string, ...compatible: string[]) => {
  const body = Buffer.from(`ftyp${major}\0\0\0\0${compatible.join('')}`, 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 4);
  return Buffer.concat([size, body]);
};

test.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const)('knows the %s that sharp writes', async (format) => {
  const picture = sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } });
  expect(sniff(await picture.toFormat(format).toBuffer())).toBe(format);
});

test.each([
  ['avif', box('avif')],
  ['avif', box('avis', 'avif')],
  ['avif', box('mif1', 'miaf', 'avif')],
  ['heic', box('heic', 'mif1', 'heic')],
  ['heic', box('mif1', 'heic', 'avif')],
  ['heic', box('heix')],
  ['heic', box('mif1')],
  ['unknown', box('M4A ', 'mp42')],
  ['tiff', hex('4d4d002a')],
  ['tiff', hex('49492b00')],
  ['gif', Buffer.from('GIF87a')],
  ['svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['svg', Buffer.from('\ufeff<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<s:svg>')],
  ['svg', Buffer.from('\ufeff<svg>', 'utf16le')],
  ['unknown', Buffer.from('the <svg> element')],
  ['unknown', Buffer.from('<html><body>')],
  ['unknown', Buffer.from('RIFF\0\0\0\0WAVE')],
  ['unknown', Buffer.from('GIF88a')],
  ['unknown', hex('1f8b0800')],
  ['unknown', hex('ffd8')],
  ['unknown', hex('000000')],
  ['unknown', Buffer.alloc(0)],
])('says %s', (kind, bytes) => {
  expect(sniff(bytes)).toBe(kind);
});
