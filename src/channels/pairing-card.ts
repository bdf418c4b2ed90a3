import { type Attachment, CardFactory } from 'botbuilder';
import { create } from 'qrcode';
import type { PairingCard } from '../domain';
import { cardEscape } from './escape';

/**
 * A pairing code as a card. Vitrine's own page draws `pairing`, with the code's QR picture; other clients show the code and
 * what it is for.
 */
export function pairingAttachment(
  { code, caption, alt }: PairingCard,
  options: { channelId: string; publicUrl: string },
): Attachment {
  const literal = cardEscape(options.channelId);
  const hero = CardFactory.heroCard(literal(code), literal(caption));
  return {
    ...hero,
    content: {
      ...hero.content,
      pairing: { code, caption, alt, picture: qrPicture(pairingLink(code, options.publicUrl)) },
    },
  };
}

/** The page's address with the code behind `#`: browsers send that part to no server, and name it in no Referer. */
export function pairingLink(code: string, publicUrl: string): string {
  return `${publicUrl}/#pair=${code}`;
}

/** A text as a QR code: how many modules a side has, and its dark ones as an SVG path, one unit a module. */
export function qrPicture(text: string): { readonly size: number; readonly path: string } {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const rows = Array.from({ length: size }, (_, y) => [...data.subarray(y * size, (y + 1) * size)]);
  const path = rows.flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1]) return [];
      const end = row.findIndex((each, at) => at > x && !each);
      const width = (end === -1 ? size : end) - x;
      return [`M${x} ${y}h${width}v1h-${width}z`];
    }),
  );
  return { size, path: path.join('') };
}
