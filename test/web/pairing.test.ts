import { create } from 'qrcode';
import { pairingLink, qrPicture } from '../../src/channels/pairing-card';
import { codeInLink, pairingOf } from '../../src/web/chat/pairing';

const LINK = pairingLink('CDFG-2347', 'https://shop.example');
const PAIRING = { code: 'CDFG-2347', caption: 'Scan this', alt: 'QR code', picture: qrPicture(LINK) };

it('leads to the page with the code where no server is told of it', () => {
  expect(LINK).toBe('https://shop.example/#pair=CDFG-2347');
  expect(codeInLink(new URL(LINK).hash)).toBe('CDFG-2347');
});

it('draws every dark module of the QR code, and no other', () => {
  const { size, path } = PAIRING.picture;
  const drawn = new Uint8Array(size * size);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    drawn.fill(1, Number(y) * size + Number(x), Number(y) * size + Number(x) + Number(width));
  }
  expect([...drawn]).toEqual([...create(LINK, { errorCorrectionLevel: 'M' }).modules.data].map(Number));
});

it('reads a code as the server sends it', () => {
  expect(pairingOf({ title: 'CDFG-2347', pairing: PAIRING })).toEqual(PAIRING);
});

it.each([
  [undefined],
  [{}],
  [{ pairing: { ...PAIRING, alt: undefined } }],
  [{ pairing: { ...PAIRING, picture: { size: 0, path: 'M0 0h1v1h-1z' } } }],
  [{ pairing: { ...PAIRING, picture: { size: 9, path: 'M0 0"/><script>' } } }],
])('finds no code in %j', (content) => {
  expect(pairingOf(content)).toBeUndefined();
});

it.each(['', '#', '#pair=', '#pair=CDFG', '#pair=CDFG-2347x', '#pair=<b>', '#other=CDFG-2347'])(
  'takes no code from %j',
  (hash) => {
    expect(codeInLink(hash)).toBeUndefined();
  },
);
